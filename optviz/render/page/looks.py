"""How the marks of a page look: what the script needs to draw them as the still does."""

from typing import Any

from matplotlib.text import Text

from optviz.render.draw import curves, paths
from optviz.render.draw.page import Page
from optviz.render.draw.theme import COORDINATES, DOTTED, Stroke
from optviz.scene import Ceiling, Curve, Guide, Mark, Panel, Path


def rounded(value: float) -> float:
    """A number of the SVG."""
    return round(value, 2)


def look_of(page: Page, panel: Panel, number: int) -> dict[str, Any]:
    """The look of a path or a curve: its line, and the symbols on it."""
    mark, sizes = panel.marks[number], page.theme.sizes
    assert isinstance(mark, Path | Curve)
    assert page.about is not None
    written = any(isinstance(artist, Text) for artist in page.about.get(id(mark), []))
    if isinstance(mark, Path):
        stroke, wide = paths.stroke_of(page, mark, panel), sizes.path
        dot = sizes.small_dot if page.small else sizes.dot
        return _stroke(page, stroke, wide) | {
            "dot": rounded(dot * page.scale / 2),
            "head": rounded(sizes.head * page.scale / 2),
            "halo": rounded((wide + sizes.halo) * page.scale),
            "every": mark.every,
            "named": written or None,
        }
    stroke = curves.stroke_of(page, mark, panel)
    sparse = curves.is_sparse(mark, panel)
    few = not sparse and curves.has_dots(page, mark, panel)
    size = (sizes.marker if sparse else sizes.dot) * page.scale / 2
    return _stroke(page, stroke, sizes.curve) | {
        "dot": rounded(size) if sparse or few else None,
        "every": 1 if few else None,
        "phase": rounded(curves.phase(mark)) if sparse else None,
        "named": written or None,
    }


def _stroke(page: Page, stroke: Stroke, wide: float) -> dict[str, Any]:
    width = wide * page.scale
    dash = [rounded(part * width) for part in stroke.dash] if stroke.dash else []
    return {
        "width": rounded(width),
        "dash": dash,
        "shape": stroke.marker,
        "hollow": stroke.hollow or None,
    }


def line_of(page: Page, mark: Mark) -> dict[str, Any]:
    """The look of a ceiling or a guide; `role` −1 is that of no walk."""
    assert isinstance(mark, Ceiling | Guide)
    size = page.theme.sizes.ceiling if isinstance(mark, Ceiling) else page.theme.sizes.guide
    dotted = mark.dash is None
    dash = DOTTED if mark.dash is None else COORDINATES[mark.dash % len(COORDINATES)]
    width = size * page.scale
    return {
        "width": rounded(width),
        "dash": [rounded(part * width) for part in dash or ()],
        "dotted": dotted,
        "role": mark.role if isinstance(mark, Guide) else -1,
    }
