"""The meaning of one setting: its symbol, what it is, and the values that it may have."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from optviz.errors import BadValue

LISTS = {  # the kinds of `listed` settings, for messages
    "numbers": "a list of numbers, such as [30,80]",
    "some": "a number, or a list such as [1,0.5]",
    "table": "a matrix such as [[1,0.5],[0.5,2]]",
    "pairs": "a dictionary of numbers, such as {30:0.5,80:0.1}",
    "calls": "a list such as [NAME(…),NAME(…)]",
}


@dataclass(frozen=True)
class Setting:
    """The meaning of a field: its symbol in Unicode and LaTeX, a sentence, and its allowed values.

    `within` is an interval such as `[0, 1)`; `choices` are the words allowed instead. A `variant`
    distinguishes the forms of libraries: it is printed only where it differs from the dialect. A
    `listed` value is a tuple: of `numbers`, of `some` (a single one may stand without brackets), of
    `pairs`, of the rows of a `table`, or of what `calls` name; an `optional` one may be None. A
    `call` is the name that a dictionary among calls stands for: its arguments.
    """

    symbol: str
    latex: str
    says: str
    within: str = ""
    choices: tuple[str, ...] = ()
    variant: bool = False
    whole: bool = False
    listed: str = ""
    optional: bool = False
    call: str = ""

    def check(self, name: str, value: Any) -> None:
        """Raises `BadValue` where `value` is outside the range."""
        if self.choices:
            if value not in self.choices:
                raise BadValue(name, value, f"one of {', '.join(self.choices)} is wanted")
            return
        if not self.within or (value is None and self.optional):
            return
        for number in self._numbers(name, value):
            self.check_number(name, number)

    def _numbers(self, name: str, value: Any) -> Iterable[Any]:
        """Every number, or column, in the value."""
        if not self.listed:
            return [value]
        parts = value if isinstance(value, tuple) else (None,)
        width = {"pairs": 2, "table": len(parts)}.get(self.listed, 1)
        rows = parts if self.listed in ("pairs", "table") else [(part,) for part in parts]
        if any(np.shape(row) != (width,) or None in row for row in rows) or rows == ():
            raise BadValue(name, value, f"{LISTS[self.listed]}, is wanted")
        return chain.from_iterable(rows)

    def check_number(self, name: str, value: Any) -> None:
        """Raises `BadValue` where a number, or any of a column, is outside the range."""
        low, high = self.ends
        above = value > low if self.within[0] == "(" else value >= low
        below = value < high if self.within[-1] == ")" else value <= high
        if not bool((above & below) if isinstance(value, float | int) else (above & below).all()):
            raise BadValue(name, value, f"{self.range_text(name)} is wanted")
        if self.whole and np.any(value % 1 != 0):
            raise BadValue(name, value, "a whole number is wanted")

    @property
    def ends(self) -> tuple[float, float]:
        """The ends of the interval of a number."""
        low, high = self.within[1:-1].split(",")
        return float(low), float(high)

    def clipped(self, values: Any) -> Any:
        """The values, those outside of the interval moved to the nearest number within."""
        low, high = self.ends
        least = low if self.within[0] == "[" else np.nextafter(low, np.inf)
        most = high if self.within[-1] == "]" else np.nextafter(high, -np.inf)
        return np.clip(values, least, most)

    def range_text(self, name: str) -> str:
        """The range in words: `0 ≤ rho < 1`."""
        low, high = (end.strip() for end in self.within[1:-1].split(","))
        left = f"{low} {'<' if self.within[0] == '(' else '≤'} {name}"
        return left if high == "inf" else f"{left} {'<' if self.within[-1] == ')' else '≤'} {high}"
