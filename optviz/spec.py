"""A figure as words: what flags, files and recipes spell, before anything is read or computed.

Each field is an option of the same name. Importing this costs nothing; the functions that turn
words into an objective, optimizers and a look import what they need.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from optviz.errors import BadValue

if TYPE_CHECKING:
    from optviz.engine import Walk
    from optviz.objectives.quadratic import Quadratic
    from optviz.optimizers import Optimizer
    from optviz.scene import Look, Timing


def option(default: Any, says: str, short: str = "", value: str = "TEXT") -> Any:
    """A field with its one-line help, its short flag, and the name of its value."""
    return field(default=default, metadata={"says": says, "short": short, "value": value})


@dataclass(frozen=True)
class RunSpec:
    """What runs: objective, optimizers, start, steps."""

    objective: str = option(
        "d2l", "expression, preset, quadratic(…), @file or @- (optviz list objectives)", "-f"
    )
    rotate: float = option(0.0, "turn a 2-D objective about the origin", value="DEG")
    opt: tuple[str, ...] = option(
        (), "optimizer NAME[@DIALECT][:key=value,…], repeatable (optviz list optimizers)"
    )
    eta: str | None = option(None, "learning rate or schedule of every --opt without its own")
    beta: str | None = option(None, "momentum, likewise")
    rho: str | None = option(None, "forgetting of RMSProp, likewise")
    beta1: str | None = option(None, "first decay of Adam, likewise")
    beta2: str | None = option(None, "second decay of Adam, likewise")
    eps: str | None = option(None, "ε, likewise")
    param: tuple[str, ...] = option(
        (), "any other setting, likewise, repeatable", "-p", "KEY=VALUE"
    )
    start: tuple[str, ...] = option((), "where to start, e.g. -5,-2, repeatable", value="X1,X2,…")
    steps: int | None = option(None, "number of steps (20, or the preset's)", "-n", "N")


@dataclass(frozen=True)
class LookSpec:
    """How a figure looks."""

    title: str | None = option(None, "heading instead of the one made from the settings")
    label: tuple[str, ...] = option(
        (), "name of an optimizer in the figure, one for each, in order"
    )
    xlim: str | None = option(None, "limits of the horizontal axis", value="LOW,HIGH")
    ylim: str | None = option(None, "limits of the vertical axis", value="LOW,HIGH")
    view: str = option(
        "fit", "fit the paths, lock on start and minimum, or equal units", value="HOW"
    )
    rate: str = option(
        "effective", "in rates: effective, realised (−Δx/g) or asymptotic (η/(1−β))", value="WHICH"
    )
    levels: int | None = option(None, "number of contour levels of a trace", value="N")
    plane: str | None = option(
        None, "plane of an n-D trace: two coordinates such as 1,3 (else extreme eigenvectors)"
    )
    size: str = option("960x720", "pixels, or 16x9cm, 6x4in", value="SIZE")
    dpi: int = option(120, "dots an inch: larger makes letters and lines larger", value="N")
    theme: str = option("light", "light, dark or print (greys only)", value="NAME")
    transparent: bool = option(False, "no background")
    font: str | None = option(None, "an installed font for words", value="NAME")
    counter: bool = option(False, "the step, and f of a single run, in the corner")


@dataclass(frozen=True)
class FilmSpec:
    """How a film (gif, apng, webp, mp4, frames) runs."""

    fps: float = option(20.0, "frames a second at most", value="N")
    duration: float | None = option(None, "seconds of motion (by the number of steps)", value="S")
    hold: float = option(1.0, "seconds that the first and the last frame stand", value="S")
    pace: str = option("even", "even, or progress: slow where the path moves", value="HOW")
    loop: int = option(0, "how often to play, 0 for ever", value="N")
    smooth: bool = option(False, "move between the steps too")
    tail: int | None = option(None, "let the path fade but for its last N steps", value="N")
    max_size: str | None = option(None, "largest file, e.g. 2MB: fewer colours, frames, pixels")


_COMMON = ("eta", "beta", "rho", "beta1", "beta2", "eps")
_DEFAULT_OPTIMIZER = "adagrad"


def optimizers(spec: RunSpec) -> list[Optimizer]:
    """The optimizers of the spec, with the common settings in. Raises `OptvizError`."""
    from optviz.optimizers import read_all

    common = {key: value for key in _COMMON if (value := getattr(spec, key)) is not None}
    for pair in spec.param:
        key, sign, value = (part.strip() for part in pair.partition("="))
        if not (key and sign and value):
            raise BadValue("param", pair, "KEY=VALUE is wanted")
        if key in common:
            raise BadValue("param", pair, f"but {key} is already set to {common[key]}")
        common[key] = value
    return read_all(list(spec.opt) or [_DEFAULT_OPTIMIZER], common)


def objective(spec: RunSpec) -> Quadratic:
    """The objective of the spec, turned if asked. Raises `OptvizError`."""
    from optviz import objectives

    return objectives.read(spec.objective, rotate=spec.rotate)


def walks(spec: RunSpec) -> list[Walk]:
    """The walks of the spec, one an optimizer, its starts as a batch. Raises `OptvizError`."""
    import numpy as np

    from optviz import engine, objectives

    q = objective(spec)
    known = objectives.preset(spec.objective)
    steps = spec.steps if spec.steps is not None else known.steps if known else 20
    if steps < 0:
        raise BadValue("steps", steps, "0 or more is wanted")
    usual = known.start if known else (-5.0, -2.0)
    starts = [numbers("start", text) for text in spec.start]
    starts = starts or [[usual[i % len(usual)] for i in range(q.dim)]]
    batch = np.array([engine.starts(q, np.array(start))[0] for start in starts])
    with np.errstate(all="ignore"):
        if not np.isfinite(q.value(batch)).all():
            raise BadValue("start", ", ".join(spec.start), "places where f is finite are wanted")
    return [engine.Walk(q, optimizer, batch, steps) for optimizer in optimizers(spec)]


def look(spec: LookSpec, film: FilmSpec | None = None) -> Look:
    """The look of the spec. Raises `BadValue` at the first word that cannot be read."""
    from optviz.scene import Look

    if spec.view not in ("fit", "lock", "equal"):
        raise BadValue("view", spec.view, "fit, lock or equal is wanted")
    if spec.rate not in ("effective", "realised", "asymptotic"):
        raise BadValue("rate", spec.rate, "effective, realised or asymptotic is wanted")
    if not 10 <= spec.dpi <= 2400:
        raise BadValue("dpi", spec.dpi, "10 to 2400 is wanted")
    if spec.levels is not None and not 1 <= spec.levels <= 200:
        raise BadValue("levels", spec.levels, "1 to 200 is wanted")
    plane = None
    if spec.plane is not None:
        pair = [int(n) if n == int(n) else 0 for n in numbers("plane", spec.plane)]
        if len(pair) != 2 or pair[0] == pair[1] or min(pair) < 1:
            raise BadValue("plane", spec.plane, "two different coordinates such as 1,3 are wanted")
        plane = pair[0], pair[1]
    return Look(
        title=spec.title, labels=spec.label, xlim=_limits("xlim", spec.xlim),
        ylim=_limits("ylim", spec.ylim), view=spec.view, rate=spec.rate,
        levels=spec.levels, plane=plane,
        size=pixels(spec.size, spec.dpi), dpi=spec.dpi, theme=spec.theme,
        transparent=spec.transparent, font=spec.font, counter=spec.counter,
        timing=timing(film or FilmSpec()),
    )  # fmt: skip


def timing(spec: FilmSpec) -> Timing:
    """The timing of the spec. Raises `BadValue`."""
    from optviz.film import checked
    from optviz.scene import Timing

    size = None if spec.max_size is None else octets(spec.max_size)
    return checked(
        Timing(
            fps=spec.fps, duration=spec.duration, hold=spec.hold, pace=spec.pace, loop=spec.loop,
            smooth=spec.smooth, tail=spec.tail, max_size=size,
        )
    )  # fmt: skip


def octets(text: str) -> int:
    """A file size in bytes: `2MB`, `500 kB`, `1.5MiB`, `40000`. Raises `BadValue`."""
    match = re.fullmatch(r"(\d+\.?\d*|\.\d+)\s*([kKmMgG]?)(i?)[bB]?", text.strip(), re.ASCII)
    if not match:
        raise BadValue("max-size", repr(text), "a size such as 2MB or 500kB is wanted")
    base = 1024 if match[3] else 1000
    return int(float(match[1]) * base ** " kmg".index(match[2].lower() or " "))


def numbers(what: str, text: str) -> list[float]:
    """Finite numbers separated by commas, brackets around them or not. Raises `BadValue`."""
    bare = text.strip().removeprefix("(").removesuffix(")").replace("−", "-")
    found = []
    for part in bare.split(","):
        if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", part.strip(), re.ASCII):
            raise BadValue(what, repr(text), "numbers with commas between, as in -5,-2, are wanted")
        found.append(float(part))
    if any(abs(number) == float("inf") for number in found):
        raise BadValue(what, repr(text), "finite numbers are wanted")
    return found


def _limits(what: str, text: str | None) -> tuple[float, float] | None:
    if text is None:
        return None
    found = numbers(what, text)
    if len(found) != 2 or not found[0] < found[1]:
        raise BadValue(what, text, "two numbers LOW,HIGH with LOW below HIGH are wanted")
    largest = max(map(abs, found))
    if largest > 1e100 or found[1] - found[0] < 1e-9 * largest:
        raise BadValue(what, text, "limits within ±1e100, and farther apart, are wanted")
    return found[0], found[1]


_UNITS = {"px": 0.0, "": 0.0, "in": 1.0, "cm": 1 / 2.54, "mm": 1 / 25.4}


def pixels(text: str, dpi: int) -> tuple[int, int]:
    """Width and height in pixels of `960x720`, `16x9cm` or `6x4in`. Raises `BadValue`."""
    number = r"(\d+\.?\d*|\.\d+)"
    match = re.fullmatch(rf"{number}\s*[xX×]\s*{number}\s*(px|in|cm|mm)?", text.strip(), re.ASCII)
    if not match:
        raise BadValue("size", repr(text), "a size such as 960x720, 16x9cm or 6x4in is wanted")
    inches = _UNITS[match[3] or ""]
    width, height = (round(float(match[i]) * (inches * dpi or 1)) for i in (1, 2))
    if not (200 <= width <= 20_000 and 150 <= height <= 20_000):
        raise BadValue("size", f"{width}x{height} pixels", "200x150 to 20000x20000 is wanted")
    return width, height
