"""A theme may be a file of one's own: every colour and size, each checked, with the line."""

import io
import json
import tomllib
from dataclasses import fields, replace
from functools import cache
from typing import Any

import pytest

from optviz import render
from optviz.errors import BadFile, UnknownName
from optviz.render.draw.theme import THEMES, Sizes, Theme, theme
from optviz.render.draw.theme_file import specimen
from optviz.scene import Look, Scene
from optviz.spec.figure import read


def of(text: str) -> Theme:
    return theme(f"own.toml\n{text}")


def test_nothing_changed_is_the_theme_it_starts_from() -> None:
    assert of("") == of('base = "light"') == theme("light")
    assert of('base = "dark"') == theme("dark")


@pytest.mark.parametrize("name", THEMES)
def test_the_specimen_holds_every_field_and_reads_as_the_theme(name: str) -> None:
    text = specimen(theme(name))
    table = tomllib.loads(text)
    assert table.keys() == {"base", *(f.name for f in fields(Theme))}
    assert table["sizes"].keys() == {f.name for f in fields(Sizes)}
    assert of(text) == theme(name)
    assert max(map(len, text.splitlines())) <= 100


def test_each_value_is_changed_and_no_other() -> None:
    assert of('paper = "#FEC"') == replace(theme("light"), paper="#ffeecc")
    assert of('fill = "none"') == replace(theme("light"), fill=None)
    assert of('dashes = ["solid", [1, 2, 3, 4]]').dashes == (None, (1.0, 2.0, 3.0, 4.0))
    assert of("sizes.path = 3") == of("[sizes]\npath = 3.0")
    assert of("[sizes]\npath = 3").sizes == replace(Sizes(), path=3.0)
    assert of('base = "print"\nkeyed = false') == replace(theme("print"), keyed=False)


def test_curves_are_named_in_the_colours_of_their_lines_unless_names_have_their_own() -> None:
    own = of('lines = ["#102030", "#405060"]')
    assert own.words == own.lines == ("#102030", "#405060")
    own = of('lines = ["#102030"]\nwords = ["#000000"]')
    assert (own.lines, own.words) == (("#102030",), ("#000000",))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('\npapper = "#fff"', "own.toml, line 2: papper: no word of a theme is called 'papper'; "
         "did you mean paper?"),
        ('paper = "white"', "own.toml, line 1: paper: 'white' given, a colour such as #1f3a93 is "
         "wanted"),
        ("paper = 3", "a colour such as"),
        ('paper = "#ffff"', "a colour such as"),
        ("ink = \"#000\"\n[sizes]\n# thick\n'path' = 99", "own.toml, line 4: sizes.path: 99 given, "
         "a number from 0.1 to 40 is wanted"),
        ("sizes.path = -1", "own.toml, line 1: sizes.path: -1 given"),
        ("sizes.path = nan", "nan given, a number from 0.1 to 40 is wanted"),
        ("sizes.path = true", "True given, a number"),
        ("[sizes]\nticks = 0.5", "a number from 0.75 to 3 is wanted"),
        ("[sizes]\npth = 1", "own.toml, line 2: sizes.pth: no word of a theme is called 'pth'"),
        ("sizes = 3", "sizes: a table, [sizes], is wanted"),
        ("[colours]\npaper = 1", "own.toml, line 1: colours: no word of a theme is called"),
        ('base = "night"', "base: 'night' given, one of light, dark, print is wanted"),
        ("base = []", "base: [] given"),
        ("tint = 2", "tint: 2 given, a number from 0 to 1 is wanted"),
        ('keyed = "yes"', "keyed: 'yes' given, true or false is wanted"),
        ("lines = []", "a list of 1 to 12 colours is wanted"),
        ('contour = ["#000"]', "a list of 2 colours is wanted"),
        ('kinds = ["#000"]', "a list of 5 colours is wanted"),
        ('words = ["#000"]', "words: 1 colours given, 6, as there are lines, are wanted"),
        ("dashes = [[1]]", '"solid", or 2, 4 or 6 numbers for each dash are wanted'),
        ("dashes = []", "a list of 1 to 12 dashes"),
        ('fill = "red"', "fill: 'red' given"),
        ("paper =", "own.toml, line 1: no value: leave the line out"),
        ('paper = "#fff"\npaper = "#000"', "own.toml, line 2: paper is given twice"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_line_with_the_place(text: str, sentence: str) -> None:
    with pytest.raises(BadFile) as caught:
        of(text)
    assert sentence in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_name_that_is_no_theme_is_told_those_that_are() -> None:
    with pytest.raises(UnknownName, match=r"known: light, dark, print, auto, FILE\.toml"):
        theme("x")


SHOWN: list[dict[str, Any]] = [
    {"figure": "trace", "opt": ["adagrad"]},
    {"figure": "loss", "opt": ["gd", "adam"], "eta": "0.1"},
    {"figure": "rates", "opt": ["rmsprop"], "steps": 40},
    {"figure": "compare", "opt": ["gd", "adam"], "eta": "0.1", "rows": "trace,loss"},
    {"figure": "sweep", "opt": ["momentum"],
     "over": ["eta=lin(0.02,1,40)", "beta=lin(0,0.9,40)"]},
    {"figure": "sweep", "opt": ["gd"], "over": ["eta=[0.1,0.2,0.6]"], "of": "status"},
    {"figure": "loss", "opt": ["gd", "adam", "momentum", "adagrad", "rmsprop", "nesterov", "lion"],
     "eta": "0.1"},
    {"figure": "loss", "opt": ["gd"], "steps": 400, "eta": "0.1", "gradient": "noise(1)"},
    {"figure": "trace", "opt": ["gd"], "steps": 400, "eta": "0.01"},
]  # fmt: skip


@cache
def scenes() -> list[tuple[Scene, Look]]:
    found = []
    for options in SHOWN:
        figure, errors = read({**options, "size": "640x480"})
        assert figure, errors
        drawing = figure.draw()
        found.append((drawing.scene, drawing.look))
    return found


@cache
def picture(number: int, text: str = "") -> bytes:
    """A scene in a theme of one's own."""
    (scene, look), stream = scenes()[number], io.BytesIO()
    render.write(scene, replace(look, theme=f"own.toml\n{text}"), "png", stream)
    return stream.getvalue()


def other(name: str, value: Any) -> str:
    """Another value of a field, as TOML."""
    if isinstance(value, bool):
        return str(not value).lower()
    if isinstance(value, float):
        return f"{value * 1.6:g}"
    if isinstance(value, str):
        return '"#ff00ff"'
    return "[[3, 1]]" if name == "dashes" else json.dumps(["#ff00ff"] * len(value))


@pytest.mark.parametrize("name", [f.name for f in fields(Theme) if f.name != "sizes"])
def test_every_colour_of_a_theme_is_seen_in_some_picture(name: str) -> None:
    text = f"{name} = {other(name, getattr(theme('light'), name))}"
    assert any(picture(n, text) != picture(n) for n in range(len(SHOWN)))


@pytest.mark.parametrize("name", [f.name for f in fields(Sizes)])
def test_every_size_of_a_theme_is_seen_in_some_picture(name: str) -> None:
    text = f"sizes.{name} = {other(name, getattr(Sizes(), name))}"
    assert any(picture(n, text) != picture(n) for n in range(len(SHOWN)))
