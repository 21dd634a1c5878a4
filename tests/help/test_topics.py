"""What help shows can be typed, and what it names is there."""

import contextlib
import io
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from trainings import write_examples

from optviz import cli, help, objectives, optimizers
from optviz.cli._pages import TRY
from optviz.errors import UnknownName

TEXTS = {
    "optviz": TRY,
    **{name: cli.about(name).examples for name in cli.commands()},
    **{topic: help.text(topic) for topic in help.topics()},
}


def commands(text: str) -> list[str]:
    """The command lines of a text, one that ends in a backslash with the next."""
    joined = re.sub(r" \\\n +", " ", text)
    return re.findall(r"^  ((?:OPTVIZ_\w+=\w+ )?(?:optviz|printf) .*)", joined, re.M)


def run(line: str, folder: Path) -> tuple[int, str]:
    """Exit status and standard error of a line; in this process if it has no need of a shell."""
    words = shlex.split(line)
    if "--watch" in words:
        return interrupted(words, folder)
    if words[0] == "optviz" and not {"|", ">", "||", "&&"} & set(words):
        errors = io.StringIO()
        with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(io.StringIO()):
            status = cli.main(words[1:])
        return status, errors.getvalue()
    script = f'optviz() {{ "{sys.executable}" -m optviz "$@"; }}\nset -o pipefail\n{line}'
    done = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True)
    return done.returncode, done.stderr


def interrupted(words: list[str], folder: Path) -> tuple[int, str]:
    """The same of a command that waits, ended by Ctrl-C once it does; 0 if it ends rightly."""
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    command = [sys.executable, "-m", *words]
    with subprocess.Popen(command, cwd=folder, text=True, **pipes) as process:
        assert process.stderr
        said = ""
        for line in process.stderr:
            said += line
            if "Ctrl-C" in line:
                process.send_signal(signal.SIGINT)
                return process.wait() - 130, said
        return process.wait(), said


@pytest.mark.parametrize("name", TEXTS)
def test_every_line_of_help_can_be_typed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("OPTVIZ_FPS", "2")  # flags win
    monkeypatch.setenv("OPTVIZ_SIZE", "480x360")
    monkeypatch.setenv("OPTVIZ_JOBS", "1")
    write_examples(tmp_path)
    for line in commands(TEXTS[name]):
        status, said = run(line, tmp_path)
        if "no installed font has" in said:
            continue  # this machine has no letters of the language
        assert (status, "Traceback" in said) == (0, False), (line, said)


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_shows_lines_to_type_and_fits_80_columns(name: str) -> None:
    room = 80 if name in help.topics() else 78
    assert [line for line in TEXTS[name].splitlines() if len(line) > room] == []
    lines = [*commands(TEXTS[name]), *re.findall(r"^  >>> ", TEXTS[name], re.M)]
    assert len(lines) >= (3 if name == "optviz" else 5)


@pytest.mark.parametrize("topic", help.topics())
def test_a_topic_is_a_page_with_a_title(topic: str) -> None:
    text = help.text(topic)
    assert 20 <= text.count("\n") + 1 <= 60
    assert help.title(topic)
    assert text.splitlines()[1] == ""
    assert topic not in cli.commands()


@pytest.mark.parametrize(
    ("topic", "names"),
    [("optimizers", optimizers.registry.names), ("objectives", tuple(objectives.PRESETS))],
)
def test_the_names_in_a_table_exist(topic: str, names: tuple[str, ...]) -> None:
    table = re.findall(r"^  ([a-z][\w-]*) {2,}\S", help.text(topic), re.M)
    assert table
    assert set(table) <= set(names)


def test_an_unknown_topic_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean schedules"):
        help.text("schedule")
