"""Titles of several lines, of which none is a last word alone."""

from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import RendererAgg

from optviz.render.draw.balanced import balanced, widest_word
from optviz.render.draw.typeset import Type, line_extent, wrapped

KIND = Type(("DejaVu Sans",), 12.0, "normal", 100.0)
RENDERER = RendererAgg(1, 1, 100.0)
TITLE = "AdamW (torch), Gradient descent (keras) and AdamW (optax), 20 steps each"
WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=12)


def test_no_last_word_stands_alone_where_others_have_room_beside_it() -> None:
    width = line_extent(TITLE.removesuffix(" each"), KIND, RENDERER).width
    assert wrapped(TITLE, width, KIND, RENDERER).split("\n")[1:] == ["each"]
    first, second = balanced(TITLE, width, KIND, RENDERER).split("\n")
    widths = [line_extent(line, KIND, RENDERER).width for line in (first, second)]
    assert min(widths) > 0.6 * max(widths)


@given(WORDS, st.integers(60, 500))
def test_lines_are_as_few_as_before_of_the_same_words_and_within_the_width(
    words: list[str], width: int
) -> None:
    title = " ".join(words)
    before, after = (make(title, width, KIND, RENDERER) for make in (wrapped, balanced))
    assert before.count("\n") == after.count("\n")
    assert before.replace("\n", "").replace(" ", "") == after.replace("\n", "").replace(" ", "")
    widest = max(line_extent(line, KIND, RENDERER).width for line in after.split("\n"))
    assert widest <= width
    if widest_word(title, KIND, RENDERER) <= width:
        assert after.replace("\n", " ") == title


def test_lines_that_were_typed_stay() -> None:
    typed = "A first line that is much too long for its width\nand a second"
    assert balanced(typed, 200, KIND, RENDERER) == wrapped(typed, 200, KIND, RENDERER)
