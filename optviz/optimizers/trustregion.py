"""A trust-region method."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array, apply
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._linear_algebra import direction_and_ratio, row_dot, row_norm
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting

_GOOD, _POOR = 0.75, 0.25  # shares of the promised fall
_ROUNDING = 1e-12  # of |f|: a fall that is no more than that is not judged


class State(NamedTuple):
    """The radius of the region in which the model is trusted: (batch, 1)."""

    radius: Array


@dataclass(frozen=True)
class TrustRegion(Rule):
    """Newton's method within a radius, by truncated conjugate gradients (Steihaug).

    Source: Nocedal & Wright 2006, algorithms 4.1 and 7.2. The step is the least of the quadratic
    model within the radius, as far as conjugate gradients go: along a direction that curves down,
    or out of the region, to its edge; they end at the residual min(½, √‖g‖)‖g‖. The settings are
    those of SciPy's `trust-ncg`. The step is taken if f falls by more than the share η₀ of what the
    model promises; the radius is quartered after a poor step, doubled after a good one to the edge.
    η multiplies the step. As with Newton there is no rate for each coordinate: the rate is the
    length of the step over that of the gradient.
    """

    title = "Trust region"
    says = (
        "Newton's method that can be trusted: it never goes uphill to a saddle, slides along what "
        "curves down, and is as fast as Newton once the model is good."
    )
    fails = (
        "Each step needs products with the Hessian; a radius that starts far too small or too "
        "large costs steps until it is right, and at a rejected step the path stands still."
    )
    equations = (
        "pₜ ≈ argmin gₜᵀp + ½ pᵀHₜp,  ‖p‖ ≤ Δₜ",
        "ρₜ = (f(xₜ₋₁) − f(xₜ₋₁+pₜ)) / (−gₜᵀpₜ − ½ pₜᵀHₜpₜ)",
        "xₜ = xₜ₋₁ + η pₜ if ρₜ > η₀, else xₜ₋₁",
        "Δₜ₊₁ = Δₜ/4 if ρₜ < ¼, min(2Δₜ, Δmax) if ρₜ > ¾ and ‖pₜ‖ = Δₜ, else Δₜ",
    )
    rate = r"\eta\,\Vert p_t\Vert/\Vert g_t\Vert"
    reference = "Steihaug 1983, SIAM J. Numer. Anal. 20; Nocedal & Wright 2006, algorithm 4.1"
    dialects = {"paper": {"eta": 1.0}}
    made_by = {}
    aliases = ("trust",)
    rates_need = "Q"
    uses_value = True

    radius: Num = setting(1.0, "Δ₁", r"\Delta_1", "the radius of the first step", "(0, inf)")
    most: Num = setting(1000.0, "Δmax", r"\Delta_{\max}", "the largest radius", "(0, inf)")
    accept: Num = setting(0.15, "η₀", r"\eta_0", "the share of the fall that will do", "[0, 1)")

    def init(self, x: Array) -> State:
        """The first radius."""
        return State(np.zeros((len(x), 1)) + self.radius)

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """The step within the radius, or none, and the next radius."""
        move = _least(p.grad, p.hessian, s.radius)
        promised = -row_dot(p.grad, move) - 0.5 * row_dot(move, apply(p.hessian, move))
        fall = p.fall(move)
        move = np.where(np.isnan(promised), np.nan, move)  # without a Hessian there is no step
        judged = np.zeros_like(s.radius) + 1.0 if fall is None else _share(fall, promised, p.value)
        edge = row_norm(move) >= 0.99 * s.radius
        grown = np.where((judged > _GOOD) & edge, np.minimum(2 * s.radius, self.most), s.radius)
        radius = np.where(judged < _POOR, s.radius / 4, grown)
        direction, ratio = direction_and_ratio(-move, p.grad)
        return Step(direction, np.where(judged > self.accept, ratio, 0.0)), State(radius)

    def ceiling(self) -> tuple[float, str] | None:
        """None: the radius bounds the step, whatever the curvature."""
        return None

    def forecast(self, p: Setup) -> Forecast:
        """On a quadratic the model is exact: Newton's step, once the radius holds it."""
        if p.eta != 1:
            return Forecast("only η = 1 goes to the least of the model", {})
        return Forecast("on a quadratic the model is exact: done once the radius holds x*", {})


def _share(fall: Array, promised: Array, value: Array) -> Array:
    """The fall as a share of the promised one; 1 where both are rounding, −1 where f is nan."""
    rounding = _ROUNDING * np.abs(value)[:, None]
    share = fall / np.where(promised > 0, promised, 1.0)
    share = np.where((promised <= rounding) & (np.abs(fall) <= rounding), 1.0, share)
    return np.where(np.isnan(share), -1.0, share)


def _least(g: Array, H: Array, radius: Array) -> Array:
    """The step of truncated conjugate gradients (batch, dim) in the regions of these radii."""
    move, r, d = np.zeros_like(g), g, -g
    done = row_norm(g) == 0
    tolerance = np.minimum(0.5, np.sqrt(row_norm(g))) * row_norm(g)
    for _ in range(2 * g.shape[-1]):
        Hd = apply(H, d)
        bend, square = row_dot(d, Hd), row_dot(r, r)
        alpha = square / np.where(bend > 0, bend, 1.0)
        inside = (bend > 0) & (row_norm(move + alpha * d) < radius)
        length = np.where(inside, alpha, _to_edge(move, d, radius))
        move = np.where(done, move, move + length * d)
        rest = r + alpha * Hd
        done = done | ~inside | (row_norm(rest) < tolerance)
        if done.all():
            break
        d = np.where(done, d, -rest + row_dot(rest, rest) / np.where(square > 0, square, 1.0) * d)
        r = np.where(done, r, rest)
    return move


def _to_edge(move: Array, d: Array, radius: Array) -> Array:
    """The s ≥ 0 with ‖move + s·d‖ = radius: (batch, 1)."""
    a, b = row_dot(d, d), row_dot(move, d)
    c = np.minimum(row_dot(move, move) - radius * radius, 0.0)
    root = np.sqrt(np.maximum(b * b - a * c, 0.0))
    return np.where(a > 0, -c / np.where(b + root > 0, b + root, 1.0), 0.0)
