"""A tape, and its builder: constants are folded, what occurs twice is computed once."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan
from typing import NamedTuple

from optviz.tape._operations import COMMUTATIVE, Undefined, folded

MOST = 200_000  # operations of a tape: its code then takes seconds to compile
_MOST_FACTORS = 64  # powers up to this are products


class TooLong(Exception):
    """A tape of more than `MOST` operations."""


class Op(NamedTuple):
    """One operation, its arguments by their places on the tape.

    `constant` has a `value`, `input` the index of a coordinate there; the others are named in
    `_operations`.
    """

    name: str
    args: tuple[int, ...] = ()
    value: float = 0.0


@dataclass(frozen=True)
class Tape:
    """The operations in an order in which each comes after its arguments, and the results."""

    ops: tuple[Op, ...]
    outputs: tuple[int, ...]

    def of(self, outputs: Sequence[int]) -> "Tape":
        """The tape of some of the outputs, by their numbers from 0, without what they need not."""
        return _without_idle(self.ops, [self.outputs[i] for i in outputs])

    def replayed(self, into: "Builder", inputs: Sequence[int]) -> list[int]:
        """The places on another tape of the outputs, with other nodes in place of the inputs."""
        at: list[int] = []
        for op in self.ops:
            if op.name == "input":
                at.append(inputs[int(op.value)])
            elif op.name == "constant":
                at.append(into.constant(op.value))
            elif op.name == "pow":
                at.append(into.power(*(at[i] for i in op.args)))
            else:
                at.append(into.apply(op.name, *(at[i] for i in op.args)))
        return [at[i] for i in self.outputs]


class Builder:
    """A tape that grows. Raises `TooLong` beyond `MOST`.

    An operation on constants that has no finite value is `Undefined` if the builder is `strict`,
    else it is what floating point makes of it.
    """

    def __init__(self, *, strict: bool = False) -> None:
        self.strict = strict
        self.ops: list[Op] = []
        self._places: dict[Op, int] = {}

    def constant(self, value: float) -> int:
        """A number that is the same everywhere."""
        value = nan if isnan(value) else value + 0.0  # −0 and 0 are equal as keys
        return self._place(Op("constant", (), value))

    def input(self, index: int) -> int:
        """The coordinate with that index, from 0."""
        return self._place(Op("input", (), float(index)))

    def value(self, place: int) -> float | None:
        """The number there if it is a constant."""
        op = self.ops[place]
        return op.value if op.name == "constant" else None

    def apply(self, name: str, *args: int) -> int:
        """An operation on what stands at these places."""
        values = [self.value(i) for i in args]
        known = [v for v in values if v is not None]
        if len(known) == len(args):
            return self.constant(folded(name, *known, strict=self.strict))
        if self.strict and name == "div" and values[1] == 0:
            raise Undefined("divided by zero")
        if (simpler := self._simpler(name, args, values)) is not None:
            return simpler
        return self._place(Op(name, tuple(sorted(args)) if name in COMMUTATIVE else args))

    def power(self, base: int, exponent: int) -> int:
        """A whole power as products, a half as a root, others by `pow`."""
        y = self.value(exponent)
        if y is None or abs(y) > _MOST_FACTORS or not (2 * y).is_integer():
            return self.apply("pow", base, exponent)
        if y < 0:
            positive = self.power(base, self.constant(-y))
            return self.apply("div", self.constant(1.0), positive)
        result = self.apply("sqrt", base) if y % 1 else None
        square, n = base, int(y)
        while n:
            if n & 1:
                result = square if result is None else self.apply("mul", result, square)
            n >>= 1
            square = self.apply("mul", square, square) if n else square
        return self.constant(1.0) if result is None else result

    def tape(self, outputs: Sequence[int]) -> Tape:
        """The tape of these results, without what they do not need."""
        return _without_idle(self.ops, outputs)

    def _simpler(
        self, name: str, args: tuple[int, ...], values: Sequence[float | None]
    ) -> int | None:
        """What an operation with 0 or 1 comes to without it; None for others."""
        if name == "neg":
            inside = self.ops[args[0]]
            return inside.args[0] if inside.name == "neg" else None
        neutral = {"add": 0.0, "sub": 0.0, "mul": 1.0, "div": 1.0}.get(name)
        if neutral is None:
            return None
        if values[1] == neutral:
            return args[0]
        if values[0] == neutral and name in ("add", "mul"):
            return args[1]
        if values[0] == 0.0 and name == "sub":
            return self.apply("neg", args[1])
        if name == "mul" and -1.0 in values:
            return self.apply("neg", args[values[0] == -1.0])
        return None

    def _place(self, op: Op) -> int:
        place = self._places.setdefault(op, len(self.ops))
        if place == len(self.ops):
            if place >= MOST:
                raise TooLong
            self.ops.append(op)
        return place


def _without_idle(ops: Sequence[Op], outputs: Sequence[int]) -> Tape:
    """The tape of the operations that the outputs depend on."""
    needed, open_ = set[int](), list(outputs)
    while open_:
        place = open_.pop()
        if place not in needed:
            needed.add(place)
            open_ += ops[place].args
    order = sorted(needed)
    new = {place: i for i, place in enumerate(order)}
    kept = (ops[i]._replace(args=tuple(new[a] for a in ops[i].args)) for i in order)
    return Tape(tuple(kept), tuple(new[i] for i in outputs))
