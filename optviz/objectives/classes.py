"""The target of a classification: which values of a column are which class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optviz.arrays import Array
from optviz.errors import BadFile
from optviz.notes import note
from optviz.text.numbers import shortest

if TYPE_CHECKING:
    from optviz.objectives.dataset_file import Table
    from optviz.objectives.losses import Loss

_SHOWN = 4  # classes in a sentence
_MANY = 20  # numbers that are more than this are hardly classes
_PLAIN = (("0", "1"), ("-1", "1"))  # two classes of which nobody asks which is 1


def numbered(table: Table, at: int, loss: Loss) -> tuple[Array, tuple[str, ...]]:
    """The number of each row's class, from 0 on, and the names of the classes, in order.

    Words are in the order of the alphabet, numbers in their own. Of two classes the second is read
    as 1, which is noted unless they are 0 and 1, or −1 and 1. Raises `BadFile` where the target has
    too few or too many values for the loss, or numbers that are no classes.
    """
    values, numbers = np.unique(table.values[:, at], return_inverse=True)
    words = table.classes or tuple(shortest(value) for value in values.tolist())
    if problem := _problem(values, words, loss, named=bool(table.classes)):
        raise BadFile(table.path, f"column {table.names[at][:60]} {problem}")
    if loss.most_classes == 2 and words not in _PLAIN:
        column = f"{table.path}: in column {table.names[at][:60]}"
        note(f"{column}, {words[1][:30]} is read as 1 and {words[0][:30]} as 0")
    return numbers.astype(np.float64), words


def _problem(values: Array, words: tuple[str, ...], loss: Loss, named: bool) -> str:
    """Why these are no classes for the loss, "" if they are."""
    shown = ", ".join([*(word[:30] for word in words[:_SHOWN]), "…"][: len(words)])
    if len(words) == 1:
        return f"is {shown} in every row; {loss.word()} wants two classes"
    uneven = values[values != np.round(values)]
    if len(words) > 2 and uneven.size:
        what = f"holds numbers such as {shortest(float(uneven[0]))}, which are no classes"
        return f"{what}; leave --loss out, or name another --target"
    if len(words) > loss.most_classes == 2:
        regress = not named and len(words) > _MANY
        better = "leave --loss out to fit numbers" if regress else "write --loss softmax for more"
        return f"has {len(words)} values ({shown}), and {loss.word()} takes two classes; {better}"
    return ""
