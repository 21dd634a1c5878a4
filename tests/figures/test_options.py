"""Every option of every figure kind has an effect, or is refused."""

import io
import pickle
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
import trainings

from optviz import cli, figures, render
from optviz.errors import ForeignOption, NoEffect, OptvizError
from optviz.scene import Recipe
from optviz.spec import FilmSpec, LookSpec, RunSpec
from optviz.spec.figure import read
from optviz.spec.kind_options import PAGES, kinds_with, options_of
from optviz.text.options import options

# A log of training, below its name, and another one.
LOG = f"a.jsonl\n{trainings.text()}"
OTHER = f"b.jsonl\n{trainings.text(optimizer='Adam', ceiling=38.0)}"
# A value of each option that is not the usual one.
SAMPLES: dict[str, Any] = {
    "objective": "x1^2 + 3x2^2", "target": "y", "standardize": True, "intercept": True, "l2": 0.1,
    "loss": "huber(2)",
    "rotate": 30.0, "opt": ["adam"], "eta": "0.1", "beta": "0.7", "rho": "0.5", "beta1": "0.5",
    "beta2": "0.5", "eps": "0.1", "clip": "0.5", "param": ["eta=0.2"], "start": ["1,2"], "steps": 7,
    "gradient": "noise(1)", "seed": 3, "seeds": 3, "expected": True,
    "frame": "lock", "starts": "status", "levels": 3, "plane": "2,1", "ellipses": "2",
    "anatomy": 2, "rate": "realised", "measure": "distance", "against": "time", "rows": "loss",
    "overlay": True, "fair": "same-eta", "over": ["eta=[0.1,0.3]"], "of": "f", "tol": 1e-3,
    "mark": "0.2", "about": "minimum", "title": "T", "label": ["A"], "xlim": "1,3", "ylim": "0.1,3",
    "size": "400x300", "dpi": 60, "theme": "dark", "transparent": True, "font": "DejaVu Serif",
    "fps": 5, "duration": 2, "hold": "0.5,2", "pace": "progress", "loop": 2, "smooth": True,
    "tail": 3, "counter": False, "max_size": "2MB", "subtitle": "S", "heading": "title",
    "xlabel": "X", "ylabel": "$y$", "legend": "right", "font_size": 12, "lang": "ko",
    "fragment": True, "slider": ["eta"],
    "colors": ["red"], "xlog": True, "schedule": ["linear(0.3,20)"], "ylog": True,
    "axes": "eigen", "tried": True, "eigenvectors": True, "degree": "2,5", "mode": 1,
    "cases": True, "launch": ["1,0.5"], "at": ["1,1"], "log": [LOG],
}  # fmt: skip
# Those of kinds whose option of that name has other values.
OTHERS: dict[str, dict[str, Any]] = {
    "heat": {"of": "gradient"}, "polynomial": {"opt": ["cg"]}, "edge": {"rows": "edge"},
    "norms": {"colors": ["red", "blue", "green"]}, "ratio": {"colors": ["red", "blue", "green"]},
    "rates": {"of": "sharpness"}, "compare": {"of": "sharpness"},
}  # fmt: skip
BASE = {"opt": ["gd"], "eta": "0.6"}
BASES = {
    "sweep": {"opt": ["gd"], "over": ["eta=[0.1,0.2]"]},
    "schedule": {"schedule": ["cosine(0.3,60)"]},
    "phase": {"opt": ["momentum"]},
    **{kind: {"log": [OTHER]} for kind in ("edge", "norms", "ratio")},
}
RISING = "warmup_constant_schedule(init_value=0.0,peak_value=0.3,warmup_steps=15)"
TABLE = "@t.csv\nu,v,y\n1,2,1\n2,3,5\n4,5,2\n6,1,3\n"
# What some options need beside them, so that each has an effect on some kind, or on the one named.
COMPANY: dict[str, dict[str, Any]] = {
    "seed": {"gradient": "noise(1)", "of": "f"}, "seeds": {"gradient": "noise(1)"},
    "expected": {"gradient": "noise(1)", "opt": ["gd"]},
    "ellipses": {"gradient": "noise(1)", "opt": ["gd"], "expected": True},
    "eta": {"over": ["angle=[0,10]"]}, "param": {"over": ["angle=[0,10]"]},
    "steps": {"opt": ["adam"], "eta": RISING, "over": ["angle=[0,10]"]},
    "about": {"objective": "(x1-1)^2 + x2^2", "rows": "coordinates"},
    "starts": {"start": ["grid(-1,1,-1,1,3x3)"]},
    "target": {"objective": TABLE},
    "standardize": {"objective": TABLE, "target": "y"},
    "intercept": {"objective": TABLE, "target": "y"},
    "l2": {"objective": TABLE, "target": "y"}, "loss": {"objective": TABLE, "target": "y"},
    **{f"{kind} against": {"log": [OTHER]} for kind in ("rates", "schedule")},
    **{f"{kind} {name}": {} for kind in ("edge", "norms", "ratio") for name in ("colors", "label")},
    "edge legend": {"log": [OTHER, LOG]}, "ratio legend": {}, "edge ylabel": {"rows": "edge"},
    "phase clip": {"opt": ["adam"]}, "phase eps": {"opt": ["adam"]},
    "polynomial eps": {"opt": ["polyak"]}, "polynomial steps": {"eta": "0.1"},
    "eps": {"opt": ["adagrad"]}, "beta": {"opt": ["momentum"]}, "rho": {"opt": ["rmsprop"]},
    "beta1": {"opt": ["adam"]},
    "beta2": {"opt": ["adam"]}, "measure": {"rows": "loss"}, "against": {"rows": "loss"},
    "legend": {"opt": ["gd", "adam"], "overlay": True, "schedule": ["0.1", "step(0.2,9)"]},
    "axes": {"objective": "x1^2 + x1*x2 + x2^2"}, "start": {"opt": ["cg"]},
    "at": {"objective": "rosenbrock", "opt": ["gd"]},
    "tried": {"opt": ["armijo:trial=4"]}, "eigenvectors": {"objective": "x1^2 + x1*x2 + x2^2"},
    "xlog": {"rows": "loss"}, "xlabel": {"rows": "loss"}, "ylabel": {"rows": "loss"},
}  # fmt: skip
KINDS = figures.registry.names
EVERY = sorted({name for kind in figures.registry for name in options_of(kind)})


