"""In another language nothing of English is left in a picture but names."""

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest

from optviz import optimizers, phrases, schedules
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
} | {"keras", "Qx", *schedules.registry.names}

TWO = ["gd:eta=0.6", "adagrad@keras:eta=0.4"]
# all but inspect, whose verdict is the text that the terminal has
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
                elif f.name in ("names", "bare", "lines"):
                    yield from (part for part in value if isinstance(part, str))


@pytest.mark.parametrize("table", FIGURES, ids=lambda table: f"{table['command']}")
def test_words_of_a_picture_come_from_the_table(
    table: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    translated = {key: foreign(template) for key, template in phrases.PHRASES.items()}
    translated["counts"] = " ".join(f"⟦{word}⟧" for word in phrases.say("counts").split())
    monkeypatch.setattr(phrases, "PHRASES", translated)
    figure, errors = read(table)
    assert figure, errors
    scene = figure.draw().scene
    assert "$" not in scene.title + scene.alt
    left = {
        word
        for text in texts(scene)
        for word in WORD.findall(FORMULA.sub("", MARKED.sub(" ", text)))
    }
    assert left <= NAMES
