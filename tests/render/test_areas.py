"""Words of maps, spectra and layers: each in its area, none on another, readable on its cells."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from matplotlib.text import Text

from optviz.render.draw.boxes import Box
from optviz.render.draw.colour import contrast, hexadecimal
from optviz.render.draw.figure import draw, settings
from optviz.render.draw.page import Page
from optviz.render.draw.theme import theme
from optviz.scene import (
    Bare,
    Border,
    Cells,
    Extent,
    Level,
    Line,
    Lines,
    Look,
    Panel,
    Region,
    Scene,
    Share,
    Spot,
    Stem,
)

EDGES = np.linspace(0, 1, 41)
X, Y = np.meshgrid((EDGES[1:] + EDGES[:-1]) / 2, (EDGES[1:] + EDGES[:-1]) / 2)
LOST, LATE = X > 0.65, (X < 0.2) & (Y < 0.5)
VALUES = np.where(LOST | LATE, np.nan, 10 ** (1 + 2 * X))
MAP = Cells(
    EDGES, EDGES, VALUES, "steps", log=True, span=(10.0, 1000.0),
    bare=(Bare("diverges", LOST, diverges=True), Bare("over 1000", LATE)),
)  # fmt: skip
LINES = tuple(
    Level(np.array([[x, 0.0], [x, 1.0]]), label, x)
    for x, label in ((0.25, "30"), (0.4, "60"), (0.55, "120"))
)
EDGE = Border(np.array([[0.65, 0.0], [0.65, 1.0]]), r"$\eta=2/\lambda_{\max}$")
STAR = Spot(0.6, 0.4, "best by theory", note="η = 0.6, β = 0.4\n23 steps")
UNIT = (0.0, 1.0)
THEMES = ("light", "dark", "print")


def panel(*marks: object, **more: object) -> Panel:
    return Panel(marks, UNIT, UNIT, "learning rate", "momentum", **more)  # type: ignore[arg-type]


WHOLE = panel(MAP, *LINES, EDGE, STAR)
STEPS = np.arange(21.0)
LAYERS = [
    Share(STEPS, i * 0.3**STEPS, (i + 1) * 0.3**STEPS, i / 2, f"λ{i} = {i}") for i in range(3)
]
PANELS = {
    "map": (WHOLE,),
    "two maps": (
        panel(replace(MAP, label=""), title="AdaGrad", role=0),
        panel(MAP, EDGE, title="A rule with a long name", note="β = 0.9", role=1),
    ),
    "statuses": (panel(Cells(EDGES, EDGES, np.where(LOST, 1.0, 0.0), "status", names=("a", "b"))),),
    "spectrum": (panel(Extent(0.1, 0.9, 0.5), *(Stem(x, 0.7, f"λ = {x}") for x in (0.3, 0.32))),),
    "region": (panel(Region(0, 0.02, "over 1000 steps"), Region(0.7, 1, "diverges above 0.7")),),
    "layers": (Panel(tuple(LAYERS), (0.0, 20.0), (0.0, 3.0), "step", "f", steps=True),),
    "column": (
        panel(EDGE),
        panel(Lines((Line("row", "$x$", "= (1, 2)"), Line("muted", "with η = 0.4"))), axes="none"),
    ),
}  # fmt: skip


def drawn(*panels: Panel, size: tuple[int, int] = (960, 720), paint: str = "light") -> Page:
    scene = Scene("A title", "A subtitle", panels, "alt", shared=len(panels) > 1)
    with settings():
        return draw(scene, Look(size=size, theme=paint))


def boxes(page: Page) -> list[Box]:
    """The boxes of words, each once."""
    found: list[Box] = []
    for box in page.taken:
        near = (np.abs(np.subtract(box, other)).max() < 1.5 for other in found)
        if not any(near):
            found.append(box)
    return found


@pytest.mark.parametrize("size", [(320, 240), (960, 720), (400, 900)])
@pytest.mark.parametrize("name", PANELS)
def test_no_word_is_on_another_or_off_the_page(name: str, size: tuple[int, int]) -> None:
    found = boxes(drawn(*PANELS[name], size=size))
    page = Box(0, 0, *size)
    assert all(box.within(page.grown(0.5)) for box in found)
    pairs = [(a, b) for a, b in combinations(found, 2) if a.grown(-0.8).overlaps(b.grown(-0.8))]
    assert not pairs


def texts(page: Page) -> dict[str, tuple[float, float]]:
    """The pixels of the lower left corner of every text on the page."""
    dpi = page.figure.dpi
    found = page.figure.findobj(Text)
    return {text.get_text(): tuple(dpi * at for at in text.get_position()) for text in found}


def test_words_of_what_has_no_value_stand_in_its_area() -> None:
    page = drawn(WHOLE)
    frame, found = page.figure.axes[0].get_window_extent(), texts(page)
    x, _ = found["diverges"]
    assert x > frame.x0 + 0.65 * frame.width
    x, y = found["over 1000"]
    assert x < frame.x0 + 0.2 * frame.width
    assert y < frame.y0 + 0.5 * frame.height


def test_a_boundary_between_regimes_is_named_beside_it_but_not_on_runs_that_diverge() -> None:
    regimes = Border(np.array([[0.6, 0.0], [0.6, 0.5], [0.6, 1.0]]), "lazy | robust", theory=False)
    page = drawn(panel(MAP, EDGE, regimes))
    frame, (x, _) = page.figure.axes[0].get_window_extent(), texts(page)["lazy | robust"]
    assert frame.x0 + 0.3 * frame.width < x < frame.x0 + 0.6 * frame.width


def test_a_named_area_without_a_key_and_without_room_has_its_name_beside_it() -> None:
    thin = np.where(X > 0.95, 1.0, 0.0)
    named = Cells(EDGES, EDGES, thin, "", names=("wide", "a narrow strip"))
    assert "a narrow strip" in texts(drawn(panel(named)))


def test_the_numbers_of_lines_stand_along_one_row() -> None:
    found = texts(drawn(WHOLE))
    assert len({round(found[label][1], 3) for label in ("30", "60", "120")}) == 1


def test_a_line_is_interrupted_by_its_number() -> None:
    page = drawn(panel(MAP, *LINES))
    lines = page.figure.axes[0].lines
    assert len(lines) == len(LINES)
    assert all(np.isnan(line.get_ydata()).any() for line in lines)


@pytest.mark.parametrize("paint", THEMES)
def test_words_can_be_read_on_every_colour_of_a_map(paint: str) -> None:
    for colour in theme(paint).ramp_colours:
        assert max(contrast(ink, hexadecimal(colour)) for ink in ("#ffffff", "#10141c")) > 4.2


@pytest.mark.parametrize("paint", THEMES)
def test_cells_that_diverge_are_told_from_the_worst_by_colour_or_hatch(paint: str) -> None:
    page = drawn(panel(MAP), paint=paint)
    (image,) = page.figure.axes[0].images
    picture = np.asarray(image.get_array())
    lost = picture[: picture.shape[0] // 2, -picture.shape[1] // 5 :]
    hatched = bool((lost[..., 3] > 0.3).any())
    assert hatched or contrast(theme(paint).blank, theme(paint).ramp[-1]) > 1.1


def test_values_stand_in_the_cells_of_a_coarse_map_only_where_they_have_room() -> None:
    edges = np.array([0.0, 0.5, 1.0])
    values = np.array([[1.0, 2.0], [3.0, 4.0]])
    words = (("131", "725"), ("151", "802"))
    coarse = panel(Cells(edges, edges, values, "steps", texts=words))
    assert {"131", "725", "151", "802"} <= set(texts(drawn(coarse)))
    long = tuple(tuple(text * 30 for text in row) for row in words)
    crowded = panel(Cells(edges, edges, values, "steps", texts=long))
    assert not {text * 30 for row in words for text in row} & set(texts(drawn(crowded)))


def test_names_that_fit_into_their_areas_come_before_those_that_do_not() -> None:
    kinds = np.select([X > 0.55, X > 0.5], [2.0, 1.0], 0.0)
    named = Cells(EDGES, EDGES, kinds, "", names=("left", "a strip", "a wide right area"))
    page = drawn(panel(named), size=(640, 480))
    frame, found = page.figure.axes[0].get_window_extent(), texts(page)
    assert found["a wide right area"][0] > frame.x0 + 0.55 * frame.width
