"""What can be known before the first step is said before it, by every command and from Python."""

from pathlib import Path
from typing import Any, NoReturn

import pytest

import optviz
from optviz import batch, cli, figures, records
from optviz.cli._options import OutSpec
from optviz.errors import OptvizError
from optviz.spec import FilmSpec, LookSpec
from optviz.text.options import options as options_of
from optviz.text.options import type_name
from optviz.theory import verdict
from optviz.walks import engine, vectorised

DEEP = f"${'{' * 40}x{'}' * 40}$"
# Wrong values of every option that is no switch.
LOOK: dict[str, list[str]] = {
    "title": [r"$\frac{$ $x$", r"$x^2^3$", DEEP, "a\x1bb", "a\rb", "\U000f0000"],
    "label": ["$x_$ $", "a\nb", "a\x9bb"],
    "xlim": ["1", "2,1", "1,1", "a,b", "0,1e300", "nan,1"],
    "ylim": ["3,3", "inf,1", ","],
    "subtitle": [r"$\frac{$ $x$", "a\x1bb"],
    "xlabel": ["$x_$ $", "a\nb"],
    "ylabel": ["$x_$ $", "a\x9bb"],
    "heading": ["sideways"],
    "legend": ["left"],
    "font_size": ["0", "1000", "x", "nan"],
    "lang": ["xx", "KO ", "e"],
    "slider": ["", "a b", "1"],
}
OWN: dict[str, list[str]] = {
    "frame": ["fitted"],
    "about": ["here"],
    "axes": ["polar"],
    "mode": ["0", "9", "x"],
    "launch": ["1", "a,b", "1,2,3"],
    "degree": ["0", "a", "1.5", "9999"],
    "anatomy": ["0", "99", "x"],
    "fair": ["unfair"],
    "over": ["eta", "eta=lin(1)"],
    "of": ["stepz"],
    "tol": ["x"],
    "mark": ["a", "1,2,3"],
    "rate": ["effectiv"],
    "measure": ["gaps"],
    "against": ["steps"],
    "rows": ["trace,nothing", ""],
    "at": ["1,a", "nowhere"],
    "starts": ["grid"],
    "levels": ["0", "201", "x"],
    "plane": ["1", "1,1", "0,2", "1,2,3", "-1,2"],
    "ellipses": ["0", "1.5", "a"],
    "schedule": ["nothing(1)", "cosin(0.3,60)"],
}
LOOK |= {
    "size": ["1x1", "900", "30000x200", "axb"],
    "dpi": ["5", "9000", "x"],
    "theme": ["drak", ""],
    "colors": ["redd", "red,", "white"],
    "font": ["No Such Font", "\x1b"],
}
FILM: dict[str, list[str]] = {
    "fps": ["0", "1000", "x", "nan"],
    "duration": ["-1", "inf"],
    "hold": ["-1", "1e9", "1,2,3", "1,-2", "x"],
    "pace": ["slow"],
    "loop": ["-1", "99999"],
    "tail": ["0"],
    "max_size": ["big", "0", "-1MB"],
}
OUT: dict[str, list[str]] = {
    "output": ["", "a.xyz", "a", "-", "/no/such/a.png", "/no/such/a.csv"],
    "format": ["nope"],
}
NUMBERS = ("levels", "dpi", "anatomy", "tol")
RUNNING = ["trace", "rates", "loss", "compare"]
COMMANDS = [
    *RUNNING,
    "sweep --over eta=[0.1,0.2]",
    "inspect",
    "trace --anatomy 3",
    "explain gd adam --diff -o a.png",
    "plot trace log.jsonl",
    "schedule cosine(0.3,60)",
    "edge run.jsonl",
]


def test_every_option_that_is_no_switch_has_wrong_values_here() -> None:
    own = {name: f for kind in figures.registry for name, f in kind.options().items()}
    for values, fields in (
        (LOOK, options_of(LookSpec)),
        (FILM, options_of(FilmSpec)),
        (OUT, options_of(OutSpec)),
        (OWN, own),
    ):
        assert set(values) == {f.name for f in fields.values() if "bool" not in type_name(f)}


@pytest.fixture(autouse=True)
def untouched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing may be run or read, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def running(*_: Any, **__: Any) -> NoReturn:
        raise AssertionError("this runs")

    begun = (engine, "walk"), (vectorised, "run"), (verdict, "judge"), (records, "read")
    for module, name in begun:
        monkeypatch.setattr(module, name, running)


def cases() -> list[tuple[str, str, str]]:
    found = [
        (c, name, value)
        for c in COMMANDS
        for name, values in {**LOOK, **OWN}.items()
        for value in values
        if f"--{name}" not in c
    ]
    films = [c for c in COMMANDS if c.split()[0] in (*RUNNING, "plot")]
    found += [(c, name, value) for c in films for name, values in FILM.items() for value in values]
    drawing = [c for c in COMMANDS if "-o" not in c]
    out = [(name, value) for name, values in OUT.items() for value in values]
    return found + [(c, *one) for c in [*drawing, "run"] for one in out]


