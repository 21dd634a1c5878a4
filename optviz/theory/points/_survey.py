"""The points of a function that are looked at, each with its kind and its local model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from optviz.arrays import Array, norm
from optviz.objectives import Box, Objective, Quadratic, creases
from optviz.optimizers import Optimizer
from optviz.theory.points._bearing import Bearing, bearing

_LEVEL = 1e-7  # of ‖H‖·(1 + ‖x‖): a gradient below it is that of a stationary point
_SAME = 1e-9  # of 1 + |f*|: a value as near to the known least one is that of a minimum
_NOISE, _LEAST = 1e-14, 1e-11  # of the largest value, and that at least
_POLISHED = 8  # steps of Newton's method from a point that was found
_KINDS = {"positive": "minimum", "negative": "maximum", "indefinite": "saddle"}


@dataclass(frozen=True, eq=False)
class Place:
    """A point x (dim,), f and ‖∇f‖ there, its kind, the local model, and what could be borne.

    The kind is `minimum`, `saddle`, `maximum`, `flat` where a curvature of 0 decides nothing,
    `slope` where it is not stationary, and `kink` where there is no Hessian and so no `model`.
    """

    x: Array
    value: float
    slope: float
    kind: str
    model: Quadratic | None
    bearings: tuple[Bearing, ...]

    @property
    def kappa(self) -> float:
        """λmax/λmin of a minimum; nan elsewhere, inf where a curvature is 0."""
        return float("nan") if self.kind != "minimum" or self.model is None else self.model.kappa

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        q = self.model
        kappa = self.kappa
        return {
            "x": settled(self.x),
            "f": settled(np.array([self.value]))[0],
            "gradient": self.slope,
            "kind": self.kind,
            "H": None if q is None else q.Q.tolist(),
            "eigenvalues": None if q is None else settled(q.eigenvalues),
            "definite": None if q is None else q.definite,
            "kappa": float(f"{kappa:.12g}") if np.isfinite(kappa) else None,
            "optimizers": [one.as_dict() for one in self.bearings],
        }


@dataclass(frozen=True, eq=False)
class Survey:
    """A function and the places at which it was looked at, within `box` or at typed points, ()."""

    objective: Objective
    places: tuple[Place, ...]
    box: Box = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "objective": self.objective.text,
            "region": list(self.box) or None,
            "points": [place.as_dict() for place in self.places],
        }


def survey(
    f: Objective,
    points: Sequence[Array],
    box: Box,
    kinds: Sequence[str],
    optimizers: list[Optimizer],
) -> Survey:
    """The verdict at typed points, (dim,) each, or at the stationary ones of these kinds in a box.

    Without `kinds` all are looked at. The lowest stand first.
    """
    if points:
        return Survey(f, tuple(_place(f, x, optimizers) for x in points))
    found = [
        _place(f, _plain(_polished(f, p.x), box), optimizers, p.kind) for p in f.stationary_in(box)
    ]
    wanted = [place for place in found if not kinds or place.kind in kinds]
    order = sorted(wanted, key=lambda p: (_RANK[p.kind], round(p.value, 9)))
    return Survey(f, tuple(order), box)


_RANK = {"minimum": 0, "kink": 0, "flat": 1, "saddle": 2, "maximum": 3, "slope": 4}


def _plain(x: Array, box: Box) -> Array:
    """The point with 0 for coordinates that are rounding beside the size of the box."""
    low, high = np.reshape(box, (-1, 2)).T
    return np.where(np.abs(x) <= _NOISE * (high - low), 0.0, x)


@np.errstate(all="ignore")
def _polished(f: Objective, x: Array) -> Array:
    """The point after some steps of Newton's method, while they make the gradient smaller."""
    slope = float(norm(f.grad(x[None]))[0])
    for _ in range(_POLISHED):
        g, H = f.grad(x[None])[0], f.hessian(x[None])
        H = H if H.ndim == 2 else H[0]
        if not np.isfinite(H).all() or not slope:
            return x
        step = np.linalg.lstsq(H, g, rcond=1e-9)[0]
        new = x - step
        after = float(norm(f.grad(new[None]))[0])
        if not after < slope or not np.abs(step).max() < 1e-3 * (1 + np.abs(x).max()):
            return x
        x, slope = new, after
    return x


@np.errstate(all="ignore")
def _place(f: Objective, x: Array, optimizers: list[Optimizer], kind: str = "") -> Place:
    """The verdict at x, of the `kind` that is known of it, or of that which f and H tell."""
    (value,), (grad,) = f.value_and_grad(x[None])
    H = f.hessian(x[None])
    H = H if H.ndim == 2 else H[0]
    slope = float(norm(grad[None])[0])
    if not (np.isfinite(H).all() and np.isfinite(grad).all()) or creases.folds(f, x):
        return Place(x, float(value), slope, "kink", None, ())
    q = f.local(x)
    kind = kind or _kind(f, q, x, float(value), slope)
    return Place(x, float(value), slope, kind, q, tuple(bearing(q, o, kind) for o in optimizers))


def _kind(f: Objective, q: Quadratic, x: Array, value: float, slope: float) -> str:
    size, least = float(np.abs(q.eigenvalues).max() * (1 + np.abs(x).max())), f.minimum
    if slope > _LEVEL * max(size, _LEVEL):
        return "slope"
    if least is not None and value <= least + _SAME * (1 + abs(least)):
        return "minimum"
    return _KINDS.get(q.definite, "flat")


def settled(values: Array) -> list[float]:
    """The values to twelve digits, with 0 for what is rounding beside the largest of them."""
    values = np.where(np.abs(values) <= _NOISE * np.abs(values).max(initial=_LEAST), 0.0, values)
    return [float(f"{value:.12g}") for value in values.tolist()]
