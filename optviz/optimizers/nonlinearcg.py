"""Nonlinear conjugate gradients."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._linear_algebra import row_dot, row_norm
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import setting


class State(NamedTuple):
    """Direction and gradient of the step before: (batch, dim) each."""

    d: Array
    g: Array


@dataclass(frozen=True)
class NonlinearCG(Rule):
    """Nonlinear conjugate gradients, with exact line search: Fletcher–Reeves or Polak–Ribière⁺.

    Sources: Fletcher & Reeves 1964; Polak & Ribière 1969; Gilbert & Nocedal 1992 for the ⁺, β ≥ 0;
    `scipy.optimize.minimize(method="CG")` is Polak–Ribière⁺ with an inexact search. On a quadratic
    at η = 1 both are linear conjugate gradients; with η ≠ 1 they part. The direction is new every
    dim steps, and where it leads uphill or has no lowest point. The step length α is the effective
    rate, it multiplies d, and η multiplies it.
    """

    title = "Nonlinear conjugate gradients"
    says = (
        "Conjugate gradients without Q in the formula of β, for functions that are not quadratic: "
        "gradients and a line search are enough."
    )
    fails = (
        "It lives by the line search: with lengths that are not the best, η ≠ 1, directions lose "
        "their conjugacy, and Fletcher–Reeves goes on with bad ones where Polak–Ribière restarts."
    )
    equations = (
        "βₜ = gₜᵀgₜ / gₜ₋₁ᵀgₜ₋₁  or  max(gₜᵀ(gₜ−gₜ₋₁) / gₜ₋₁ᵀgₜ₋₁, 0)",
        "dₜ = gₜ + βₜ dₜ₋₁",
        "xₜ = xₜ₋₁ − η αₜ dₜ,  αₜ = argmin f(xₜ₋₁ − α dₜ)",
    )
    rate = r"\eta\,\alpha_t"
    reference = "Fletcher & Reeves 1964; Polak & Ribière 1969; Nocedal & Wright 2006, section 5.2"
    dialects = {"paper": {"eta": 1.0}}
    made_by = {}
    rates_need = "Q"

    form: str = setting(
        "fr",
        "",
        "",
        "Fletcher–Reeves, or Polak–Ribière with β ≥ 0",
        variant=True,
        choices=("fr", "pr"),
    )

    def init(self, x: Array) -> State:
        """No direction yet."""
        return State(np.zeros_like(x), np.zeros_like(x))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """d = g + βd, then to the lowest point of the line."""
        g = p.grad
        d = g + (0.0 if (p.t - 1) % g.shape[-1] == 0 else self._beta(g, s.g)) * s.d
        restart = (row_dot(g, d) <= 0) | (p.curvature(d) <= 0)
        d = np.where(restart, g, d)
        return Step(d, p.along(d)), State(d, g)

    def _beta(self, g: Array, before: Array) -> Array:
        """β, from gradients in units of the one before, so that no square of it underflows."""
        unit = reciprocal(row_norm(before))
        now, then = g * unit, before * unit
        if self.form == "fr":
            return row_dot(now, now)
        return np.maximum(row_dot(now, now - then), 0.0)

    def ceiling(self) -> tuple[float, str] | None:
        """None: a length beyond 2/λ is made good by the directions that follow."""
        return None

    def forecast(self, p: Setup) -> Forecast:
        """Linear conjugate gradients, at η = 1."""
        if p.eta != 1:
            return Forecast("only η = 1 is an exact line search, and that keeps it conjugate", {})
        steps = float(len(p.away))
        return Forecast("on a quadratic linear CG: done in {steps} steps at most", {"steps": steps})
