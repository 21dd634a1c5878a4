"""The script of a page: modules of this folder, and the data of its figure."""

import json
import re
from typing import Any

from optviz.phrases import say
from optviz.render.page.library import library, needed
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
    "below",
    "untyped",
    "apart",
    "every",
)

_FILLED: dict[str, tuple[str, dict[str, Any]]] = {  # phrases that the page fills, and what with
    "ceiling": ("ceilings", {"count": 1, "values": "{value}"}),
    "ceiling of": ("ceiling of coordinate, short", {"name": "{name}", "value": "{value}"}),
    "owned": ("of optimizer", {"name": "{name}", "text": "{text}"}),
    "from": ("from", {"head": "{head}", "start": "{start}"}),
}
_FUNCTIONS = ("begin", "step", "rates", "constants", "theory")  # of a walk
_DOLLAR = re.compile(r"\\(\$)|\$")  # escaped, or around a formula
BANDS = 10  # contours of a view that is fitted anew


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
        "bands": BANDS,
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
        "name": _told(walk.name),
        "text": walk.text,
        "title": _told(walk.title),
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
        last = len(walk.rows) - 1
        kept = [*range(0, last, walk.every), last]
        sweeps = [[None if one is None else columns(one[kept]) for one in s] for s in walk.sweeps]
        rows = columns(walk.rows[kept])
        data |= {"rows": rows, "sweeps": sweeps, "steps": last, "every": walk.every}
    functions = {name: getattr(walk, name) for name in _FUNCTIONS}
    code = "".join(f",\n{name}:{text}" for name, text in functions.items() if text)
    return f"{_json(data)[:-1]}{code}}}"


def _told(parts: tuple[str | int, ...]) -> list[str | int]:
    """The parts of a name, formulas of a label as they are spelled."""
    return [p if isinstance(p, int) else _DOLLAR.sub(lambda sign: sign[1] or "", p) for p in parts]


def _panel(panel: Panel, box: tuple[float, ...]) -> dict[str, Any]:
    return {
        "box": list(box),
        "xlim": list(panel.xlim),
        "ylim": list(panel.ylim),
        "xlog": panel.xlog,
        "ylog": panel.log,
    }


def _mark(mark: LiveMark, look: dict[str, Any]) -> dict[str, Any]:
    """A mark, without what the script takes for granted."""
    own = {"coordinates": list(mark.coordinates)} if mark.coordinates != (0,) else {}
    look = {key: value for key, value in look.items() if value is not None and value != []}
    return {"panel": mark.panel, "walk": mark.walk, "quantity": mark.quantity, **own, "look": look}


def _line(line: LiveLine, look: dict[str, Any]) -> dict[str, Any]:
    own = line._asdict().items()
    parts = {name: part for name, part in own if part is not False and part != ""}
    return parts | {"look": look}


def _json(value: Any) -> str:
    """As JSON that may stand in a script of a page."""
    text = json.dumps(value, separators=(",", ":"), default=float)
    return text.replace("<", "\\u003c").replace(">", "\\u003e")
