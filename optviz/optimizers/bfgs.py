"""BFGS."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz import arrays
from optviz.arrays import Array, apply
from optviz.optimizers._equations import reciprocal
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._linear_algebra import direction_and_ratio, outer_product, row_dot, row_norm
from optviz.optimizers._rule import Point, Rule, Step


class State(NamedTuple):
    """H ≈ Q⁻¹ (batch, dim, dim); the step made before and the gradient it started from."""

    H: Array
    step: Array
    g: Array


@dataclass(frozen=True)
class BFGS(Rule):
    """BFGS with exact line search: it curved Q⁻¹ from how gradients change along its steps.

    Source: Broyden, Fletcher, Goldfarb, Shanno 1970; Nocedal & Wright 2006, chapter 6;
    `scipy.optimize.minimize(method="BFGS")` with an inexact search. H starts as the identity and is
    not changed by a step along which the gradient did not grow. The step −ηαHg has no rate for each
    coordinate: it is the gradient rotated, at the rate ηα‖Hg‖/‖g‖, the length of the step over that
    of the gradient. Where the line has no lowest point α is 1.
    """

    title = "BFGS"
    says = (
        "Newton's method without Q: differences of gradients build up its inverse, and a "
        "quadratic is done in dim steps, by the path of conjugate gradients at η = 1."
    )
    fails = (
        "It keeps dim² numbers, too many for large problems; and along a direction that does not "
        "curve, or curves down, there is nothing to learn."
    )
    equations = (
        "sₜ = xₜ₋₁ − xₜ₋₂,  yₜ = gₜ − gₜ₋₁,  ρₜ = 1/yₜᵀsₜ",
        "Hₜ = (I − ρₜsₜyₜᵀ) Hₜ₋₁ (I − ρₜyₜsₜᵀ) + ρₜsₜsₜᵀ,  H₁ = I",
        "xₜ = xₜ₋₁ − η αₜ Hₜgₜ,  αₜ = argmin f(xₜ₋₁ − α Hₜgₜ)",
    )
    rate = r"\eta\,\alpha_t\Vert H_tg_t\Vert/\Vert g_t\Vert"
    reference = "Broyden, Fletcher, Goldfarb, Shanno 1970; Nocedal & Wright 2006, algorithm 6.1"
    dialects = {"paper": {"eta": 1.0}}
    made_by = {}
    rates_need = "Q"

    def init(self, x: Array) -> State:
        """H = I, and no step yet."""
        H = np.zeros((*x.shape, x.shape[1]))
        H[:, range(x.shape[1]), range(x.shape[1])] = 1.0
        return State(H, np.zeros_like(x), np.zeros_like(x))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """H from the step before, then to the lowest point along −Hg."""
        g = p.grad
        H = self._updated(s.H, s.step, g - s.g)
        d = apply(H, g)
        direction, ratio = direction_and_ratio(d, g)
        scale = ratio * p.along(d)
        return Step(direction, scale), State(H, -p.eta * scale * direction, g)

    def _updated(self, H: Array, step: Array, change: Array) -> Array:
        """The update, of s and y in units of ‖s‖: it is the same for both of any size."""
        unit = reciprocal(row_norm(step))
        s, y = step * unit, change * unit
        ys = row_dot(y, s)
        curved = ys > 1e-12 * row_norm(y)
        rho = np.where(curved, 1 / np.where(curved, ys, 1.0), 0.0)
        Hy = apply(H, y)
        grown = rho * (1 + rho * row_dot(y, Hy))
        cross = outer_product(Hy, s)
        rho, grown = rho[:, :, None], grown[:, :, None]
        return arrays.as_array(
            H - rho * (cross + np.swapaxes(cross, 1, 2)) + grown * outer_product(s, s)
        )

    def ceiling(self) -> tuple[float, str] | None:
        """None: H undoes the curvatures, so no rate is too large for one of them."""
        return None

    def forecast(self, p: Setup) -> Forecast:
        """At η = 1 the path of conjugate gradients."""
        if p.eta != 1:
            return Forecast("only η = 1 is an exact line search; H comes near Q⁻¹ all the same", {})
        steps = float(len(p.away))
        sentence = "goes as conjugate gradients: done in {steps} steps at most, and H is Q⁻¹ then"
        return Forecast(sentence, {"steps": steps})