@pytest.mark.parametrize("command", [*COMMANDS, "run"])
def test_a_wrong_value_is_refused_before_anything_runs(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for _, name, value in (case for case in cases() if case[0] == command):
        status = cli.main([*command.split(), f"--{name.replace('_', '-')}", value])
        said = capsys.readouterr()
        assert "this runs" not in said.err, (name, value)
        assert status == 2 or (status == 1 and "/no/such" in value), (name, value, said.err)
        assert said.out == ""
        assert len(said.err.splitlines()) == 1, (name, value, said.err)


TOGETHER = [
    "trace --plane 1,3", "trace --plane x1,w", "trace -f x^2 --start 1 --plane 1,2",
    "trace --colors red,blue", "loss --colors red,blue", "compare --colors red,blue",
    "sweep --over eta=[1,2] --colors red,blue", "trace --anatomy 3 --colors red",
    "trace --label a --label b", "rates --label a --label b", "compare --label a --label b",
    "trace --starts steps", "trace --starts basin",
    "trace --starts basin -f x^2+y^4 --start grid(-1,1,-1,1,3x3) --gradient noise(1)",
    "trace --starts status -f x^2+y^2+z^2 --start grid(-1,1,-1,1,3x3)",
    "rates --ylim -1,1", "rates --ylim 0,1", "loss --ylim -1,1", "compare --ylim -1,1",
    "rates --of sharpness --rate realised", "rates --of nothing", "rates --of sharpness -n 0",
    "inspect --at 1,1", "inspect -f beale --at 1", "inspect -f beale --at 1,1 --at minimum",
    "inspect -f beale --at nowhere", "inspect -f beale --start 1,1", "inspect -f beale --steps 9",
    "inspect -f beale --tol 0.1", "rates --rate asymptotic --opt rprop", "rates -n 0",
    "compare -n 0",
    "loss -f x*y", "loss -f x*y --measure distance", "loss -f x*y --measure modes",
    "loss --measure modes --against time", "loss --measure modes --gradient noise(1) --seeds 3",
    "loss --measure modes --opt gd --gradient noise(1) --expected",
    "compare --fair nobody", "compare --rows trace,loss -f x*y",
    "trace --opt adam --gradient noise(1) --expected", "trace --opt gd --expected",
    "trace --opt gd --gradient noise(1) --expected --start 1,2 --start 3,4",
    "trace --opt gd --gradient noise(1) --expected --ellipses 50",
    "trace --anatomy 21", "trace --anatomy 0", "trace --anatomy 3 -f x^2 --start 1",
    "trace --anatomy 3 --plane 1,3", "trace --anatomy 3 --opt gd,adam",
    "trace --anatomy 3 --label a --label b", "inspect --xlim 0,1 -o a.png", "inspect -o a.csv",
    "inspect -o f/", "inspect --tol 2", "trace -o f/ --max-size 1MB",
    "trace -o a.webp --size 20000x200", "trace -o a.png -o ./a.png", "trace -o - --json",
    "run -o a.png", "run --every 0", "trace --jobs 0", "trace --executor nobody",
    "trace --scheduler tcp://x", "sweep", "sweep --over eta", "sweep --over eta=[2,1]",
    "sweep --over nothing=[1,2]", "sweep --over eta=[1,2] --of nothing",
    "sweep --over eta=[1,2] --tol 0", "sweep --over eta=[1,2] --mark 1,2",
    "sweep --over eta=[1,2] --over beta=[0.1,0.2] --opt momentum,adam",
    "sweep --over beta=[0.1,0.2] --opt momentum --mark 3", "sweep --over eta=[1,2] --mark -1",
    "plot rates log.jsonl --ylim -1,1", "plot loss log.jsonl --measure modes --against epoch",
    "explain gd adam --diff -o a.png --plane 1,3",
]  # fmt: skip


@pytest.mark.parametrize("command", TOGETHER)
def test_words_that_do_not_go_together_are_refused_before_anything_runs(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(command.split()) == 2
    said = capsys.readouterr()
    assert (said.out, len(said.err.splitlines())) == ("", 1), said.err


@pytest.mark.parametrize("view", figures.registry.names)
def test_in_a_batch_each_of_them_is_a_mistake_of_its_word(view: str) -> None:
    more = {"over": ["eta=[0.1,0.2]"]} if view == "sweep" else {}
    words = [(name, value) for name, values in {**LOOK, **OWN}.items() for value in values]
    tables = {
        f"f{i}": {"figure": view, **more, name: value}
        for i, (name, value) in enumerate(words)
        if name not in NUMBERS
    }
    with pytest.raises(batch.WrongBatch) as caught:
        batch.run(tables)
    assert {fault.figure for fault in caught.value.faults} == set(tables)


def test_from_python_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    run = optviz.run("d2l", "gd", steps=2)
    for name, values in {**LOOK, **OWN}.items():
        for value in values:
            given = int(value) if name in NUMBERS and value != "x" else value
            with pytest.raises(OptvizError):
                optviz.figure(run, "trace", **{name: given})


def test_a_film_without_its_program_is_refused_before_it_is_drawn(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert cli.main(["trace", "-o", "a.mp4"]) == 1
    assert "there is no ffmpeg" in capsys.readouterr().err
