"""In another language nothing of English is left in a picture but names."""

import re
import sys
from types import SimpleNamespace
from typing import Any

import pytest
import trainings
from figures.latin_words import NAMES, latin, left_over, own_words, words_of
from figures.test_options import BASE, BASES, COMPANY, SAMPLES

from optviz import figures, optimizers, phrases, render
from optviz.errors import OptvizError, Unfit
from optviz.objectives import PRESETS
from optviz.objectives.lexer import FUNCTIONS
from optviz.phrases import ko
from optviz.scene import Look, Scene
from optviz.spec import LookSpec
from optviz.spec.figure import read
from optviz.spec.kind_options import options_of
from optviz.studies.fair import RULES
from optviz.text.options import options

MARKED = re.compile("⟦[^⟧]*⟧")  # what comes from the table of phrases, as `foreign` marks it
OTHERS = phrases.languages()[1:]
TABLE = "@t.csv\nu,v,w,y\n1,2,3,1\n2,3,5,5\n4,5,9,2\n6,1,7,3\n"
FAR = "@t.csv\nu,v,y\n101,92,1\n100,91,5\n102,90,2\n100,93,3\n"

TWO = ["gd:eta=0.6", "adagrad@keras:eta=0.4"]
RUN = f"a.jsonl\n{trainings.text()}"
OTHER = f"b.jsonl\n{trainings.text(optimizer='Adam', ceiling=38.0)}"
SPIKED = f"c.jsonl\n{trainings.text(lambda step: 9.0 if step == 100 else 0.5 + step % 3)}"
LOW = f"d.jsonl\n{trainings.text(lambda _: 0.2)}"
HIGH = f"e.jsonl\n{trainings.text(lambda step: 4.0 if step > 60 else 0.5)}"
FIGURES: list[dict[str, Any]] = [
    {"command": "trace", "opt": ["adagrad"]},
    {"command": "trace", "opt": ["gd:eta=0.5"], "steps": 100},
    {"command": "trace", "opt": ["gd:eta=0.6"], "steps": 3000},
    {"command": "trace", "opt": TWO, "start": ["-5,-2", "3,1"]},
    {"command": "trace", "opt": [*TWO, "adam", "newton"], "objective": "scratch", "rotate": 20.0},
    {"command": "trace", "opt": ["gd"], "gradient": "noise(1)", "seeds": 9},
    {"command": "trace", "opt": ["gd"], "gradient": "noise(1)", "expected": True},
    {"command": "trace", "opt": ["gd"], "gradient": "sparse(1,0.5)"},
    {"command": "trace", "opt": ["gd:eta=0.1"], "objective": "quadratic(kappa=1e6,dim=5)"},
    {"command": "trace", "opt": ["gd:eta=0.1"], "objective": "d2l-1d"},
    {"command": "trace", "opt": ["gd:eta=0.1"], "objective": "saddle"},
    {"command": "trace", "opt": ["adam"], "anatomy": 3},
    {"command": "trace", "opt": ["rprop"], "anatomy": 3},
    {"command": "rates", "opt": ["rmsprop"], "steps": 120},
    {"command": "rates", "log": [RUN]},
    {"command": "schedule", "log": [RUN], "against": "time"},
    {"command": "loss", "log": [RUN]},
    {"command": "loss", "log": [RUN, SPIKED]},
    {"command": "ratio", "log": [RUN]},
    {"command": "ratio", "log": [RUN, OTHER]},
    {"command": "norms", "log": [RUN, OTHER]},
    {"command": "edge", "log": [RUN], "rows": "edge,sharpness,rates,schedule,loss"},
    {"command": "edge", "log": [RUN, OTHER], "rows": "rates,loss", "against": "time"},
    {"command": "edge", "log": [SPIKED]},
    {"command": "edge", "log": [RUN, SPIKED, LOW]},
    {"command": "edge", "log": [LOW]},
    {"command": "edge", "log": [HIGH]},
    {"command": "rates", "opt": ["adam", "momentum"], "rate": "realised"},
    {"command": "rates", "objective": "rosenbrock", "opt": ["adagrad:eta=0.5"], "of": "sharpness"},
    {"command": "rates", "objective": "beale", "opt": TWO, "of": "sharpness", "eta": "0.05"},
    {"command": "rates", "objective": "rosenbrock", "opt": ["adagrad:eta=0.5"]},
    {"command": "rates", "objective": "styblinski-tang", "opt": TWO, "eta": "0.05"},
    {"command": "loss", "opt": TWO},
    {"command": "loss", "opt": ["gd:eta=0.1"], "gradient": "noise(1)", "expected": True},
    {"command": "loss", "opt": ["gd", "newton"], "objective": "x^2+y^2", "measure": "distance"},
    {"command": "loss", "opt": ["gd:eta=0.1"], "measure": "modes"},
    {"command": "loss", "opt": TWO, "measure": "milestones"},
    {"command": "loss", "opt": ["steepest"]},
    {"command": "coordinates", "opt": TWO, "about": "minimum"},
    {"command": "trace", "opt": TWO, "rotate": 20.0, "axes": "both", "eigenvectors": True},
    {"command": "heat", "opt": TWO, "objective": "quadratic(kappa=9,dim=20)"},
    {"command": "heat", "opt": ["gd:eta=0.6"], "steps": 3000},
    {"command": "heat", "opt": ["gd"], "of": "gradient", "axes": "eigen"},
    {"command": "heat", "opt": ["gd:eta=0.1"], "of": "rate"},
    {"command": "polynomial", "opt": ["gd:eta=0.3", "chebyshev", "cg"]},
    {"command": "polynomial", "opt": ["cg"]},
    {"command": "polynomial", "opt": ["gd:eta=0.8"]},
    {"command": "phase", "opt": ["momentum"], "cases": True},
    {"command": "phase", "opt": ["momentum", "adam"]},
    {"command": "phase", "opt": ["adam"]},
    *({"command": "phase", "opt": [f"gd:eta={eta}"], "mode": 2} for eta in (0.1, 0.25, 0.4, 0.6)),
    {"command": "phase", "opt": ["momentum:eta=0.4,beta=0.5"], "mode": 2},
    {"command": "compare", "opt": TWO, "rows": "trace,rates,loss,coordinates"},
    *({"command": "compare", "opt": TWO, "fair": rule} for rule in RULES[1:]),
    {"command": "sweep", "opt": ["gd"], "over": ["eta=log(0.01,3,9)"]},
    {"command": "sweep", "opt": ["momentum"], "over": ["eta=log(0.01,3,9)", "beta=lin(0,0.9,9)"]},
    {"command": "sweep", "opt": ["gd"], "over": ["eta=[0.1,0.2,3]"], "of": "status"},
    {"command": "sweep", "opt": ["gd"], "over": ["angle=lin(0,45,3)"], "of": "f"},
    {"command": "sweep", "opt": ["gd"], "over": ["kappa=log(1,100,3)"], "of": "rate"},
    {"command": "trace", "start": ["grid(-3,3,-3,3,4x4)"], "starts": "status"},
    {"command": "trace", "objective": "himmelblau", "opt": ["gd:eta=0.02"],
     "start": ["grid(-5,5,-5,5,9x9)"], "starts": "basin"},
    {"command": "inspect", "objective": "himmelblau", "opt": ["gd:eta=0.02"]},
    {"command": "inspect", "objective": "beale", "at": ["1,1", "3,0.5"], "opt": ["adam", "cg"]},
    {"command": "inspect", "objective": "x^4 - 2x^2", "at": ["1", "0"]},
    {"command": "trace", "objective": "beale", "opt": ["gd:eta=0.01"], "anatomy": 3},
    {"command": "trace", "objective": "rosenbrock", "opt": ["gd:eta=1e-4"], "anatomy": 2},
    {"command": "inspect"},
    {"command": "inspect", "objective": "x^2+xy+y^2"},
    {"command": "inspect", "objective": "saddle"},
    {"command": "inspect", "objective": "-x^2+y^2+xy", "size": "400x300"},
    {"command": "inspect", "objective": "quadratic(kappa=1e6,dim=5)"},
    {"command": "inspect", "objective": TABLE, "target": "y"},
    {"command": "inspect", "objective": TABLE, "target": "y", "standardize": True},
    {"command": "inspect", "objective": FAR, "target": "y"},
    {"command": "trace", "objective": TABLE, "target": "y", "loss": "huber(2)"},
    {"command": "loss", "objective": TABLE, "target": "y", "loss": "softmax", "l2": 0.1},
    {"command": "inspect", "objective": "quadratic(eig=[-1,-2,3,-1])", "opt": ["gd", "adam"]},
    {"command": "inspect", "opt": ["gd:eta=0.6"], "start": ["-5,0"]},
    {"command": "schedule", "schedule": ["cosine(0.1,20)"]},
    {"command": "schedule", "schedule": ["cosine(0.1,20)", "step(0.1,5)"]},
]  # fmt: skip


