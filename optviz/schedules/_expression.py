"""A rate that is typed as an expression in the step t = 1, 2, …: `0.1*exp(-t/20)`."""

from dataclasses import dataclass, field
from functools import lru_cache
from math import isfinite
from typing import Any

import numpy as np

from optviz.errors import BadValue, TextError
from optviz.objectives import expression
from optviz.schedules._schedule import Schedule

_HEADER = "f(t) = "


@dataclass(frozen=True)
class Expression(Schedule):
    """η(t) as typed, exact but for the last digits of exp, log, sin and the like."""

    says = "an expression in the step t = 1, 2, …"
    formula = "as typed"
    source = "LambdaLR of PyTorch, whose epochs count from 0"

    text: str = field(default="", metadata={})

    @classmethod
    def settings(cls) -> dict[str, Any]:
        """None: it is all one text."""
        return {}

    @classmethod
    def defaults(cls) -> dict[str, Any]:
        """None."""
        return {}

    def __call__(self, t: int) -> float:
        """The rate of step t. Raises `BadValue` where it is below 0 or no finite number."""
        rate = float(_function(self.text)(np.array([float(t)])))
        if not (isfinite(rate) and rate >= 0):
            found = f"{rate:g} at step {t}"
            raise BadValue("eta", f"{self.text} is {found}", "a rate from 0 up is wanted")
        return rate

    def __str__(self) -> str:
        return self.text


def read(what: str, text: str, at: int, length: int) -> Expression:
    """The expression in t that stands at a place of a text. Raises `TextError`."""
    typed = text[at : at + length]
    try:
        _function(typed)
    except TextError as error:
        place = at + max(error.at - len(_HEADER), 0)
        message = error.message.replace("declared before '='", "t, the step")
        raise TextError(what, text, place, message, error.length) from None
    return Expression(typed)


@lru_cache(64)
def _function(text: str) -> Any:
    """The function of t, (1,) → (). Raises `TextError`."""
    return expression.read(_HEADER + text).value
