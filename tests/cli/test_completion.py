"""Completion, driven by the environment as the scripts of the shells do."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from optviz import cli
from optviz.cli import _completion, _shells, _values
from optviz.errors import Unfit

BREAKS = " \t\n\"'@><=;|&(:"  # what bash has unless told otherwise


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "flats.csv").write_text("area,rooms,price\n30,1,90\n50,2,140\n")
    (tmp_path / "mine.theme.toml").write_text("")
    (tmp_path / "course.toml").write_text('[defaults]\nsteps = 9\n[first]\n[second]\nopt = "gd"\n')
    (tmp_path / "figures").mkdir()
    (tmp_path / "lesson.md").write_text("")
    return tmp_path


def answer(
    line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, shell: str
) -> tuple[int, list[str]]:
    monkeypatch.setenv("_OPTVIZ_COMPLETE", shell)
    monkeypatch.setenv("_OPTVIZ_LINE", line)
    monkeypatch.setenv("_OPTVIZ_BREAKS", BREAKS)
    status = cli.main([])
    said = capsys.readouterr()
    assert said.err == ""
    return status, said.out.splitlines()


CASES = [
    ("optviz tr", {"trace"}),
    ("optviz --v", {"--version"}),
    ("optviz trace --le", {"--levels", "--legend"}),
    ("optviz trace --opt adagr", {"adagrad", "adagradfull"}),
    ("optviz trace gd adagrad@k", {"adagrad@keras"}),
    ("optviz sweep adam --over beta", {"beta1=", "beta2="}),
    ("optviz trace --opt adagrad@", {f"adagrad@{d}" for d in ("d2l", "torch", "keras", "optax")}),
    ("optviz trace --opt gd,adag", {"gd,adagrad", "gd,adagradfull"}),
    ("optviz trace --opt adam:beta", {"adam:beta1=", "adam:beta2="}),
    ("optviz trace --opt adam:beta1=0.8,beta", {"adam:beta1=0.8,beta2="}),
    (
        "optviz trace --opt adam@torch:bet",
        {f"adam@torch:{s}=" for s in ("betas", "beta1", "beta2")},
    ),
    ("optviz trace --opt gd:eta=invs", {"gd:eta=invsqrt("}),
    ("optviz trace --opt=adagrad@t", {"--opt=adagrad@torch"}),
    ('optviz trace --opt "adam:beta1', {"adam:beta1="}),
    ("optviz trace -f sc", {"scratch", "scipy-round", "scipy-narrow"}),
    ("optviz trace -f @fl", {"@flats.csv"}),
    ("optviz trace -f @fig", {"@figures/"}),
    ("optviz trace -f @flats.csv --target ", {"area", "rooms", "price"}),
    ("optviz trace -f @flats.csv --loss s", {"squares", "softmax"}),
    ("optviz trace --theme d", {"dark"}),
    ("optviz trace --theme mi", {"mine.theme.toml"}),
    ("optviz trace --frame ", {"fit", "lock", "equal"}),
    ("optviz trace --format s", {"svg"}),
    ("optviz trace --gradient mini", {"minibatch("}),
    ("optviz trace --eta cosine_d", {"cosine_decay_schedule("}),
    ("optviz trace -p bet", {"beta=", "beta1=", "beta2="}),
    ("optviz compare --rows trace,ra", {"trace,rates"}),
    ("optviz compare --fair t", {"tuned"}),
    ("optviz sweep --opt adam --over beta", {"beta1=", "beta2="}),
    ("optviz sweep --over eta=l", {"eta=log(", "eta=lin("}),
    ("optviz plot co", {"coordinates", "compare"}),
    ("optviz plot s", {"schedule"}),
    ("optviz list sch", {"schedules"}),
    ("optviz explain adagr", {"adagrad", "adagradfull"}),
    ("optviz help noi", {"noise"}),
    ("optviz batch course.toml --only ", {"first", "second"}),
    ("optviz book le", {"lesson.md"}),
    ("optviz book fi", {"figures/"}),
    ("optviz trace --title A", set()),
    ("optviz nosuch ", set()),
]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
@pytest.mark.parametrize(("line", "expected"), CASES)
def test_a_word_is_completed(
    line: str,
    expected: set[str],
    shell: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    status, found = answer(line, capsys, monkeypatch, shell)
    assert (status, set(found)) == (0, expected)
    assert len(found) == len(expected)


@pytest.mark.parametrize(
    "line", ["optviz trace -o ", "optviz plot trace fl", "optviz batch ", "optviz new a"]
)
def test_names_of_files_are_left_to_the_shell(
    line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answer(line, capsys, monkeypatch, "zsh") == (_completion.FILES, [])


def test_each_kind_of_value_is_that_of_an_option_or_an_argument() -> None:
    names = {
        param.name
        for command in cli.group(cli.commands()).commands.values()
        for param in command.params
    }
    assert set(_values.VALUES) <= names


BASH = [  # bash replaces what stands behind the last of its word breaks, and `@` itself
    ("optviz trace --opt adagrad@k", {"@keras"}),
    ("optviz trace --opt adam:beta1", {"beta1="}),
    ("optviz trace --opt adam:eta=0.1,eps_a", {"0.1,eps_at="}),
    ("optviz trace --opt=adagradf", {"adagradfull"}),
    ('optviz trace --opt "adam:beta1', {"adam:beta1="}),
    ("optviz trace -f @fl", {"@flats.csv"}),
    ("optviz trace --gradient noi", {"noise\\("}),
]


@pytest.mark.parametrize(("line", "expected"), BASH)
def test_bash_gets_the_part_of_the_word_that_it_replaces(
    line: str,
    expected: set[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    status, found = answer(line, capsys, monkeypatch, "bash")
    assert (status, set(found)) == (0, expected)


@pytest.mark.parametrize("option", list(_completion.completions(["trace"], "--") or []))
def test_no_value_of_an_option_is_an_error(option: str) -> None:
    found = _completion.completions(["trace", option], "")
    assert found is None or all(isinstance(one, str) for one in found)


def test_completion_imports_nothing_heavy() -> None:
    code = (
        "import sys; from optviz import cli\n"
        "cli.main([])\n"
        "print('heavy:', sorted({'numpy', 'matplotlib', 'rich', 'PIL'} & set(sys.modules)))"
    )
    for line in ("optviz trace --opt adam@torch:", "optviz trace -f ", "optviz plot "):
        asks = {"_OPTVIZ_COMPLETE": "fish", "_OPTVIZ_LINE": line}
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, **asks},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.splitlines()[-1] == "heavy: []"


def test_a_script_in_bash_completes_for_real(folder: Path) -> None:
    if not shutil.which("bash"):
        pytest.skip("no bash")
    script = (
        f'optviz() {{ "{sys.executable}" -m optviz "$@"; }}\n{_shells.SCRIPTS["bash"]}\n'
        "COMP_LINE='optviz trace --opt adagrad@k'; COMP_POINT=${#COMP_LINE}\n"
        f"COMP_WORDBREAKS=$' \\t\\n\"'\\''@><=;|&(:'\n"
        '_optviz_completion optviz; echo "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True)
    assert done.stdout == "@keras\n", done.stderr


@pytest.mark.parametrize("shell", sorted(_shells.SCRIPTS))
def test_installing_twice_is_installing_once(shell: str, folder: Path) -> None:
    (folder / ".bashrc").write_text("alias ll='ls -l'")
    first = _shells.install(shell, folder)
    content = {path: path.read_text() for path in first}
    assert content[first[0]] == f"{_shells.SCRIPTS[shell]}\n"
    assert _shells.install(shell, folder) == first[:1]
    assert {path: path.read_text() for path in first} == content
    assert (folder / ".bashrc").read_text().startswith("alias ll='ls -l'")


def test_a_shell_without_completion_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shellingham.detect_shell", lambda: ("tcsh", "/bin/tcsh"))
    with pytest.raises(Unfit, match="bash, zsh, fish; this shell is tcsh"):
        _shells.shell_name()


def test_a_name_that_is_more_than_a_line_is_not_offered(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "odd\x1b[31m.csv").write_text("")
    (folder / "odd.csv").write_text("")
    assert answer("optviz trace -f @odd", capsys, monkeypatch, "zsh") == (0, ["@odd.csv"])


def test_a_pipe_as_a_table_is_not_waited_for(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(folder / "pipe.csv")
    assert answer("optviz trace -f @pipe.csv --target ", capsys, monkeypatch, "zsh") == (0, [])
