"""Reads the mean loss of a table from a record, which carries the table."""

from typing import Any

import numpy as np

from optviz.arrays import Array
from optviz.errors import BadValue, OptvizError
from optviz.objectives import Objective, losses
from optviz.objectives.dataset import Dataset
from optviz.objectives.linear_model import LinearModel
from optviz.records._json_values import numbers, refuse, text


def read(plain: dict[str, Any], dim: int, names: tuple[str, ...]) -> Objective | None:
    """The objective that `LinearModel.as_dict` wrote; None where the table was too large for it.

    `names` are those of the `dim` coordinates. Raises `BadValue`.
    """
    loss, classes = _loss(text(plain, "loss")), plain.get("classes") or []
    if plain.get("X") is None:
        return None
    if not (isinstance(classes, list) and all(isinstance(word, str) for word in classes)):
        refuse("objective: classes", classes, "a list of names")
    X, y = numbers("objective: X", plain["X"], 2), numbers("objective: y", plain.get("y"), 1)
    l2 = float(numbers("objective: l2", plain.get("l2", 0.0), 0))
    _check(X, y, l2, loss, len(classes))
    if X.shape[1] * loss.outputs(len(classes)) != dim:
        raise BadValue("objective: X", f"{X.shape[1]} columns", f"x has {dim} coordinates")
    names = names or tuple(f"x{i + 1}" for i in range(dim))
    target, ones = text(plain, "target"), plain.get("intercept") is True
    of_loss: dict[str, Any] = {"intercept": ones, "loss": loss, "classes": tuple(classes)}
    data = Dataset(np.asfortranarray(X), y, names, target, l2, **of_loss)
    return LinearModel(data, text(plain, "text"))


def _loss(typed: str) -> losses.Loss:
    try:
        return losses.read(typed)
    except (OptvizError, RecursionError):
        refuse("objective: loss", typed, "a loss such as logistic")


def _check(X: Array, y: Array, l2: float, loss: losses.Loss, classes: int) -> None:
    """Raises `BadValue` for numbers that are no table of this loss."""
    if X.ndim != 2 or not X.size or y.shape != X.shape[:1]:
        raise BadValue("objective: y", f"{y.size} numbers", "one for each row of X is wanted")
    if not (np.isfinite(X).all() and np.isfinite(y).all() and 0 <= l2 < np.inf):
        raise BadValue("objective", "a number that is not finite", "finite numbers are wanted")
    if loss.classes and not (classes >= 2 and set(y.tolist()) <= set(range(classes))):
        raise BadValue("objective: y", "other numbers", "those of the classes, from 0, are wanted")
