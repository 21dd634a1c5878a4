"""Makes looks of options: sizes, limits, timing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from optviz.errors import BadValue
from optviz.files import limits
from optviz.spec._captions import caption
from optviz.spec._fields import FilmSpec, LookSpec
from optviz.text.decimals import DECIMAL
from optviz.text.options import numbers

if TYPE_CHECKING:
    from optviz.scene import Look, Timing


def look(spec: LookSpec, film: FilmSpec | None = None) -> Look:
    """The look of the spec. Raises `BadValue` for the first option that cannot be read."""
    from optviz.scene import Look

    if not 10 <= spec.dpi <= 2400:
        raise BadValue("dpi", spec.dpi, "10 to 2400 is wanted")
    for name, texts in (("title", [spec.title or ""]), ("label", spec.label)):
        for text in texts:
            if _braces(text) > limits.BRACES:
                expected = f"braces nested at most {limits.BRACES} deep are wanted"
                raise BadValue(name, text, expected)
    film = film or FilmSpec()
    return Look(
        title=None if spec.title is None else caption("title", spec.title, lines=True),
        labels=tuple(caption("label", label) for label in spec.label),
        xlim=_limits("xlim", spec.xlim), ylim=_limits("ylim", spec.ylim),
        size=pixels(spec.size or "960x720", spec.dpi), dpi=spec.dpi, theme=spec.theme,
        transparent=spec.transparent, font=spec.font, counter=film.counter, timing=timing(film),
    )  # fmt: skip


def _braces(text: str) -> int:
    """How deep braces are nested; the parser of formulas recurses that deep."""
    depth = deepest = 0
    for sign in re.findall(r"[{}]", text):
        depth = max(depth + (1 if sign == "{" else -1), 0)
        deepest = max(deepest, depth)
    return deepest


def timing(spec: FilmSpec) -> Timing:
    """The timing of the spec. Raises `BadValue`."""
    from optviz.scene import Timing
    from optviz.scene.film import checked

    size = None if spec.max_size is None else octets(spec.max_size)
    return checked(
        Timing(
            fps=spec.fps, duration=spec.duration, hold=spec.hold, pace=spec.pace, loop=spec.loop,
            smooth=spec.smooth, tail=spec.tail, max_size=size,
        )
    )  # fmt: skip


def octets(text: str) -> int:
    """A file size in bytes: `2MB`, `500 kB`, `1.5MiB`, `40000`. Raises `BadValue`."""
    match = re.fullmatch(rf"({DECIMAL})\s*([kKmMgG]?)(i?)[bB]?", text.strip(), re.ASCII)
    if not match:
        raise BadValue("max-size", repr(text), "a size such as 2MB or 500kB is wanted")
    base = 1024 if match[3] else 1000
    size = float(match[1]) * base ** " kmg".index(match[2].lower() or " ")
    return int(min(size, _LARGEST))


def _limits(what: str, text: str | None) -> tuple[float, float] | None:
    if text is None:
        return None
    ends = numbers(what, text)
    if len(ends) != 2 or not ends[0] < ends[1]:
        raise BadValue(what, text, "two numbers LOW,HIGH with LOW below HIGH are wanted")
    largest = max(map(abs, ends))
    if largest > 1e100 or ends[1] - ends[0] < 1e-9 * largest:
        raise BadValue(what, text, "limits within ±1e100, and farther apart, are wanted")
    return ends[0], ends[1]


_LARGEST = 1e15  # pixels or bytes that a number is cut to, all refused alike
_SIZE = re.compile(rf"({DECIMAL})\s*[xX×]\s*({DECIMAL})\s*(px|in|cm|mm)?", re.ASCII)
_UNITS = {"px": 0.0, "": 0.0, "in": 1.0, "cm": 1 / 2.54, "mm": 1 / 25.4}


def pixels(text: str, dpi: int) -> tuple[int, int]:
    """Width and height in pixels of `960x720`, `16x9cm` or `6x4in`. Raises `BadValue`."""
    match = _SIZE.fullmatch(text.strip())
    if not match:
        raise BadValue("size", repr(text), "a size such as 960x720, 16x9cm or 6x4in is wanted")
    inches = _UNITS[match[3] or ""]
    sides = (float(match[i]) * (inches * dpi or 1) for i in (1, 2))
    width, height = (round(min(side, _LARGEST)) for side in sides)
    if not (200 <= width <= 20_000 and 150 <= height <= 20_000):
        raise BadValue("size", f"{width}x{height} pixels", "200x150 to 20000x20000 is wanted")
    return width, height
