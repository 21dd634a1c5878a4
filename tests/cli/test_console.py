"""Nothing that data hold acts on the terminal, whatever command prints it."""

import ast
import json
import os
import sys
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import pytest

import optviz
from optviz import cli, files
from optviz.errors.printable import first_unprintable, printable

HOUSE = Path(optviz.__file__).parent
HOSTILE = "\x1b]0;own\x07\x1b[2J\x9b31m\u202e\u2066\u2028\x7f"
NAME = f"a{HOSTILE}b"
DOORS = {"cli/_console.py", "__main__.py"}  # the second prints its version alone


def test_there_is_one_way_to_print() -> None:
    for path in HOUSE.rglob("*.py"):
        calls = [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Call)]
        said = {ast.unparse(call.func) for call in calls}
        odd = said & {"print", "sys.stdout.write", "sys.stderr.write", "typer.echo", "secho"}
        assert not odd or path.relative_to(HOUSE).as_posix() in DOORS, path


@pytest.fixture(scope="module", autouse=True)
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A folder of files whose names and contents hold what acts on a terminal."""
    with chdir(tmp_path_factory.mktemp("hostile")), pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", "cache")
        _fill()
        yield


def _fill() -> None:
    rows = "1,2,3\n2,1,5\n4,4,1\n3,7,2\n"
    Path("data.csv").write_text(f'"{NAME}","c{HOSTILE}",y\n{rows}')
    Path(f"{NAME}.csv").write_text(f"u,v,y\n{rows}")
    run = {"optviz": 1, "optimizer": NAME, "x": [[1.0, 2.0], [0.5, 1.0]], "f": [3.0, 1.0]}
    Path("log.jsonl").write_text(json.dumps(run))
    spec = {"one": {"opt": "gd"}, "two": {"title": f"${HOSTILE}$"}, NAME: {"opt": NAME}}
    Path("spec.json").write_text(json.dumps(spec))
    Path("good.json").write_text(json.dumps({NAME: {"opt": "gd", "output": ["one.png"]}}))
    cli.main([*["trace", "-q", "--size", "200x150", "-o"], f"{NAME}.png"])


TABLE = ["-f", "@data.csv", "--target", "y"]
COMMANDS = [
    ["inspect", *TABLE], ["inspect", *TABLE, "--json"], ["run", *TABLE, "-n", "3"],
    ["run", *TABLE, "--format", "csv", "-n", "3"], ["run", *TABLE, "-n", "3", "-o", "a.csv"],
    ["trace", *TABLE, "-n", "3"], ["trace", *TABLE, "--plane", NAME], ["rates", *TABLE, "-n", "3"],
    ["trace", "--anatomy", "1", *TABLE, "--format", "md"],
    ["explain", "gd", "adam", "--diff", *TABLE],
    ["run", "-f", f"@{NAME}.csv", "--target", "y"], ["run", "-f", f"@{NAME}.csv"],
    ["run", "-f", f"@{NAME}.toml"], ["run", "-f", NAME], ["run", "--opt", NAME],
    ["run", "--opt", f"gd:{NAME}=1"], ["run", "--opt", f"./{NAME}.py:Mine"],
    ["run", "--eta", NAME], ["run", "--gradient", NAME], ["run", "--gradient", f"log({NAME}.csv)"],
    ["run", "--start", NAME], ["run", "-p", NAME], ["run", "--steps", NAME], ["run", f"--{NAME}"],
    ["trace", "-o", f"{NAME}.png"], ["trace", "-o", f"{NAME}.png", "--json"],
    ["trace", "-o", f"{NAME}/x.png"], ["trace", "-o", f"x.{NAME}"], ["trace", "--title", NAME],
    ["trace", "--label", NAME], ["trace", "--theme", NAME], ["trace", "--font", NAME],
    ["trace", "-o", f"{NAME}.gif", "-n", "3", "--max-size", "60kB", "--size", "300x200"],
    ["plot", "trace", "log.jsonl"], ["plot", "loss", "log.jsonl", "--json"],
    ["plot", NAME], ["plot", "trace", f"{NAME}.csv"], ["list", NAME], ["explain", NAME], [NAME],
    ["recipe", f"{NAME}.png"], ["recipe", f"{NAME}.png", "--json"],
    ["recipe", f"{NAME}.png", "--verify"], ["recipe", f"{NAME}.png", "--redraw"],
    ["recipe", f"{NAME}.csv"], ["recipe", f"{NAME}.png", "-o", f"{NAME}.toml"],
    ["new", f"{NAME}.toml"], ["new", NAME], ["sweep", "--over", NAME],
    ["batch", "spec.json"], ["batch", "spec.json", "--check", "--json"], ["batch", "good.json"],
    ["batch", "good.json", "--json"], ["batch", "good.json", "--only", NAME],
    ["batch", "good.json", "--gallery", f"{NAME}.html"], ["batch", f"{NAME}.toml"],
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: printable(" ".join(words)))
def test_no_command_prints_what_acts_on_a_terminal(
    command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    capsys.readouterr()
    cli.main(command)
    said = capsys.readouterr()
    assert said.out + said.err
    for line in (said.out + said.err).split("\n"):
        assert first_unprintable(line) == ""


def test_into_a_pipe_a_path_goes_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert cli.main(["trace", "-o", f"{NAME}.svg"]) == 0
    assert capsys.readouterr().out == f"{NAME}.svg\n"
    assert cli.main(["trace", "-o", f"{NAME}.svg", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["outputs"] == [f"{NAME}.svg"]


def test_data_at_a_real_terminal_are_shown_in_signs() -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    with files.writing(os.ttyname(theirs), binary=False) as stream:
        stream.write(f"{NAME},1\n")
    shown = os.read(ours, 1000).decode()
    os.close(ours), os.close(theirs)
    assert shown == f"{printable(NAME)},1\r\n"


def test_a_label_is_no_markup_of_the_progress_bar() -> None:
    from optviz.cli import _progress

    _progress._show(f"[red]{NAME}[/nonsense].gif", 3)
    (bar,) = _progress._bars
    _progress._remove()
    (task,) = bar.tasks
    assert first_unprintable(task.description) == ""
    from rich.text import Text

    assert Text.from_markup(task.description).plain == printable(f"[red]{NAME}[/nonsense].gif")
