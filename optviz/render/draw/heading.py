"""Title and subtitle at the top left of a page."""

from contextlib import nullcontext

from optviz.render.draw import typeset
from optviz.render.draw.page import Page
from optviz.render.draw.written import Ink
from optviz.scene import Look, Scene

_TITLE, _SUBTITLE = 1.9, 1.65  # em: the title's baseline from the top, the subtitle's below it
_ABOVE = 1.2  # em: what a formula in the subtitle may rise before it touches the title
_LOW = 26  # em: pages lower than this have a title alone
_SMALLEST = 1.1  # em: a title shrinks to this before it is broken
_MOST_LINES = 3  # of a subtitle; more are left out, as the alt text has them


def heading(page: Page, scene: Scene, look: Look) -> float:
    """Writes the heading; returns the baseline of its last line, the upper edge without one."""
    width = page.width - 2 * page.em
    low = page.height < _LOW * page.em and look.subtitle is None
    base = page.height - 0.2 * page.em
    if look.heading == "none":
        return base
    if scene.title:
        base = page.height - _TITLE * page.em
        with page.noting(None) if look.title is None else nullcontext():
            base = _title(page, scene.title, base, width)
    if scene.subtitle and look.heading == "full" and not (low and scene.title):
        base -= (_SUBTITLE if scene.title else _TITLE) * page.em
        with page.noting(None) if look.subtitle is None else nullcontext():
            base = _subtitle(page, scene.subtitle, base, width)
    return base


def _title(page: Page, title: str, base: float, width: float) -> float:
    """Bold where it is words only, as large as its line allows; returns its last baseline."""
    sizes = page.theme.sizes
    weight = "normal" if typeset.has_formula(title) else "bold"
    wide = page.measure(title, sizes.title, weight).width
    scale = max(sizes.title * min(width / wide, 1.0) * 0.995, min(_SMALLEST, sizes.title))
    scale = sizes.title if wide <= width else scale
    text = page.balance(title, width, scale, weight)
    ink = Ink(scale, page.theme.ink, weight=weight)
    page.title = page.write(text, page.em, base, ink)
    return base - _drop(page, text, scale, weight, page.title.box.bottom, base)


def _subtitle(page: Page, subtitle: str, base: float, width: float) -> float:
    scale = page.theme.sizes.subtitle
    text = page.wrap(subtitle, width, scale)
    if text.count("\n") >= _MOST_LINES - 1:
        scale = page.least
        lines = page.wrap(subtitle, width, scale).split("\n")
        text = "\n".join(lines[:_MOST_LINES])
        if len(lines) > _MOST_LINES:
            text = text.rstrip(" ,;") + " …"
    base -= max(page.measure(text, scale).above - _ABOVE * page.em, 0.0)
    written = page.write(text, page.em, base, Ink(scale, page.theme.subtitle))
    return base - _drop(page, text, scale, "normal", written.box.bottom, base)


def _drop(  # noqa: PLR0917  # a line's own measures
    page: Page, text: str, scale: float, weight: str, bottom: float, base: float
) -> float:
    """From the first baseline to the last one, lower where its last line has a deep formula."""
    if "\n" not in text and not typeset.has_formula(text):
        return 0.0
    below = page.type(scale, weight).em * typeset.BELOW
    return max(base - bottom - max(below, 0.45 * page.em), 0.0)
