"""What the reader of pages sees: it finds each kind of fault on a page that was made to have it."""

from io import BytesIO

import matplotlib
import numpy as np
import pytest
from matplotlib.figure import Figure
from pages.covering import rows
from pages.faults import faults
from pages.page import Page
from pages.reading import read
from pages.specs import Spec

PAGE = (288, 144)  # points: 4 by 2 inches


def made(*texts: tuple[float, float, str, dict[str, object]], **marks: object) -> Page:
    """A page with texts at points (x, y) from the lower left corner, of 10 points if not told."""
    figure, stream = Figure(figsize=(4, 2)), BytesIO()
    for x, y, words, look in texts:
        figure.text(
            x / PAGE[0], y / PAGE[1], words, **{"size": 10, "math_fontfamily": "cm", **look}
        )
    with matplotlib.rc_context({"pdf.fonttype": 3, "pdf.compression": 0}):
        figure.savefig(stream, format="pdf")
    size, lines = read(stream.getvalue())
    spec = Spec(0, {}, {"size": "4x2in"})
    known = {"paths": [], "spots": [], "edges": [], **marks}
    return Page(spec, stream.getvalue(), size, lines, **known)  # type: ignore[arg-type]


def kinds(page: Page) -> list[str]:
    return [fault.kind for fault in faults(page)]


def test_a_page_gives_back_its_words_with_their_ink_font_and_size() -> None:
    page = made((100, 60, "Hx", {"size": 20, "weight": "bold"}))
    (line,) = page.lines
    assert page.size == PAGE
    assert [character.text for character in line.characters] == ["H", "x"]
    assert line.size == pytest.approx(20)
    assert line.is_bold and not line.is_formula
    # DejaVu Sans Bold: an H of 1493 units of 2048 above the baseline, from 188 to 1526 across
    assert line.box[1] == pytest.approx(60, abs=0.2)
    assert line.inks[0].tolist() == pytest.approx([101.8, 60, 114.9, 74.6], abs=0.2)


def test_a_formula_is_one_text_whose_indices_are_smaller() -> None:
    (line,) = made((100, 60, r"$\sqrt{x_1^2}$", {})).lines
    assert line.is_formula
    assert line.size == pytest.approx(10, abs=0.2)
    assert min(character.size for character in line.characters) == pytest.approx(7, abs=0.1)


def test_words_apart_have_no_fault() -> None:
    assert kinds(made((20, 100, "one", {}), (20, 80, "below", {}), (60, 100, "beside", {}))) == []


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        ([(20, 60, "words", {}), (30, 64, "others", {})], "overlap"),
        ([(20, 60, "words", {}), (51, 60, "others", {})], "glued"),
        ([(270, 60, "words", {})], "off the page"),
        ([(20, -4, "pg", {})], "off the page"),
        ([(20, 60, "words", {"size": 5.9})], "small"),
        ([(20, 60, "$x_1$", {"size": 6.2})], "small"),  # an index of 4.3 points
        ([(20, 60, "words", {"rotation": 90})], "turned"),
        ([(20, 60, "$x_1$ words", {"weight": "bold"})], "bold"),
        ([(20, 60, "words", {"weight": "bold"}), (57, 60, "$f(x)$", {})], "bold"),
    ],
)
def test_each_kind_of_fault_is_found(texts: list, kind: str) -> None:
    assert kind in kinds(made(*texts))


def test_words_on_a_line_a_mark_or_an_edge_are_found() -> None:
    text = (100, 60, "words", {})
    line = np.column_stack([np.arange(0, 288, 0.25), np.full(1152, 64.0)])
    above = line + np.array([0, 8.0])
    over_low_letters = line[line[:, 0] < 112] + np.array([0, 2.5])  # a d is higher than w, o, r
    assert kinds(made(text, paths=[("path", line)])) == ["on a path"]
    assert kinds(made(text, paths=[("curve", above)])) == []
    assert kinds(made(text, paths=[("curve", over_low_letters)])) == []
    assert kinds(made(text, spots=[("minimum", np.array([130.0, 62.0]), 5.0)])) == ["on a minimum"]
    assert kinds(made(text, spots=[("start", np.array([140.0, 62.0]), 3.75)])) == []
    edge = np.array([[110.0, 0.0], [110.0, 144.0]])
    assert kinds(made(text, edges=[edge])) == ["on an edge"]


def test_every_pair_of_properties_that_go_together_occurs() -> None:
    factors = {"a": ("1", "2", "3"), "b": ("1", "2"), "c": ("1", "2", "3")}

    def fits(row: dict[str, str]) -> bool:
        return row.get("a") != "3" or row.get("b", "1") == "1"

    found = rows(factors, fits)
    for one, other in (("a", "b"), ("a", "c"), ("b", "c")):
        wanted = {(x, y) for x in factors[one] for y in factors[other] if fits({one: x, other: y})}
        assert {(row[one], row[other]) for row in found} == wanted
    assert all(map(fits, found)) and len(found) < 16
