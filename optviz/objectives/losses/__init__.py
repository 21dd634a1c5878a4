"""Losses of one row of a table: what `--loss` takes, `squares`, `huber(1.5)`, `logistic`, …."""

import re

from optviz.errors import TextError
from optviz.objectives.losses._loss import Loss
from optviz.objectives.losses.squares import Squares
from optviz.registry import Registry
from optviz.text import syntax
from optviz.text.settings import read_call

__all__ = ["SQUARES", "Loss", "Squares", "read", "registry"]

registry: Registry[Loss] = Registry("loss", __name__, Loss)  # type: ignore[type-abstract]

SQUARES = Squares()
_LIBRARY_PATH = re.compile(r"^\s*+(?:[A-Za-z_]\w*+\.)++(?=[A-Za-z_])", re.ASCII)  # nn.MSELoss


def read(text: str) -> Loss:
    """The loss that a text names: `logistic`, `huber(1.5)`. Raises `TextError`, `UnknownName`."""
    what, text = "loss", _LIBRARY_PATH.sub("", text, count=1)
    value = syntax.read(what, text)
    if value.dialect:
        message = "a loss such as huber(1.5) is wanted"
        raise TextError(what, text, value.at, message, value.length)
    return read_call(what, text, registry[value.name], value)
