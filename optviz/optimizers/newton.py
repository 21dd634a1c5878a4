"""Newton's method."""

from dataclasses import dataclass
from math import log
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._linear_algebra import apply_function, direction_and_ratio, eigen
from optviz.optimizers._rule import Point, Rule, Step


class State(NamedTuple):
    """Nothing is remembered."""


@dataclass(frozen=True)
class Newton(Rule):
    """Newton's method, damped by η: gradient descent in the coordinates where Q is the identity.

    Source: Nocedal & Wright 2006, chapter 3. With η < 1 it is damped Newton, gradient descent
    preconditioned by Q⁻¹. The step −ηQ⁻¹g has no rate for each coordinate: it is the gradient
    rotated, at the rate η‖Q⁻¹g‖/‖g‖, which lies between η/λmax and η/λmin. Along eigenvectors of 0,
    where Q has no curvature, the gradient is not changed.
    """

    title = "Newton"
    says = (
        "Mends what gradient descent suffers from: it divides by the curvature, so a quadratic of "
        "any condition number is done in one step from anywhere at η = 1."
    )
    fails = (
        "It goes to where ∇f = 0, whatever is there: with an indefinite Q to the saddle, uphill if "
        "need be; and each step needs Q and the work of a linear system, of the order dim³."
    )
    equations = ("xₜ = xₜ₋₁ − η Q⁻¹gₜ",)
    rate = r"\eta\,\Vert Q^{-1}g_t\Vert/\Vert g_t\Vert"
    reference = "Nocedal & Wright 2006, Numerical Optimization, chapter 3"
    dialects = {"paper": {"eta": 1.0}}
    made_by = {}
    rates_need = "Q"

    def init(self, x: Array) -> State:
        """Nothing."""
        return State()

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """x − ηQ⁻¹g, as ‖Q⁻¹g‖/‖g‖ times a rotated g."""
        values, V = eigen(p.hessian)
        size = abs(values)
        noise = 4 * size.shape[-1] * np.finfo(float).eps * size.max(axis=-1, keepdims=True)
        d = apply_function(V, 1 / np.where(size <= noise, 1.0, values), p.grad)
        return Step(*direction_and_ratio(d, p.grad)), s

    def ceiling(self) -> tuple[float, str] | None:
        """None: the factor of a step, |1−η|, is the same for every curvature."""
        return None

    def forecast(self, p: Setup) -> Forecast:
        """Every distance is multiplied by 1−η, in all directions alike."""
        factor = abs(1 - p.eta)
        if factor >= 1:
            return Forecast("each step leaves {kept} of the distance to x*", {"kept": factor})
        steps = max(1.0, float(np.ceil(log(p.tolerance) / (2 * log(factor))))) if factor else 1.0
        return Forecast(
            "each step leaves {kept} of the distance to x*, whatever κ: {share} of f − f* is left "
            "after step {steps}",
            {"kept": factor, "steps": steps, "share": p.tolerance},
        )
