"""A tape on a plane, or along a line, of its coordinates."""

from collections.abc import Sequence

from optviz.tape._tape import Builder, Tape


def restricted(tape: Tape, origin: Sequence[float], axes: Sequence[Sequence[float]]) -> Tape:
    """The tape of f(origin + axes·z), with a row of axes for each coordinate."""
    build = Builder()
    z = [build.input(j) for j in range(len(axes[0]))]
    places = [_combination(build, *row, z) for row in zip(origin, axes, strict=True)]
    return build.tape(tape.replayed(build, places))


def _combination(build: Builder, start: float, row: Sequence[float], z: list[int]) -> int:
    """start + Σⱼ rowⱼ·zⱼ on a tape."""
    total = build.constant(start)
    for weight, coordinate in zip(row, z, strict=True):
        if weight:
            term = build.apply("mul", build.constant(weight), coordinate)
            total = build.apply("add", total, term)
    return total
