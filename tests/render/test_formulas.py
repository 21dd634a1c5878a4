"""Formulas are read as matplotlib reads them, letter by letter and point by point."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.font_manager import FontProperties
from matplotlib.mathtext import MathTextParser

from optviz.render.draw import figure
from optviz.render.fast import shortcuts
from optviz.render.fast.formulas import formulas

pytestmark = pytest.mark.skipif(not shortcuts.fit(), reason="for another matplotlib")

PIECES = [
    *"0123456789abfxyzAVT.,=()+ -|<'", "{-}", r"\,", r"\times", r"\times ", r"\eta", r"\lambda",
    "^2", "_1", "_{1}", "^{{-}12}", "^{-1/2}", "^{-12}", "_{ab}", "^*", "{x}", r"\frac{1}{2}",
    r"\log ", r"\log^2 ", r"\sum_i ", r"\sqrt{x}", r"\hat{x}", r"\left(x\right)",
    "$ and $", "$, on $",
]  # fmt: skip
OURS = [
    r"AdaGrad, $\eta=0.17$, on $f(x) = 0.1\,x_1^2 + 2\,x_2^2$",
    r"20 steps from $({-}5,\,{-}2)$ to $({-}3.778,\,{-}0.9)$, $f=1.2\times 10^{-7}$",
    r"leaves view at step 6, $|x_2|=1673$ at 20", "$2/\\lambda_{1}=10$", "AVATAR, fluffily",
]  # fmt: skip


def read(parser: Any, text: str, dpi: float, font: FontProperties) -> Any:
    plain: Any = MathTextParser
    if plain._parser:  # matplotlib lets a text that failed change the next
        plain._parser._needs_space_after_subsuper = False
    try:
        found = parser.parse(text, dpi, font)
    except ValueError:
        return "cannot be read"
    letters = [(glyph[0].fname, *glyph[1:]) for glyph in found.glyphs]
    return found.width, found.height, found.depth, letters, found.rects


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map(
                lambda pieces: f"AV $ {''.join(pieces)} $ end."
            )
            | st.sampled_from(OURS),
            st.sampled_from([50, 120]),
            st.sampled_from([9.0, 14.0]),
            st.sampled_from(["normal", "bold"]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_texts_in_any_order_are_read_as_by_matplotlib(
    texts: list[tuple[str, int, float, str]],
) -> None:
    with figure.settings():
        for text, dpi, size, weight in texts:
            font = FontProperties(
                family=["DejaVu Sans"], size=size, weight=weight, math_fontfamily="cm"
            )
            ours = read(formulas("vector"), text, dpi, font)
            assert ours == read(MathTextParser("path"), text, dpi, font), text


@pytest.mark.parametrize("text", OURS)
def test_a_formula_is_read_the_same_after_others_of_other_sizes(text: str) -> None:
    with figure.settings():
        fonts = [FontProperties(size=size, math_fontfamily="cm") for size in (8, 13, 21, 8)]
        found = [read(formulas("vector"), text, 100, font) for font in fonts]
        plain = [read(MathTextParser("path"), text, 100, font) for font in fonts]
    assert found == plain


def test_a_formula_that_cannot_be_read_does_not_change_the_next() -> None:
    with figure.settings():
        font = FontProperties(size=10, math_fontfamily="cm")
        ours: Any = formulas("vector")
        expected = read(ours, r"$a+b=\sum_i c$", 100, font)
        assert read(ours, r"$\log^{2$", 100, font) == "cannot be read"
        ours._parse_cached.cache_clear()
        assert read(ours, r"$a+b=\sum_i c$", 100, font) == expected
