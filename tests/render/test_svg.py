"""SVG: small, named for those who cannot see it, and light or dark as the reader's device is."""

import io
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from render.kinds import LINED

from optviz import figures, render, spec
from optviz.errors import BadValue
from optviz.render.compact import compact
from optviz.render.formats._schemes import two_schemes
from optviz.scene import Look, Scene
from optviz.spec import RunSpec

SVG = "{http://www.w3.org/2000/svg}"


def scene(kind: str = "trace", look: Look | None = None, **run: object) -> Scene:
    walks = spec.walks(RunSpec(**run))  # type: ignore[arg-type]
    return figures.scene(kind, [walk.run() for walk in walks], look)


def drawn(made: Scene, look: Look | None = None) -> str:
    stream = io.BytesIO()
    render.write(made, look or Look(), "svg", stream)
    return stream.getvalue().decode("utf-8")


def test_the_stock_trace_is_below_60_kb_in_one_scheme_and_in_two() -> None:
    made = scene(opt=("adagrad:eta=0.4",))
    assert len(drawn(made)) < 60_000
    assert len(drawn(made, Look(theme="auto"))) < 60_000


def test_no_coordinate_has_more_than_two_decimals() -> None:
    root = ElementTree.fromstring(drawn(scene(opt=("gd:eta=0.3", "adam"))))
    places = [
        text
        for shape in root.iter()
        for name in ("d", "x", "y", "width", "height", "style")
        if (text := shape.get(name))
    ]
    assert len(places) > 100
    assert not [text for text in places if re.search(r"\.\d{3}", text)]


def test_it_is_an_image_with_a_title_and_a_description() -> None:
    made = Scene("3 < 4 & $x$", "", scene().panels, 'a path that "stalls" at 1 < 2')
    root = ElementTree.fromstring(drawn(made))
    title, description = root[0], root[1]
    assert (root.tag, title.tag, description.tag) == (f"{SVG}svg", f"{SVG}title", f"{SVG}desc")
    assert (title.text, description.text) == ("3 < 4 & x", made.alt)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


def test_names_of_two_pictures_in_one_page_differ() -> None:
    one, other = (ElementTree.fromstring(drawn(scene(steps=n))) for n in (10, 20))
    assert one.get("aria-labelledby") != other.get("aria-labelledby")


# -- the same picture --


def points(outline: str) -> Iterator[tuple[float, float]]:
    """The points of a path of relative commands, as a browser reads them."""
    pen = start = (0.0, 0.0)
    for command, text in re.findall(r"([A-Za-z])([^A-Za-z]*)", outline):
        values = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", text)]
        if command == "z":
            pen = start
            continue
        if command in "hv":
            values = [*values, 0.0] if command == "h" else [0.0, *values]
        base = (0.0, 0.0) if command == "M" else pen
        found = [(base[0] + values[i], base[1] + values[i + 1]) for i in range(0, len(values), 2)]
        pen = found[-1]
        start = pen if command == "M" else start
        yield from found


millionths = st.integers(-3_000_000_000, 3_000_000_000).map(lambda n: n / 1e6)
corner = st.tuples(millionths, millionths) | st.tuples(st.integers(-3, 3), st.integers(-3, 3))


@given(st.lists(st.lists(corner, min_size=1, max_size=5), min_size=1, max_size=4))
def test_a_path_of_any_points_is_read_back_within_half_a_hundredth(
    lines: list[list[tuple[float, float]]],
) -> None:
    parts = [
        f"{'L' if i else 'M'} {x:.6f} {y:.6f} \n" for line in lines for i, (x, y) in enumerate(line)
    ]
    short = compact(f'<svg><metadata></metadata><path d="{"".join(parts)}z\n"/></svg>')
    (outline,) = re.findall(' d="([^"]*)"', short)
    wanted = np.array([point for line in lines for point in line], dtype=float)
    assert np.abs(np.array(list(points(outline))) - wanted).max() < 0.00501


def test_curves_are_read_back_too() -> None:
    text = "M 1.5 2 \nC 3.001 4 5 -6.126 7 8 \nQ 9 10 -11 12.5 \nL -11 20 \nL 0 20 \nz\n"
    short = compact(f'<svg><metadata></metadata><path d="{text}"/></svg>')
    assert 'd="M1.5 2c1.5 2 3.5-8.13 5.5 6q2 2-18 4.5v7.5h11z"' in short


