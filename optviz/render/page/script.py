"""The script of a page: modules of this folder, and the data of its figure."""

import json
import re
from functools import cache
from importlib import resources
from typing import Any

from optviz.phrases import say
from optviz.render.page.packed import columns
from optviz.render.page.still import Still
from optviz.scene import Live, LiveMark, LiveWalk, Panel, Scene

MODULES = (
    "arithmetic",
    "engine",
    "rows",
    "elements",
    "view",
    "figure",
    "starts",
    "contours",
    "ticks",
    "fit",
    "knobs",
    "player",
    "command",
    "controls",
    "hover",
    "address",
    "guest",
    "main",
)
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
    "every",
)

BANDS = 10  # contours of a view that is fitted anew

_COMMENT = re.compile(r"(^|\s)//(\s.*)?$")
_QUOTED = re.compile(r'("(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`)')
_SPARE = re.compile(r" *(=>|[!=]==|&&|\|\||[=,;:?{}()*]) *")


@cache
def source(name: str) -> str:
    """A file of this folder."""
    return (resources.files(__package__) / name).read_text(encoding="utf-8")


@cache
def library(modules: tuple[str, ...] = MODULES) -> str:
    """The modules one after the other, without their comments and spare spaces."""
    lines = (_short(line) for name in modules for line in source(f"{name}.js").splitlines())
    return "\n".join(filter(None, lines))


def _short(line: str) -> str:
    """A line without what only people need; what stands in quotes is as it was."""
    line = _COMMENT.sub("", line).strip()
    if line.count("`") % 2:  # a text that goes on
        return line
    parts = _QUOTED.split(line)
    return "".join(part if i % 2 else _SPARE.sub(r"\1", part) for i, part in enumerate(parts))


def script(scene: Scene, live: Live, still: Still, key: str) -> str:
    """The program of a page, which defines nothing outside."""
    panels = zip(scene.panels, still.panels, strict=True)
    marks = zip(live.marks, still.looks, strict=True)
    data = {
        "key": key,
        "names": list(live.names),
        "least": live.least,
        "minimiser": list(live.minimiser),
        "ring": still.ring,
        "tick": still.tick,
        "bands": BANDS,
        "panels": [_panel(panel, box) for panel, box in panels],
        "marks": [_mark(mark, look) for mark, look in marks],
        "words": {word: say(f"live {word}") for word in _WORDS},
    }
    walks = ",\n".join(walk(each, len(live.names)) for each in live.walks)
    page = f"{_json(data)[:-1]},walks:[{walks}]}}"
    return f"(()=>{{\n{library()}\noptviz({page});\n}})();"


def walk(walk: LiveWalk, dim: int) -> str:
    """A walk as the engine reads it."""
    data: dict[str, Any] = {
        "name": walk.name,
        "text": walk.text,
        "role": walk.role,
        "dim": dim,
        "start": list(walk.start),
        "steps": walk.steps,
        "size": walk.size,
        "settings": [knob.value for knob in walk.knobs],
        "knobs": [knob._asdict() for knob in walk.knobs],
        "rates": list(walk.rates),
    }
    if walk.rows is not None:
        last = len(walk.rows) - 1
        kept = [*range(0, last, walk.every), last]
        sweeps = [[None if one is None else columns(one[kept]) for one in s] for s in walk.sweeps]
        rows = columns(walk.rows[kept])
        data |= {"rows": rows, "sweeps": sweeps, "steps": last, "every": walk.every}
        return _json(data)
    return f"{_json(data)[:-1]},\nbegin:{walk.begin},\nstep:{walk.step}}}"


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
        "index": mark.coordinate,
        "look": look,
    }


def _json(value: Any) -> str:
    """As JSON that may stand in a script of a page."""
    text = json.dumps(value, separators=(",", ":"), default=float)
    return text.replace("<", "\\u003c").replace(">", "\\u003e")