def test_there_is_a_sample_of_every_option() -> None:
    assert set(EVERY) == set(SAMPLES)


def company(kind: str, name: str) -> dict[str, Any]:
    """What an option needs beside it in a figure of this kind."""
    return COMPANY.get(f"{kind} {name}", COMPANY.get(name, {}))


@cache
def _drawn(spelled: str) -> bytes:
    words = eval(spelled)  # what repr made of a dictionary below
    figure, wrong = read(words)
    if figure is None:
        raise wrong[0]
    drawn = figure.fit(pictures=True, films=figure.kind.moves, used=PAGES).draw()
    scene = replace(drawn.scene, recipe=Recipe())
    in_scene = dict.fromkeys(("title", "subtitle", "xlabel", "ylabel", "xlim", "ylim"))
    look = replace(drawn.look, labels=(), **in_scene)
    facts = drawn.figure.kind.facts(drawn.content)
    return pickle.dumps((scene, look, facts))


def drawn(words: dict[str, Any]) -> bytes:
    """The figure and its look, without its recipe."""
    return _drawn(repr(words))


def has_effect(kind: str, name: str, company: dict[str, Any]) -> bool:
    """Whether an option changes a figure; False where it is refused."""
    own = {
        key: value for key, value in company.items() if key in options_of(figures.registry[kind])
    }
    others = OTHERS.get(kind, {})
    if "of" in own:
        own |= {key: others[key] for key in ("of",) if key in others}
    usual = {} if "log" in {name, *own} else BASES.get(kind, BASE)  # a log says what ran
    base = {"figure": kind, **usual, **own}
    for key in (name, "eta" if name == "param" else ""):
        base.pop(key, None) if key not in ("over", "opt") else None
    try:
        changed = drawn({**base, name: others.get(name, SAMPLES[name])})
    except OptvizError:
        return False
    try:
        before = drawn(base)
    except OptvizError:  # which wants the option
        return True
    assert changed != before, f"{kind}: {name} changes nothing and is not refused"
    return True


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("kind", KINDS)
def test_an_option_changes_the_figure_or_is_refused(kind: str, name: str) -> None:
    has_effect(kind, name, {})
    has_effect(kind, name, company(kind, name))


@pytest.mark.parametrize("name", EVERY)
def test_every_option_of_a_kind_can_have_an_effect(name: str) -> None:
    for kind in kinds_with(name):
        assert has_effect(kind, name, company(kind, name)), kind


@pytest.mark.parametrize("name", EVERY)
def test_an_option_of_other_kinds_is_refused_with_their_names(name: str) -> None:
    for kind in set(KINDS) - {*kinds_with(name)}:
        _, (error,) = read({"figure": kind, **BASES.get(kind, BASE), name: SAMPLES[name]})
        assert isinstance(error, ForeignOption)
        assert error.having == kinds_with(name)


@pytest.mark.parametrize("name", options(FilmSpec))
def test_a_still_refuses_what_moves(name: str) -> None:
    figure, _ = read({"figure": "trace", name: SAMPLES[name]})
    assert figure
    with pytest.raises(NoEffect, match="for films"):
        figure.fit(pictures=True, films=False)


@pytest.mark.parametrize("kind", KINDS)
def test_data_refuse_what_is_of_pictures(kind: str) -> None:
    cls = figures.registry[kind]
    own = cls.options().keys() - cls.data_options - {"anatomy"}
    for name in {*own, *options(LookSpec)} & options_of(cls).keys():
        figure, _ = read({"figure": kind, **BASES.get(kind, BASE), name: SAMPLES[name]})
        assert figure
        with pytest.raises(NoEffect, match="for pictures"):
            figure.fit(pictures=False, films=False)


