"""A data set: the columns of a table as features and target of a linear model."""

import shlex
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from optviz.arrays import Array
from optviz.errors import BadFile, BadValue, Unfit, UnknownColumn
from optviz.notes import note
from optviz.objectives import classes, losses
from optviz.objectives.lexer import MAX_DIM
from optviz.objectives.losses import SQUARES, Loss

if TYPE_CHECKING:
    from optviz.objectives.dataset_file import Table

ONES = "intercept"  # the name of the column of ones


@dataclass(frozen=True)
class Model:
    """The options of a table: its target column, and how the features enter the model."""

    target: str | None = None
    standardize: bool = False
    intercept: bool = False
    l2: float = 0.0
    loss: str = "squares"

    def refuse(self, text: str) -> None:
        """Raises `Unfit` if an option is set, as the objective `text` is no table."""
        options = [
            f"--{name}"
            for name in ("target", "loss", "standardize", "intercept", "l2")
            if getattr(self, name) != getattr(Model(), name)
        ]
        if options:
            what = text if len(text) <= 40 else f"{text[:39]}…"
            raise Unfit(f"{options[0]} is for a table, -f @data.csv; {what} is none")


@dataclass(frozen=True, eq=False)
class Dataset:
    """f(w) = ‖Xw − y‖²/2n + l2·‖w‖²/2, or the mean of another `loss`: X (n, features), y (n,).

    `names` are those of the coordinates. Where the loss has an output for each of the `classes`
    there is a coordinate for each feature and class, and y are the numbers of classes.
    With `intercept` the last column of X is of ones, and its weight is not penalised.
    `standardized` says that the other columns have mean 0 and deviation 1; y is as in the table.
    Subtracting the mean made the relative rounding of X larger by `amplification`.
    """

    X: Array
    y: Array
    names: tuple[str, ...]
    target: str = "y"
    l2: float = 0.0
    intercept: bool = False
    standardized: bool = False
    amplification: float = 1.0
    loss: Loss = SQUARES
    classes: tuple[str, ...] = ()

    @property
    def outputs(self) -> int:
        """How many weights each feature has."""
        return self.loss.outputs(len(self.classes))

    @cached_property
    def columns(self) -> list[Array]:
        """The features, each (n,)."""
        return list(self.X.T)

    @property
    def targets(self) -> Array:
        """y as losses take it: (1, n)."""
        return self.y[None]

    @cached_property
    def start(self) -> Array:
        """The outputs where all weights are 0: (1, 1, n)."""
        return self.loss.start(self.targets)

    @property
    def n(self) -> int:
        """The number of rows, that is of examples."""
        return len(self.y)

    @property
    def penalty(self) -> Array:
        """l2 for each coordinate, 0 for the intercept: (dim,)."""
        penalty = np.full(self.X.shape[1], self.l2)
        penalty[-1:] = 0.0 if self.intercept else self.l2
        return np.repeat(penalty, self.outputs) if self.outputs > 1 else penalty

    def quadratic(self) -> tuple[Array, Array, float]:
        """Q = XᵀX/n + l2·I, c = −Xᵀy/n, b = yᵀy/2n.

        Sums of single products, pairwise and so without BLAS: the same bits everywhere.
        """
        dim, columns = self.X.shape[1], np.ascontiguousarray(self.X.T)
        Q = np.zeros((dim, dim))
        for j in range(dim):
            Q[j, j:] = Q[j:, j] = (columns[j:] * columns[j]).sum(axis=1) / self.n
        if self.intercept and self.standardized:
            Q[-1, :-1] = Q[:-1, -1] = 0.0  # the means of the features, but for rounding
        Q[np.diag_indices(dim)] += self.penalty
        c = -(columns * self.y).sum(axis=1) / self.n
        return Q, c + 0.0, float((self.y * self.y).sum() / (2 * self.n))

    def solution(self) -> Array:
        """The weights of least f, of least norm where there are many: (dim,).

        From X itself: the normal equations would square its condition number.
        """
        root = np.diag(np.sqrt(self.n * self.penalty))[self.penalty > 0]
        rows, aims = np.vstack([self.X, root]), np.concatenate([self.y, np.zeros(len(root))])
        least = 16 * max(rows.shape) * np.finfo(float).eps * self.amplification
        return np.asarray(np.linalg.lstsq(rows, aims, rcond=least)[0] + 0.0)

    def directions(self) -> Array:
        """Directions of the weights, (dim, count), along which penalised squares curve alike.

        From X itself, as in `solution`. What no output sees, and what adds the same to the outputs
        of all classes, is left out.
        """
        penalty = self.penalty[:: self.outputs]
        root = np.diag(np.sqrt(self.n * penalty))[penalty > 0]
        rows = np.vstack([self.X, root])
        _, sizes, axes = np.linalg.svd(rows, full_matrices=False)
        least = 16 * max(rows.shape) * np.finfo(float).eps * self.amplification
        seen = sizes > least * sizes.max(initial=0.0)
        features = axes[seen].T / sizes[seen] * np.sqrt(self.n)
        many = self.outputs
        apart = np.linalg.svd(np.eye(many) - 1 / many)[0][:, :-1] if many > 1 else np.eye(1)
        return np.kron(features, apart)

    def squares(self, w: Array) -> float:
        """f(w) from the rows themselves, which is never below 0; w (dim,)."""
        away = self.X @ w - self.y
        return float(away @ away / (2 * self.n) + 0.5 * (self.penalty * w) @ w)


