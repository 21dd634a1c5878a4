"""The axes of a sweep: `eta=log(0.01,3,200)`, `beta=lin(0,0.99,200)`, `rho=[0.5,0.9,0.99]`."""

from dataclasses import dataclass

import numpy as np

from optviz.arrays import Array
from optviz.errors import BadValue, TextError
from optviz.text import syntax
from optviz.text.nodes import Listed, Number, Thing, Value

_LARGEST = 100_000  # values on one axis
_WANTED = "lin(LOW,HIGH,COUNT), log(LOW,HIGH,COUNT) or a list [A,B,…] is wanted"


@dataclass(frozen=True, eq=False)
class Axis:
    """A name and its values (n,), rising; with `log` their logarithms are evenly spaced.

    A `listed` axis was typed value by value: they are categories, at equal distances in a picture.
    """

    name: str
    values: Array
    log: bool = False
    listed: bool = False

    def __len__(self) -> int:
        return len(self.values)

    @property
    def edges(self) -> Array:
        """The edges of the cells around the values, as places on the axis: (n+1,)."""
        if self.listed:
            return np.arange(len(self) + 1.0) - 0.5
        values = np.log(self.values) if self.log else self.values
        if len(values) == 1:
            half = 0.5 if self.log else max(abs(float(values[0])), 1.0) / 2
            edges = np.array([values[0] - half, values[0] + half])
        else:
            middles = (values[1:] + values[:-1]) / 2
            ends = 2 * values[0] - middles[0], 2 * values[-1] - middles[-1]
            edges = np.concatenate([ends[:1], middles, ends[1:]])
        return np.exp(edges) if self.log else edges

    @property
    def places(self) -> Array:
        """Where the values stand on the axis: themselves, or their numbers in a list: (n,)."""
        return np.arange(float(len(self))) if self.listed else self.values

    def place(self, value: float) -> float:
        """Where a value stands on the axis; between two of a list in proportion."""
        return float(np.interp(value, self.values, self.places)) if self.listed else value


def read(text: str) -> Axis:
    """The axis that `NAME=GRID` spells. Raises `BadValue` or `TextError` with the place."""
    name, sign, grid = text.partition("=")
    if not (name.strip() and sign and grid.strip()):
        raise BadValue("over", text, "NAME=GRID such as eta=log(0.01,3,50) is wanted")
    node = _node(grid)
    values, log = _values(text, node, grid)
    if not (np.diff(values) > 0).all():
        raise BadValue("over", text, "values that rise are wanted")
    return Axis(name.strip().lower(), values, log, listed=isinstance(node, Listed))


def _node(grid: str) -> Value:
    """The grid as typed. Raises `TextError`, for one without brackets by what is wanted."""
    try:
        return syntax.value("over", grid)
    except TextError:
        if "(" in grid or "[" in grid:
            raise
        raise TextError("over", grid, 0, _WANTED, len(grid)) from None


def _values(text: str, node: Value, grid: str) -> tuple[Array, bool]:
    if isinstance(node, Number):
        return np.array([node.number]), False
    if isinstance(node, Listed):
        numbers = [item.number for item in node.items if isinstance(item, Number)]
        if not numbers or len(numbers) < len(node.items):
            raise TextError("over", grid, node.at, "a list of numbers is wanted", node.length)
        return np.array(numbers), False
    if not isinstance(node, Thing):
        raise TextError("over", grid, node.at, _WANTED, node.length)
    ends = [item.number for item in node.unnamed if isinstance(item, Number)]
    kind = node.name.lower()
    if kind not in ("lin", "log") or node.named or len(ends) != 3 or len(node.unnamed) != 3:
        raise TextError("over", grid, node.at, _WANTED, node.length)
    low, high, count = ends
    if not (count == int(count) and 2 <= count <= _LARGEST) or not low < high:
        raise BadValue("over", text, f"LOW below HIGH and a COUNT of 2 to {_LARGEST} are wanted")
    if not np.isfinite(high - low):
        raise BadValue("over", text, "ends that are not so far apart are wanted")
    if kind == "lin":
        return np.linspace(low, high, int(count)), False
    if low <= 0:
        raise BadValue("over", text, "a logarithmic grid wants LOW above 0")
    return np.geomspace(low, high, int(count)), True
