"""Creases: what is 0 where the slopes of a tape jump."""

from optviz.tape._tape import Builder, Op, Tape

_MOST = 16  # creases of a tape


def creases(tape: Tape, dim: int) -> list[Tape]:
    """The arguments of |u| and √(u²), and u − v of max(u, v), min(u, v) and u < v, a tape each.

    `dim` is the number of coordinates. There are none where they would be more than `_MOST`.
    """
    build = Builder()
    every = Tape(tape.ops, tuple(range(len(tape.ops))))
    places = every.replayed(build, [build.input(i) for i in range(dim)])
    edges = dict.fromkeys(_edge(build, op, tape, places) for op in tape.ops)
    found = [place for place in edges if place is not None and build.value(place) is None]
    return [build.tape([place]) for place in found] if len(found) <= _MOST else []


def _edge(build: Builder, op: Op, tape: Tape, places: list[int]) -> int | None:
    """The place of what is 0 where this operation has a crease."""
    args = [places[i] for i in op.args]
    if op.name == "abs":
        return args[0]
    if op.name in ("max", "min", "less"):
        return build.apply("sub", *args)
    inside = tape.ops[op.args[0]] if op.name == "sqrt" else op
    if inside.name == "mul" and op.name == "sqrt" and inside.args[0] == inside.args[1]:
        return places[inside.args[0]]
    return None
