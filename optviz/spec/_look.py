"""Makes looks of options: sizes, limits, timing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from optviz.decimals import DECIMAL
from optviz.errors import BadValue
from optviz.spec._captions import caption
from optviz.spec._fields import FilmSpec, LookSpec
from optviz.spec._size import LARGEST, font_size, pixels
from optviz.spec._theme import embedded_theme, theme_file
from optviz.text.options import check, numbers

if TYPE_CHECKING:
    from optviz.scene import Look, Timing


def look(spec: LookSpec, film: FilmSpec | None = None) -> Look:
    """The look of the spec. Raises `BadValue` for the first option that cannot be read."""
    from optviz.scene import Look

    check(spec)
    if not 10 <= spec.dpi <= 2400:
        raise BadValue("dpi", spec.dpi, "10 to 2400 is wanted")
    film = film or FilmSpec()
    size = pixels(spec.size or "960x720", spec.dpi)
    return Look(
        title=_caption("title", spec.title, lines=True),
        subtitle=_caption("subtitle", spec.subtitle, lines=True),
        xlabel=_caption("xlabel", spec.xlabel), ylabel=_caption("ylabel", spec.ylabel),
        heading=spec.heading, legend=spec.legend, font_size=font_size(spec, size),
        labels=tuple(caption("label", label) for label in spec.label),
        colors=_colors(spec.colors),
        xlim=_limits("xlim", spec.xlim), ylim=_limits("ylim", spec.ylim),
        size=size, dpi=spec.dpi, theme=_theme(spec),
        transparent=spec.transparent, font=spec.font, counter=film.counter, timing=timing(film),
        fragment=spec.fragment, sliders=spec.slider, lang=spec.lang,
    )  # fmt: skip


def _colors(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The names of colours in texts with commas between them."""
    names = tuple(part.strip() for text in texts for part in text.split(","))
    if "" in names:
        raise BadValue("colors", ", ".join(texts), "a colour between all commas is wanted")
    return names


def _theme(spec: LookSpec) -> str | None:
    path = theme_file(spec)
    return embedded_theme(path) if path else spec.theme


def _caption(name: str, text: str | None, lines: bool = False) -> str | None:
    return None if text is None else caption(name, text, lines)


def timing(spec: FilmSpec) -> Timing:
    """The timing of the spec. Raises `BadValue`."""
    from optviz.scene import Timing
    from optviz.scene.film import checked

    size = None if spec.max_size is None else octets(spec.max_size)
    return checked(
        Timing(
            fps=spec.fps, duration=spec.duration, hold=_hold(spec.hold), pace=spec.pace,
            loop=spec.loop, smooth=spec.smooth, tail=spec.tail, max_size=size,
        )
    )  # fmt: skip


def _hold(text: str) -> tuple[float, float]:
    ends = numbers("hold", text)
    if len(ends) > 2:
        raise BadValue("hold", text, "seconds of the first and of the last frame are wanted")
    return ends[0], ends[-1]


def octets(text: str) -> int:
    """A file size in bytes: `2MB`, `500 kB`, `1.5MiB`, `40000`. Raises `BadValue`."""
    match = re.fullmatch(rf"({DECIMAL})\s*([kKmMgG]?)(i?)[bB]?", text.strip(), re.ASCII)
    if not match:
        raise BadValue("max-size", repr(text), "a size such as 2MB or 500kB is wanted")
    base = 1024 if match[3] else 1000
    size = float(match[1]) * base ** " kmg".index(match[2].lower() or " ")
    return int(min(size, LARGEST))


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
