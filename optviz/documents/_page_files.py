"""Files for pages that other tools build: the style sheet of pairs, and the filter of pandoc."""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
STATIC = _FOLDER / "static"  # holds the style sheet alone, for tools that copy a folder


@cache
def pair_style() -> str:
    """The style sheet that shows the light or the dark picture of a pair."""
    return (STATIC / "optviz.css").read_text(encoding="utf-8")


def pandoc_filter() -> str:
    """The Lua filter that draws the blocks of a document which pandoc or Quarto builds."""
    text = (_FOLDER / "optviz.lua").read_text(encoding="utf-8")
    return text.replace("PAIR_STYLE", pair_style())