def test_what_comes_again_stands_once() -> None:
    outline = "M 0 0 \n" + "".join(f"L {i} {i * i} \n" for i in range(1, 40))
    halo = f'<path d="{outline}" style="stroke: #ffffff"/>\n<path d="{outline}"/>\n'
    dots = "".join(f'<use xlink:href="#m" x="{i}" style="fill: #ff0000"/>\n' for i in (1, 2))
    short = compact(f"<svg><metadata></metadata>\n{halo}<g>\n{dots}</g></svg>")
    (name,) = re.findall('<path id="(s[0-9a-f]+)"', short)
    assert short.count(' d="') == 1
    assert f'<use xlink:href="#{name}" style="stroke: #ffffff"/>\n' in short
    assert f'<use xlink:href="#{name}"/>\n' in short
    assert '<g style="fill: #ff0000">\n<use xlink:href="#m" x="1"/>' in short


def test_no_rule_of_it_is_of_other_pictures_in_a_page() -> None:
    assert "<style" not in drawn(scene())
    sheet = drawn(scene(), Look(theme="auto")).partition("<style>")[2].partition("</style>")[0]
    assert not re.findall(r"^[^.@}\n]", sheet, re.M)  # classes alone


def test_words_of_the_metadata_stay_as_they_are() -> None:
    head = '<svg><metadata>  0.123456 d="M 1 2 \nL 3 4" <!-- --></metadata>'
    assert compact(head + "\n <g/></svg>") == head + "\n<g/></svg>"


# -- two schemes --


def looks(svg: str, dark: bool = False) -> list[dict[str, str]]:
    """What each shape that has any is filled and drawn with, as a browser resolves it."""
    root = ElementTree.fromstring(svg)
    rules: dict[str, str] = {}
    for sheet in root.iter(f"{SVG}style"):
        base, _, other = (sheet.text or "").partition("@media (prefers-color-scheme:dark)")
        for part in (base, other) if dark else (base,):
            rules |= dict(re.findall(r"\.([\w-]+)\{([^{}]*)\}", part))
    found = []
    for shape in root.iter():
        parts = [rules[name] for name in shape.get("class", "").split()]
        style = ";".join([*parts, shape.get("style", "")])
        pairs = [part.split(":") for part in style.split(";") if part.strip()]
        found.append({name.strip(): value.strip() for name, value in pairs})
    return [pairs for pairs in found if pairs and "display" not in pairs]


@pytest.mark.parametrize("kind", LINED)
def test_each_scheme_is_the_picture_in_its_theme(kind: str) -> None:
    made = scene(kind, opt=("gd:eta=0.3", "rmsprop:eta=0.4"))
    both = drawn(made, Look(theme="auto"))
    for theme in ("light", "dark"):
        assert looks(both, theme == "dark") == looks(drawn(made, Look(theme=theme)))


def test_a_map_is_there_once_for_each_scheme() -> None:
    one = '<svg><metadata></metadata>\n<image href="a"/>\n<path d="" style="fill: #ffffff"/></svg>'
    other = one.replace('"a"', '"b"').replace("ffffff", "000000")
    both = two_schemes(one, other)
    assert '<g class="in-light"><image href="a"/></g>' in both
    assert '<g class="in-dark"><image href="b"/></g>' in both
    assert ".fill-ffffff-000000{fill:#ffffff}" in both


def test_pictures_of_other_shapes_are_both_there() -> None:
    one = '<svg><metadata></metadata>\n<path d="M1 2"/>\n</svg>\n'
    root = ElementTree.fromstring(two_schemes(one, one.replace("2", "3")))
    groups = {group.get("class"): group[0].get("d") for group in root.iter("g")}
    assert groups == {"in-light": "M1 2", "in-dark": "M1 3"}


@pytest.mark.parametrize("name", render.registry.names)
def test_what_cannot_follow_the_reader_refuses_to(name: str) -> None:
    look = Look(theme="auto", size=(320, 240))
    if render.registry[name].adapts:
        render.check(look, [name])
        return
    with pytest.raises(BadValue, match="light, dark or print is wanted"):
        render.check(look, [name])
    with pytest.raises(BadValue, match="cannot follow the reader's device"):
        render.write(scene(), look, name, io.BytesIO())
