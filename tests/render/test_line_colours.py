"""Colours of curves that were typed: which are read, and how their words are kept readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb

from optviz.errors import BadValue
from optviz.render.draw.line_colours import themed
from optviz.render.draw.theme import THEMES, Theme, theme
from optviz.scene import Look

WORD, LINE = 4.5, 1.5
KNOWN = {"#e04e10": "#e04e10", "navy": "#000080", "tab:blue": "#1f77b4", "#abc": "#aabbcc"}


def luminance(colour: str) -> float:
    """WCAG's, written out again."""
    channels = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour))
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), channels, strict=True))


def contrast(one: str, two: str) -> float:
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def grounds(look: Theme) -> list[str]:
    return [look.paper, *filter(None, (look.height_colour(k / 12) for k in range(13)))]


@pytest.mark.parametrize(("text", "colour"), KNOWN.items())
def test_names_and_digits_are_read_as_matplotlib_reads_them(text: str, colour: str) -> None:
    look = themed(Look(colors=(text,)))
    assert look.line(0) == colour
    assert look.lines[1:] == theme("light").lines[1:]


@given(st.sampled_from(sorted(THEMES)), st.from_regex("#[0-9a-f]{6}", fullmatch=True))
def test_words_of_any_colour_can_be_read_and_keep_it_where_they_could(name: str, text: str) -> None:
    try:
        look = themed(Look(theme=name, colors=(text,)))
    except BadValue:
        assert contrast(text, theme(name).paper) < LINE
        return
    least = min(contrast(look.words[0], ground) for ground in grounds(look))
    assert least >= WORD
    if min(contrast(text, ground) for ground in grounds(look)) >= WORD:
        assert look.words[0] == text


@pytest.mark.parametrize("name", THEMES)
def test_words_of_the_themes_own_colours_can_be_read_on_its_page(name: str) -> None:
    own = theme(name)
    for line in own.lines:
        look = themed(Look(theme=name, colors=(line,)))
        assert contrast(look.words[0], own.paper) >= WORD


@pytest.mark.parametrize("text", ["redd", "none", "#e04e1080", "", "12", "#ab", "(1,0,0)"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(BadValue, match="an opaque colour such as"):
        themed(Look(colors=(text,)))


@pytest.mark.parametrize(("name", "text"), [("light", "white"), ("dark", "#101010")])
def test_what_cannot_be_seen_on_the_page_is_refused(name: str, text: str) -> None:
    with pytest.raises(BadValue, match="can be seen on the page"):
        themed(Look(theme=name, colors=(text,)))


def test_more_colours_than_the_theme_has_are_all_used() -> None:
    colours = tuple(f"#0{k:x}0{k:x}0{k:x}" for k in range(9))
    look = themed(Look(colors=colours))
    assert [look.curve(role).colour for role in range(9)] == list(colours)
    assert {look.curve(role).dash for role in range(9)} == {None}
