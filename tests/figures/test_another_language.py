"""In another language nothing of English is left in a picture but names."""

import importlib
import re
import sys
from collections.abc import Iterator
from dataclasses import fields
from types import SimpleNamespace
from typing import Any

import pytest

from optviz import optimizers, phrases, schedules
from optviz.phrases import ko
from optviz.scene import Scene
from optviz.spec.figure import read
from optviz.studies.fair import RULES

MARKED = re.compile("⟦[^⟧]*⟧")  # what comes from the table of phrases, as `foreign` marks it
FORMULA = re.compile(r"\$[^$]*\$")
WORD = re.compile("[A-Za-z]{2,}")
NAMES = {
    word
    for name in optimizers.registry.names
    for text in (optimizers.registry[name].title, *optimizers.registry[name].settings())
    for word in WORD.findall(text)
} | {"keras", "Qx", "xy", *schedules.registry.names}

TWO = ["gd:eta=0.6", "adagrad@keras:eta=0.4"]
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
    {"command": "rates", "opt": ["adam", "momentum"], "rate": "realised"},
    {"command": "loss", "opt": TWO},
    {"command": "loss", "opt": ["gd:eta=0.1"], "gradient": "noise(1)", "expected": True},
    {"command": "loss", "opt": ["gd", "newton"], "objective": "x^2+y^2", "measure": "distance"},
    {"command": "loss", "opt": ["gd:eta=0.1"], "measure": "modes"},
    {"command": "coordinates", "opt": TWO, "about": "minimum"},
    {"command": "compare", "opt": TWO, "rows": "trace,rates,loss,coordinates"},
    *({"command": "compare", "opt": TWO, "fair": rule} for rule in RULES[1:]),
    {"command": "sweep", "opt": ["gd"], "over": ["eta=log(0.01,3,9)"]},
    {"command": "sweep", "opt": ["momentum"], "over": ["eta=log(0.01,3,9)", "beta=lin(0,0.9,9)"]},
    {"command": "sweep", "opt": ["gd"], "over": ["eta=[0.1,0.2,3]"], "of": "status"},
    {"command": "sweep", "opt": ["gd"], "over": ["angle=lin(0,45,3)"], "of": "f"},
    {"command": "sweep", "opt": ["gd"], "over": ["kappa=log(1,100,3)"], "of": "rate"},
    {"command": "trace", "start": ["grid(-3,3,-3,3,4x4)"], "starts": "status"},
    {"command": "inspect"},
    {"command": "inspect", "objective": "x^2+xy+y^2"},
    {"command": "inspect", "objective": "saddle"},
    {"command": "inspect", "objective": "-x^2+y^2+xy", "size": "400x300"},
    {"command": "inspect", "objective": "quadratic(kappa=1e6,dim=5)"},
    {"command": "schedule", "schedule": ["cosine(0.1,20)"]},
    {"command": "schedule", "schedule": ["cosine(0.1,20)", "step(0.1,5)"]},
]  # fmt: skip


def foreign(template: str | tuple[str, str]) -> str | tuple[str, str]:
    """The phrase with its words in brackets, around places and formulas."""
    if isinstance(template, tuple):
        return str(foreign(template[0])), str(foreign(template[1]))
    parts = re.split(r"(\{\w+\}|\$[^$]*\$)", template)
    return "".join(part if i % 2 or not part else f"⟦{part}⟧" for i, part in enumerate(parts))


def texts(scene: Scene) -> Iterator[str]:
    yield from (scene.title, scene.subtitle, scene.alt)
    for panel in scene.panels:
        yield from (panel.title, panel.note, panel.xlabel, panel.ylabel)
        for mark in panel.marks:
            for f in fields(mark):
                value = getattr(mark, f.name)
                if isinstance(value, str):
                    yield value
                elif f.name == "lines":
                    yield from (part for line in value for part in (line.text, line.rest))
                elif f.name == "bare":
                    yield from (bare.label for bare in value)
                elif f.name == "names":
                    yield from (part for part in value if isinstance(part, str))


@pytest.mark.parametrize("table", FIGURES, ids=lambda table: f"{table['command']}")
def test_words_of_a_picture_come_from_the_table(
    table: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    translated = {key: foreign(template) for key, template in phrases.PHRASES.items()}
    translated["counts"] = " ".join(f"⟦{word}⟧" for word in phrases.say("counts").split())
    equations = {line: f"⟦{line}⟧" for line in ko.EQUATIONS}
    marked = SimpleNamespace(PHRASES=translated, NAMES={}, EQUATIONS=equations)
    monkeypatch.setitem(sys.modules, "optviz.phrases.ko", marked)
    figure, errors = read({**table, "lang": "ko"})
    assert figure, errors
    scene = figure.draw().scene
    assert "$" not in scene.title + scene.alt
    assert words_of(scene, MARKED) <= NAMES


@pytest.mark.parametrize("code", phrases.languages()[1:])
@pytest.mark.parametrize("table", FIGURES, ids=lambda table: f"{table['command']}")
def test_a_language_leaves_no_english_word_in_a_picture(table: dict[str, Any], code: str) -> None:
    figure, errors = read({**table, "lang": code})
    assert figure, errors
    scene = figure.draw().scene
    assert "$" not in scene.title + scene.alt
    english = words_of(scene) - NAMES
    assert english <= {word for text in own_texts(code) for word in WORD.findall(text)}


def own_texts(code: str) -> Iterator[str]:
    """The phrases and names of a language, in which a foreign word may stand."""
    table = importlib.import_module(f"optviz.phrases.{code}")
    yield from table.NAMES.values()
    for template in table.PHRASES.values():
        yield from (re.sub(r"\{\w+\}", "", part) for part in flat(template))


def flat(template: str | tuple[str, str]) -> tuple[str, ...]:
    return (template,) if isinstance(template, str) else template


def words_of(scene: Scene, known: re.Pattern[str] = FORMULA) -> set[str]:
    """The words of Latin letters in a scene, but for formulas and for what is `known`."""
    return {
        word
        for text in texts(scene)
        for word in WORD.findall(FORMULA.sub("", known.sub(" ", text)))
    }
