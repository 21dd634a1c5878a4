"""Where a function crosses a level on the edges of a grid, and which way its contour runs there."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np

from optviz.arrays import Array
from optviz.objectives.region import Box

_NEWTON, _BISECTIONS = 3, 30
_NEAR = 1e-4  # of a cell: a step of Newton's method that says that it has converged
_ON = 1e-9  # of a cell: what contourpy's rounding may be off a line of the grid


class Field(Protocol):
    """A function of the plane."""

    def value(self, x: Array) -> Array:
        """f at each row: (…, 2) → (…,)."""

    def value_and_grad(self, x: Array) -> tuple[Array, Array]:
        """f and ∇f at each row: (…, 2) → (…,), (…, 2)."""


class Grid(NamedTuple):
    """Points at whole numbers of `step` (2,) from a corner (2,), `side` of them to each side."""

    corner: Array
    step: Array
    side: int

    @classmethod
    def over(cls, box: Box, cells: int, beyond: int = 0) -> Grid:
        """A grid of so many cells to each side of a box, and some beyond."""
        low, high = np.reshape(box, (-1, 2)).T
        step = (high - low) / cells
        return cls(low - beyond * step, step, cells + 2 * beyond + 1)

    def place(self, at: Array) -> Array:
        """The points (…, 2) at these numbers of steps."""
        return np.asarray(self.corner + at * self.step)

    def points(self) -> Array:
        """All points: (side, side, 2), a row for each height."""
        numbers = np.arange(self.side, dtype=float)
        return self.place(np.stack(np.meshgrid(numbers, numbers), axis=-1))


def refined(f: Field, grid: Grid, values: Array, at: Array, levels: Array) -> tuple[Array, Array]:
    """Points `at` edges of the grid (n, 2) moved along them to where f has its level (n,).

    `values` (side, side) are those of f on the grid. Also the directions of the contours there
    (n, 2), nan for points that are no crossings: on the outline of the grid, or where f ends. All
    are in steps of the grid. Newton's method, kept between the ends of the edge, then bisection.
    """
    whole = np.rint(at)
    aligned = np.abs(at - whole) < _ON
    crossing = aligned.sum(axis=1) == 1
    low = np.where(aligned, whole, np.floor(at))[crossing]
    along = (~aligned[crossing]).astype(float)
    edges = _Edges(f, grid, low, along, levels[crossing])
    fraction = ((at[crossing] - low) * along).sum(axis=1)
    fraction, grads = edges.roots(fraction, values)
    places, tangents = at.copy(), np.full_like(at, np.nan)
    places[crossing] = low + fraction[:, None] * along
    slopes = grads * grid.step
    normal = slopes / np.hypot(*slopes.T)[:, None]
    tangents[crossing] = np.column_stack([-normal[:, 1], normal[:, 0]])
    return places, tangents


class _Edges(NamedTuple):
    """Edges from points `low` (n, 2), one step `along` an axis each, and the levels on them."""

    f: Field
    grid: Grid
    low: Array
    along: Array
    levels: Array

    def roots(self, guess: Array, values: Array) -> tuple[Array, Array]:
        """The fractions (n,) of the edges up to the crossings, and ∇f there, nan where f ends."""
        columns, rows = self.low.T.astype(int)
        is_low = values[rows, columns] <= self.levels  # false for nan
        inside, outside = np.where(is_low, 0.0, 1.0), np.where(is_low, 1.0, 0.0)
        fraction, step = guess, np.full_like(guess, np.inf)
        grads = np.full_like(self.low, np.nan)
        for _ in range(_NEWTON):
            value, grads = self._seen(fraction)
            below = value <= self.levels
            inside, outside = np.where(below, fraction, inside), np.where(below, outside, fraction)
            slope = (grads * self.grid.step * self.along).sum(axis=1)
            newton = fraction - (value - self.levels) / slope
            low, high = np.minimum(inside, outside), np.maximum(inside, outside)
            kept = (newton >= low) & (newton <= high)
            following = np.where(kept, newton, (low + high) / 2)
            step, fraction = np.where(kept, np.abs(following - fraction), np.inf), following
        rest = np.flatnonzero(~(step < _NEAR))
        if len(rest):
            some = _Edges(self.f, self.grid, self.low[rest], self.along[rest], self.levels[rest])
            fraction[rest], grads[rest] = some._bisected(inside[rest], outside[rest])
        return fraction, grads

    def _seen(self, fraction: Array) -> tuple[Array, Array]:
        return self.f.value_and_grad(self.grid.place(self.low + fraction[:, None] * self.along))

    def _bisected(self, inside: Array, outside: Array) -> tuple[Array, Array]:
        """The last places below the levels; ∇f only where f goes on beyond them."""
        for _ in range(_BISECTIONS):
            middle = (inside + outside) / 2
            at = self.grid.place(self.low + middle[:, None] * self.along)
            below = self.f.value(at) <= self.levels
            inside, outside = np.where(below, middle, inside), np.where(below, outside, middle)
        _, grads = self._seen(inside)
        beyond, _ = self._seen(outside)
        return inside, np.where(np.isfinite(beyond)[:, None], grads, np.nan)
