"""A figure as it stands in a page of somebody else, whose style and Markdown leave it as it is."""

import re
from functools import cache

from optviz.render.page.library import source

_BEFORE = re.compile(r'(\.optviz|\[data-optviz="\w+"\])(?=[ >.])')
_TEXT = re.compile(r"(<style>.*?</style>)|(?<=>)[^<>]+(?=<)", re.S)
_SIGN = re.compile(r"(&#?\w+;)|([^A-Za-z0-9 \n;&,=/%?])")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_EMPTY_LINES = re.compile(r"\n\s*(?=\n)")


def fragment(style: str, figure: str, program: str) -> str:
    """The figure with its style and program inside, in ASCII.

    No line of it is empty, as that would end a block of HTML in Markdown. What is used has no
    `href`, which pages that are loaded in place set anew, and that of SVG cannot be set.
    """
    sheet = _before_others(host() + style)
    still = _spelled(figure.removesuffix("</figure>")).replace('<use href="', '<use xlink:href="')
    inside = f"<style>{sheet}</style>\n<script>{_escaped(program)}</script>\n</figure>\n"
    return _EMPTY_LINES.sub("", still + inside)


@cache
def host() -> str:
    """What undoes the style that a page has for all its elements."""
    return source("host.css")


def _before_others(style: str) -> str:
    """Rules for what is in the figure, as if it had two ids: they go before those of the page."""
    return _BEFORE.sub(r":is(#o#o,\1)", style)  # :is() counts as the most of what it holds


def _spelled(figure: str) -> str:
    """The signs of texts as entities, so that no typography and no emphasis is seen in them.

    Pandoc reads what stands between two tags as Markdown.
    """
    return _TEXT.sub(lambda text: text[1] or _SIGN.sub(_entity, text[0]), figure)


def _entity(sign: re.Match[str]) -> str:
    return sign[1] or f"&#{ord(sign[2])};"


def _escaped(program: str) -> str:
    """Letters outside of ASCII, which stand in texts alone, as JavaScript escapes them."""

    def units(letter: re.Match[str]) -> str:
        pairs = letter[0].encode("utf-16-be").hex()
        return "".join(f"\\u{pairs[i : i + 4]}" for i in range(0, len(pairs), 4))

    return _FOREIGN.sub(units, program)
