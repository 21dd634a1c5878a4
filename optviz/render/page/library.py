"""The program of a page: modules of the package, one after the other, as short as they can be."""

import re
from functools import cache
from importlib import resources

from optviz.render.page.still import Still
from optviz.scene import Live

MODULES = (
    "arithmetic",
    "engine",
    "rows",
    "curvature",
    "ceilings",
    "crossings",
    "elements",
    "view",
    "outline",
    "symbols",
    "marks",
    "figure",
    "starts",
    "contours",
    "ticks",
    "fit",
    "lines",
    "levels",
    "rings",
    "names",
    "legend",
    "heading",
    "knobs",
    "player",
    "command",
    "controls",
    "hover",
    "address",
    "guest",
    "main",
)

_UNCROSSED = ("root", "theory")  # kinds of lines
_LEVEL = ("curvature", "constant", "one")
_COMMENT = re.compile(r"(^|\s)//(\s.*)?$")
_QUOTED = re.compile(r'("(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`)')
_BROKEN = re.compile(r"([{;,(\[])\n")  # where a statement or a list goes on
_SPARE = re.compile(r" *(=>|[!=]==|&&|\|\||[=,;:?{}()*<>\[\]]|(?<!-) - (?!-)|(?<!\+) \+ (?!\+)) *")


@cache
def source(name: str) -> str:
    """A file of this folder."""
    return (resources.files(__package__) / name).read_text(encoding="utf-8")


@cache
def library(modules: tuple[str, ...] = MODULES) -> str:
    """The modules one after the other, without their comments and spare blanks."""
    lines = (_short(line) for name in modules for line in source(f"{name}.js").splitlines())
    return _BROKEN.sub(r"\1", "\n".join(filter(None, lines)))


def _short(line: str) -> str:
    """A line without what only people need; what stands in quotes is as it was."""
    line = _COMMENT.sub("", line).strip()
    if line.count("`") % 2:  # a text that goes on
        return line
    parts = _QUOTED.split(line)
    return "".join(part if i % 2 else _bare(part) for i, part in enumerate(parts))


def _bare(code: str) -> str:
    return _SPARE.sub(lambda found: found[1].strip(), code.replace("const ", "let "))


def needed(live: Live, still: Still) -> tuple[str, ...]:
    """The modules that a page calls; the others are left out of it."""
    needs = {
        "rows": any(walk.rows is not None for walk in live.walks),
        "curvature": bool(live.hessian),
        "ceilings": bool(live.lines),
        "lines": bool(live.lines),
        "crossings": any(line.kind not in _UNCROSSED for line in live.lines),
        "rings": any(line.kind not in _UNCROSSED for line in live.lines),
        "levels": any(line.kind in _LEVEL for line in live.lines),
        "contours": any(mark.quantity == "path" for mark in live.marks),
        "legend": bool(still.keys),
        "heading": still.heading is not None,
    }
    return tuple(name for name in MODULES if needs.get(name, True))