def dataset(table: "Table", model: Model) -> Dataset:
    """The data set that a model makes of a table.

    Raises `Unfit` without a target or features, `UnknownColumn` for a target that is no column,
    `BadValue` for l2, `BadFile` for a constant column that should be standardised or for a target
    that the loss cannot take, `TextError` or `UnknownName` for the loss.
    """
    if not 0 <= model.l2 < inf:
        raise BadValue("l2", f"{model.l2:g}", "a finite number from 0 up is wanted")
    at = target_column(table, model.target)
    X, amplification = np.asfortranarray(np.delete(table.values, at, axis=1)), 1.0
    names = tuple(name for i, name in enumerate(table.names) if i != at)
    if model.standardize:
        X, amplification = _standardized(table, X, names)
    if model.intercept:
        if ONES in names:
            raise Unfit(f"--intercept: {table.path} has a column called {ONES} already")
        X, names = np.asfortranarray(np.column_stack([X, np.ones(len(X))])), (*names, ONES)
    if not 0 < len(names) <= MAX_DIM:
        message = f"{len(names)} features; 1 to {MAX_DIM} columns beside the target are wanted"
        raise BadFile(table.path, message)
    loss, y, words = losses.read(model.loss), table.values[:, at].copy(), tuple[str, ...]()
    if loss.classes:
        y, words = classes.numbered(table, at, loss)
        names = _by_class(table.path, names, words, loss.outputs(len(words)))
    X.flags.writeable = y.flags.writeable = False
    more: dict[str, Any] = {"intercept": model.intercept, "standardized": model.standardize}
    more |= {"loss": loss, "classes": words}
    return Dataset(X, y, names, table.names[at], model.l2, **more, amplification=amplification)


def _by_class(
    path: str, names: tuple[str, ...], words: tuple[str, ...], outputs: int
) -> tuple[str, ...]:
    """The names of the weights, `bmi.healthy` where each class has its own. Raises `BadFile`."""
    if outputs == 1:
        return names
    if len(names) * outputs > MAX_DIM:
        product = f"{len(names)} features × {outputs} classes are {len(names) * outputs} weights"
        raise BadFile(path, f"{product}; {MAX_DIM} or fewer are wanted")
    return tuple(f"{name}.{word}" for name in names for word in words)


def target_column(table: "Table", target: str | None) -> int:
    """The column of that name, in any case, or of that number in the file, counted from 1.

    Raises `Unfit` without a target, `UnknownColumn` for one that is no column.
    """
    if target is None:
        raise Unfit(_without_target(table))
    word = " ".join(target.split())
    if table.headed:
        if word in table.names:
            return table.names.index(word)
        alike = [i for i, name in enumerate(table.names) if name.lower() == word.lower()]
        if len(alike) == 1:
            return alike[0]
    word = word if table.headed else word.lower().removeprefix("x")
    number = int(word[:9]) if word.isascii() and word.isdigit() else 0
    names_are_numbers = table.headed and all(name.isdigit() for name in table.names)
    if number not in table.places or names_are_numbers:
        raise UnknownColumn(target, _listed(table), table.path)
    if not table.headed:
        count = f"{number} of {max(table.places)}"
        note(f"{table.path}: no line of names above the numbers; the target is column {count}")
    return table.places.index(number)


def _listed(table: "Table") -> tuple[str, ...]:
    """What may be written after --target: the names, or the numbers where there are none."""
    return table.names if table.headed else tuple(map(str, table.places))


def _without_target(table: "Table") -> str:
    columns, many = _listed(table), len(table.names)
    shown = ", ".join(columns if many <= 30 else (*columns[:30], "…"))
    message = f"{table.path} is a table: --target says which column is explained: {shown}"
    last = shlex.quote(columns[-1])
    unnamed = "" if table.headed else ", by their numbers as the table has no names"
    return f"{message}{unnamed}; write --target {last}, if that is the one"


def _standardized(table: "Table", X: Array, names: tuple[str, ...]) -> tuple[Array, float]:
    """Each column with mean 0 and standard deviation 1, that of 1/n; and max |x| / deviation."""
    constant = [name for name, same in zip(names, np.ptp(X, axis=0) == 0, strict=True) if same]
    if constant:
        many = "columns that are" if len(constant) > 1 else "a column that is"
        message = f"--standardize: {many} the same in every row: {', '.join(constant)}; remove them"
        raise BadFile(table.path, message)
    X = X / np.abs(X).max(axis=0)  # so that no square overflows
    amplification = 1.0
    for j, column in enumerate(X.T):  # one by one, which is summed pairwise
        away = column - column.sum() / len(column)
        deviation = np.sqrt((away * away).sum() / len(away))
        X[:, j] = away / deviation
        amplification = max(amplification, 1.0 / float(deviation))
    return X, amplification