def test_what_nobody_typed_is_passed_over_where_it_has_no_effect() -> None:
    figure, _ = read({"figure": "trace", "fps": 5, "seed": 3, "levels": 4})
    assert figure
    figure = replace(figure, typed=frozenset({"levels"}))
    assert figure.fit(pictures=True, films=False).draw().figure.options() == {
        "figure": "trace",
        "levels": "4",
    }


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("trace --measure modes", "--measure: an option of compare and loss, not of trace"),
        ("rates --levels 4 --plane 1,2", "an option of compare, inspect and trace, not of rates"),
        ("trace -o x.png --fps 10 --tail 5", "fps: for films"),
        ("trace -o x.csv --theme dark", "theme: for pictures"),
        ("explain adam --json", "json is for --diff"),
        ("list objectives --markdown --json", "--markdown and --json are two forms of one list"),
        ("sweep --rate realised", "an option of compare and rates, not of sweep"),
        ("trace -o frames/ --loop 2", "loop: for films that are played"),
        ("trace --anatomy 3 -o a.jsonl", "a known suffix is wanted"),
        ("trace --anatomy 3 --label A", "label: the step of one optimizer"),
        ("trace --opt gd --gradient noise(1) --expected --seed 9", "seed: the exact law draws"),
        ("batch --check --gallery a.html a.toml", "gallery: --check has no use for it"),
        ("batch --dry-run --depfile a.d a.toml", "depfile: --dry-run has no use for it"),
        ("recipe --redraw --json a.png", "json: --redraw prints paths"),
        ("recipe --verify -o a.toml a.png", "output: --verify writes nothing"),
        ("trace --every 2", "--every: an option of run, not of trace"),
        ("inspect --jobs 2", "and trace, not of inspect"),
        ("run --theme dark", "not of run"),
        ("trace --heading title --subtitle a", "subtitle: heading = title leaves it out"),
        ("rates --heading none --title a", "title: heading = none leaves it out"),
        ("trace --anatomy 3 --legend right", "legend: no line of this figure has a name"),
        ("sweep --over eta=[0.1,0.2] --of status --legend right", "legend: for lines with names"),
        ("compare --rows trace,rates --xlabel t", "xlabel: this figure has several horizontal"),
        ("trace -o x.gif --dpi 60", "dpi: for sizes in inches, and no output here holds"),
        ("trace --legend left", "legend: left given, auto, right, below or none is wanted"),
        ("inspect --ylabel y", "ylabel: an option of"),
    ],
)
def test_the_command_line_names_the_kinds_that_have_an_option(
    line: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(line.split()) == 2
    printed = capsys.readouterr()
    assert sentence in printed.err
    assert (printed.out, len(printed.err.splitlines())) == ("", 1)


def test_a_word_of_the_environment_is_for_the_figures_that_have_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPTVIZ_MEASURE", "distance")
    monkeypatch.setenv("OPTVIZ_FPS", "5")
    assert cli.main(["trace", "-q", "-o", "/dev/null", "--format", "png"]) == 0
    monkeypatch.setenv("OPTVIZ_VIEW", "equal")
    assert cli.main(["trace", "-q", "-o", "/dev/null", "--format", "png"]) == 0
    monkeypatch.setenv("OPTVIZ_MESURE", "distance")
    assert cli.main(["trace", "-q", "-o", "/dev/null", "--format", "png"]) == 2
    assert "did you mean OPTVIZ_MEASURE?" in capsys.readouterr().err


def test_data_of_a_figure_are_what_its_formats_say() -> None:
    for kind in KINDS:
        figure, _ = read({"figure": kind, **BASES.get(kind, BASE)})
        assert figure
        drawn = figure.draw(pictures=False)
        for form in figure.kind.formats():
            stream: Any = io.BytesIO() if form == "npz" else io.StringIO()
            drawn.write(form, stream)
            assert stream.getvalue()
        assert figure.kind.facts(drawn.content)


def test_run_specs_are_shared_by_all_kinds() -> None:
    for kind in figures.registry:
        lacking = options(RunSpec).keys() - options_of(kind).keys()
        assert lacking <= kind.lacks | ({"log"} if not kind.draws_training() else set())


@pytest.mark.parametrize("name", ["font", "font_size", "heading", "legend", "theme", "transparent"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_option_of_the_look_alone_changes_what_is_drawn_or_is_refused(
    kind: str, name: str
) -> None:
    for optimizers in (["gd"], ["gd", "adam"]):
        words = {"figure": kind, **BASES.get(kind, BASE), "opt": optimizers, "size": "480x360"}
        try:
            changed = pixels({**words, name: SAMPLES[name]})
        except OptvizError:
            continue
        assert changed != pixels(words), f"{kind} of {optimizers}: {name} changes nothing"


def pixels(words: dict[str, Any]) -> bytes:
    """The figure as a PNG, without its recipe."""
    figure, wrong = read(words)
    if figure is None:
        raise wrong[0]
    drawn = figure.fit(pictures=True, films=False).draw()
    stream = io.BytesIO()
    render.write(replace(drawn.scene, recipe=Recipe()), drawn.look, "png", stream)
    return stream.getvalue()