def foreign(template: str | tuple[str, str]) -> str | tuple[str, str]:
    """The phrase with its words in brackets, around places and formulas."""
    if isinstance(template, tuple):
        return str(foreign(template[0])), str(foreign(template[1]))
    parts = re.split(r"(\{\w+\}|\$[^$]*\$)", template)
    return "".join(part if i % 2 or not part else f"⟦{part}⟧" for i, part in enumerate(parts))


def scene_of(table: dict[str, Any], code: str) -> Scene:
    figure, errors = read({**table, "lang": code})
    if figure is None:
        raise errors[0]
    return figure.draw().scene


@pytest.mark.parametrize("table", FIGURES, ids=lambda table: f"{table['command']}")
def test_words_of_a_picture_come_from_the_table(
    table: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    translated = {key: foreign(template) for key, template in phrases.PHRASES.items()}
    translated["counts"] = " ".join(f"⟦{word}⟧" for word in phrases.say("counts").split())
    equations = {line: f"⟦{line}⟧" for line in ko.EQUATIONS}
    clauses = {clause: foreign(clause) for clause in ko.CLAUSES}
    marked = SimpleNamespace(PHRASES=translated, NAMES={}, EQUATIONS=equations, CLAUSES=clauses)
    monkeypatch.setitem(sys.modules, "optviz.phrases.ko", marked)
    scene = scene_of(table, "ko")
    assert "$" not in scene.title + scene.alt
    assert words_of(scene, MARKED) <= NAMES


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("table", FIGURES, ids=lambda table: f"{table['command']}")
def test_a_language_leaves_no_english_word_in_a_picture(table: dict[str, Any], code: str) -> None:
    scene = scene_of(table, code)
    assert "$" not in scene.title + scene.alt
    assert left_over(scene, code) == set()


def test_every_kind_of_figure_is_read() -> None:
    assert {table["command"] for table in FIGURES} == set(figures.registry.names)


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("kind", figures.registry.names)
def test_drawing_adds_no_english_word(kind: str, code: str) -> None:
    try:
        render.check(Look(lang=code))
    except Unfit as missing:
        pytest.skip(str(missing))
    table = next(table for table in FIGURES if table["command"] == kind)
    scene = scene_of(table, code)
    artists = render.figure(scene, Look(lang=code)).findobj()
    drawn = [artist.get_text() for artist in artists if hasattr(artist, "get_text")]
    assert {word for text in drawn for word in latin(text)} <= NAMES | own_words(code)


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("kind", figures.registry.names)
def test_no_option_brings_an_english_word(kind: str, code: str) -> None:
    """Those of a run and of the kind; words that are typed are short, or no words."""
    base = {"command": kind, **BASES.get(kind, BASE)}
    own = options_of(figures.registry[kind])
    found = {}
    for name in own.keys() - options(LookSpec).keys():
        company = {key: v for key, v in COMPANY.get(name, {}).items() if key in own}
        for more in ({}, company):
            try:
                scene = scene_of({**base, **more, name: SAMPLES[name]}, code)
            except OptvizError:
                continue
            found[name] = left_over(scene, code)
    assert len(found) > 2
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("objective", PRESETS)
def test_a_known_objective_has_no_english_name_in_a_picture(objective: str, code: str) -> None:
    scene = scene_of({"command": "trace", "objective": objective, "opt": ["gd"], "steps": 1}, code)
    assert left_over(scene, code) <= FUNCTIONS.keys() | set(objective.split("-"))


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize(
    "objective", ["d2l", "x^2+xy+y^2", "saddle", "quadratic(eig=[0,1])", "beale"]
)
def test_verdicts_of_all_optimizers_are_in_the_language(objective: str, code: str) -> None:
    names = optimizers.registry.names
    for settings in ("", ":eta=0.6", ":eta=1", ":eta=0", ":eta=cosine(0.8,20)", ":clip=1"):
        opt = [name + settings for name in names]
        scene = scene_of({"command": "inspect", "objective": objective, "opt": opt}, code)
        assert left_over(scene, code) <= {"adam"}  # which another one holds
