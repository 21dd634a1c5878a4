"""The objective of a table: the quadratic of least squares, or the mean of another loss."""

from functools import partial
from typing import NoReturn

import numpy as np

from optviz.errors import BadFile, UnknownColumn
from optviz.objectives import dataset_file, linear_model, losses
from optviz.objectives.dataset import Dataset, Model, dataset, target_column
from optviz.objectives.dataset_file import Table
from optviz.objectives.objective import Objective, Quadratic


def read(path: str, content: bytes, text: str, model: Model) -> Objective:
    """The objective of the table in `content`, its coordinates called as the columns are.

    Raises what `dataset_file.read` and `dataset` raise, and `BadFile` where squares overflow.
    """
    loss, target = losses.read(model.loss), model.target
    labels = partial(_labelled, target=target) if loss.classes or target else None
    table = dataset_file.read(path, content, labels)
    if table.classes and not loss.classes:
        _refuse_words(table, model)
    data = dataset(table, model)
    if loss == losses.SQUARES:
        return _least_squares(data, path, text)
    return linear_model.read(data, path, text)


def _labelled(table: Table, target: str | None) -> int:
    """The column of the target; −1 where that is none, which is said after what its cells are."""
    try:
        return target_column(table, target)
    except UnknownColumn:
        return -1


def _refuse_words(table: Table, model: Model) -> NoReturn:
    column = table.names[target_column(table, model.target)][:60]
    word = losses.read(model.loss).word()
    message = f"column {column} is text ({table.classes[0][:30]!r}), and {word} takes numbers"
    better = "logistic" if len(table.classes) == 2 else "softmax"
    raise BadFile(table.path, f"{message}; write --loss {better} for classes")


def _least_squares(data: Dataset, path: str, text: str) -> Quadratic:
    """The quadratic f(w) = ‖Xw − y‖²/2n + l2·‖w‖²/2."""
    with np.errstate(over="ignore", invalid="ignore"):
        Q, c, b = data.quadratic()
        if not np.isfinite(np.abs(Q).sum() + np.abs(c).sum() + b):
            raise BadFile(path, "its numbers have squares beyond floating point; scale them down")
    return Quadratic(Q, c, b, text, data.names, data)
