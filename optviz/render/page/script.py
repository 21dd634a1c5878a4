"""The script and the style of a page: modules of the package, and the data of its figure."""

import json
from collections.abc import Sequence
from typing import Any

from optviz.phrases import say
from optviz.render.draw.theme import Theme
from optviz.render.page.library import library, needed, source
from optviz.render.page.packed import columns
from optviz.render.page.still import Still
from optviz.scene import Live, LiveLine, LiveMark, LiveWalk, Panel, Scene

_WORDS = (
    "play",
    "pause",
    "reset",
    "fit",
    "step",
    "of",
    "at",
    "overflow",
    "start",
    "copy",
    "copied",
    "paths",
    "hidden",
    "untyped",
)

_FILLED: dict[str, tuple[str, dict[str, Any]]] = {  # phrases that the page fills, and what with
    "ceiling": ("ceilings", {"count": 1, "values": "{value}"}),
    "ceiling of": ("ceiling of coordinate, short", {"name": "{name}", "value": "{value}"}),
    "owned": ("of optimizer", {"name": "{name}", "text": "{text}"}),
    "from": ("from", {"head": "{head}", "start": "{start}"}),
}
_FUNCTIONS = ("begin", "step", "rates", "constants", "theory")  # of a walk
_BANDS = 10  # contours of a view that is fitted anew


def script(scene: Scene, live: Live, still: Still, key: str) -> str:
    """The program of a page, which defines nothing outside."""
    panels = zip(scene.panels, still.panels, strict=True)
    marks = zip(live.marks, still.looks, strict=True)
    lines = zip(live.lines, still.lines, strict=True)
    data = {
        "key": key,
        "names": list(live.names),
        "least": live.least,
        "minimiser": list(live.minimiser),
        "sizes": still.sizes,
        "hides": still.hides,
        "small": still.small,
        "keys": still.keys,
        "heading": still.heading,
        "bands": _BANDS,
        "panels": [_panel(panel, box) for panel, box in panels],
        "marks": [_mark(mark, look) for mark, look in marks],
        "lines": [_line(line, look) for line, look in lines],
        "words": _words(),
    }
    walks = ",\n".join(walk(each, len(live.names)) for each in live.walks)
    hessian = f",\nhessian:{live.hessian}" if live.hessian else ""
    page = f"{_json(data)[:-1]},walks:[{walks}]{hessian}}}"
    return f"(()=>{{\n{library(needed(live, still))}\noptviz({page});\n}})();"


def _words() -> dict[str, str]:
    filled = {word: say(key, **values) for word, (key, values) in _FILLED.items()}
    return {word: say(f"live {word}") for word in _WORDS} | filled


def walk(walk: LiveWalk, dim: int) -> str:
    """A walk as the engine reads it."""
    data: dict[str, Any] = {
        "name": walk.name,
        "text": walk.text,
        "title": walk.title,
        "pattern": walk.pattern,
        "role": walk.role,
        "dim": dim,
        "start": list(walk.start),
        "steps": walk.steps,
        "size": walk.size,
        "settings": [knob.value for knob in walk.knobs],
        "knobs": [knob._asdict() for knob in walk.knobs],
    }
    if walk.rows is not None:
        sweeps = [[each if each is None else columns(each) for each in s] for s in walk.sweeps]
        data |= {"rows": columns(walk.rows), "sweeps": sweeps, "steps": len(walk.rows) - 1}
    functions = {name: getattr(walk, name) for name in _FUNCTIONS}
    code = "".join(f",\n{name}:{text}" for name, text in functions.items() if text)
    return f"{_json(data)[:-1]}{code}}}"


def style(themes: Sequence[Theme], roles: Sequence[int], key: str, *widths: float) -> str:
    """The style sheet: that of the folder, and the colours of one theme, or of light and dark.

    `widths` are the greatest and the least of the figure in pixels.
    """
    within = f'[data-optviz="{key}"]'
    sheets = [_colours(theme, roles, within) for theme in themes]
    dark = f"@media (prefers-color-scheme:dark){{{sheets[1]}}}" if len(sheets) > 1 else ""
    most, least = widths
    size = f"{within}{{max-width:{most:g}px}}{within} svg[role]{{min-width:{least:g}px}}"
    return f"{source('page.css')}{size}{sheets[0]}{dark}"


def ground(themes: Sequence[Theme]) -> str:
    """The style of a page around the figure: the paper of one theme, or of light and dark."""
    papers = [f"body{{background:{theme.paper}}}" for theme in themes]
    dark = f"@media (prefers-color-scheme:dark){{{papers[1]}}}" if len(papers) > 1 else ""
    return f"body{{margin:0}}body>.optviz{{margin:0 auto}}{papers[0]}{dark}"


def _colours(theme: Theme, roles: Sequence[int], within: str) -> str:
    scheme = "light" if dark_on_light(theme) else "dark"
    names = "paper", "ink", "muted", "rule", "ceiling"
    colours = ";".join(f"--{name}:{getattr(theme, name)}" for name in names)
    lines = [f"{within}{{{colours};color-scheme:{scheme}}}"]
    for role in sorted(set(roles)):
        colour = theme.line(role)
        lines.append(f"{within} path.w{role}{{stroke:{colour}}}")
        lines.append(f"{within} .f{role}{{fill:{colour}}}")
        lines.append(f"{within} .h{role}{{stroke:{colour}}}")
        lines.append(f"{within} .n{role}{{fill:{theme.curve(role).words}}}")
        lines.append(f"{within} .k{role} input{{accent-color:{colour}}}")
    for i in range(_BANDS):
        height = (i + 0.5) / _BANDS
        lines.append(f"{within} .b{i}{{fill:{theme.height_colour(height) or 'none'}}}")
        lines.append(f"{within} .c{i}{{stroke:{theme.contour_colour(height)}}}")
    return "".join(lines)


def dark_on_light(theme: Theme) -> bool:
    """Whether the ink of a theme is darker than its paper."""
    ink, paper = (int(colour[1:3], 16) for colour in (theme.ink, theme.paper))
    return ink < paper


def _panel(panel: Panel, box: tuple[float, ...]) -> dict[str, Any]:
    return {
        "box": list(box),
        "xlim": list(panel.xlim),
        "ylim": list(panel.ylim),
        "xlog": panel.xlog,
        "ylog": panel.log,
    }


def _mark(mark: LiveMark, look: dict[str, Any]) -> dict[str, Any]:
    return {
        "panel": mark.panel,
        "walk": mark.walk,
        "quantity": mark.quantity,
        "coordinates": list(mark.coordinates),
        "look": {key: value for key, value in look.items() if value is not None},
    }


def _line(line: LiveLine, look: dict[str, Any]) -> dict[str, Any]:
    return line._asdict() | {"look": look}


def _json(value: Any) -> str:
    """As JSON that may stand in a script of a page."""
    text = json.dumps(value, separators=(",", ":"), default=float)
    return text.replace("<", "\\u003c").replace(">", "\\u003e")
