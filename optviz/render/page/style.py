"""The style sheet of a page: that of the folder, and the colours of a theme or of light and dark.

The colours of both schemes are written with `light-dark()`, so that a figure follows the
`color-scheme` of what it stands in: a page of its own follows the reader's device, a fragment the
page around it. Browsers without that function show the light scheme.
"""

from collections.abc import Iterable, Iterator, Sequence

from optviz.render.draw.colour import contrast
from optviz.render.draw.theme import Theme
from optviz.render.format import KNOWS_BOTH
from optviz.render.page.library import source
from optviz.render.page.script import BANDS

Colours = list[tuple[str, str]]  # names and values of custom properties


def style(themes: Sequence[Theme], roles: Iterable[int], key: str, *widths: float) -> str:
    """The style of a figure: `themes` are one, or the light and the dark one.

    `widths` are the greatest and the least of the figure in pixels.
    """
    own, walks = f'[data-optviz="{key}"]', sorted(set(roles))
    most, least = widths
    size = f"{own}{{max-width:{most:g}px}}{own} svg[role]{{min-width:{least:g}px}}"
    scheme = _on_paper(own) if len(themes) > 1 else _scheme(own, themes[0])
    colours = _sheet(own, [list(_colours(theme, walks)) for theme in themes])
    return f"{source('page.css')}{''.join(_classes(walks))}{size}{scheme}{colours}"


def ground(themes: Sequence[Theme]) -> str:
    """The style of a page around the figure: the paper of one theme, or of light and dark."""
    both = f":root{{color-scheme:light dark}}{_on_paper(':root')}"
    scheme = both if len(themes) > 1 else _scheme(":root", themes[0])
    place = "body{margin:0}body>.optviz{margin:0 auto}"
    return f"{scheme}{place}{_sheet('body', [[('background', t.paper)] for t in themes])}"


def without_paper(key: str) -> str:
    """The style of a figure through which one sees what it stands on."""
    return f'[data-optviz="{key}"],body:has(>[data-optviz="{key}"]){{background:none}}'


def _colours(theme: Theme, roles: Iterable[int]) -> Iterator[tuple[str, str]]:
    for name in ("paper", "ink", "muted", "rule", "ceiling"):
        yield f"--{name}", getattr(theme, name)
    for role in roles:
        yield f"--w{role}", theme.line(role)
        yield f"--n{role}", theme.curve(role).words
    for i in range(BANDS):
        height = (i + 0.5) / BANDS
        yield f"--b{i}", theme.height_colour(height) or "none"
        yield f"--c{i}", theme.contour_colour(height)


def _classes(roles: Iterable[int]) -> Iterator[str]:
    """What of the figure has which of its colours."""
    for role in roles:
        yield f".optviz path.w{role},.optviz .h{role}{{stroke:var(--w{role})}}"
        yield f".optviz .f{role}{{fill:var(--w{role})}}.optviz .n{role}{{fill:var(--n{role})}}"
        yield f".optviz .k{role} input{{accent-color:var(--w{role})}}"


def _sheet(selector: str, themes: Sequence[Colours]) -> str:
    """The colours of one theme, or those of light and then of both."""
    if len(themes) == 1:
        return _rule(selector, themes[0])
    pairs = zip(*themes, strict=True)
    both = [(name, f"light-dark({one},{other})") for (name, one), (_, other) in pairs]
    return f"{_rule(selector, themes[0])}{KNOWS_BOTH}{{{_rule(selector, both)}}}"


def _rule(selector: str, colours: Colours) -> str:
    return f"{selector}{{{';'.join(f'{name}:{value}' for name, value in colours)}}}"


def _scheme(selector: str, theme: Theme) -> str:
    """The browser's own controls as the theme is: light where its ink is darker than its paper."""
    ink, paper = (contrast(colour, "#ffffff") for colour in (theme.ink, theme.paper))
    return _rule(selector, [("color-scheme", "light" if ink > paper else "dark")])


def _on_paper(selector: str) -> str:
    return f"@media print{{{selector}{{color-scheme:light}}}}"
