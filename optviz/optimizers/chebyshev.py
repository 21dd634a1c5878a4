"""Chebyshev's semi-iterative method."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz import arrays
from optviz.arrays import Array
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._linear_algebra import eigen
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting

_ROUNDING = 1e-13  # of the greatest curvature: a smaller one is 0


class State(NamedTuple):
    """The last move: (batch, dim)."""

    move: Array


@dataclass(frozen=True)
class Chebyshev(Rule):
    """Chebyshev's semi-iterative method: momentum and rate change at each step by a fixed plan.

    After t steps from x₀ the part of each eigenvector is multiplied by Tₜ(σ(λ))/Tₜ(σ(0)), with
    Tₜ Chebyshev's polynomial and σ(λ) = (d−λ)/c, d and c the centre and the half width of the
    spectrum: of all plans the least worst factor. Rate and momentum approach Polyak's best heavy
    ball. The spectrum is that of Q where `low` and `high` are not set; curvatures of 0 do not
    count. Source: Golub & Varga 1961; the recurrence of Saad 2003, algorithm 12.1, solved, and
    without division by c so that κ = 1 is no exception. η multiplies the rate; only η = 1 is
    Chebyshev's.
    """

    title = "Chebyshev's method"
    says = (
        "The best that any fixed plan of steps can do where only the two ends of the spectrum are "
        "known: the worst factor after t steps is 1/Tₜ((κ+1)/(κ−1)), about 2((√κ−1)/(√κ+1))ᵗ."
    )
    fails = (
        "It must know the ends: a curvature above the assumed one grows fast, one below is slow. "
        "Conjugate gradients need neither end, and use what lies between."
    )
    equations = (
        "d = (λmax+λmin)/2,  c = (λmax−λmin)/2,  h = d + √(d²−c²)",
        "sₜ = (1+(c/h)²ᵗ⁻²)/(1+(c/h)²ᵗ)/h",
        "x₁ = x₀ − s₁ g₁,  xₜ = xₜ₋₁ − 2 sₜ gₜ + c² sₜ sₜ₋₁ (xₜ₋₁ − xₜ₋₂)",
    )
    rate = r"2\eta\,s_t"
    reference = "Golub & Varga 1961, Numer. Math. 3; Saad 2003, algorithm 12.1"
    dialects = {"paper": {"eta": 1.0}}
    made_by = {}
    aliases = ("semiiterative",)
    rates_need = "Q"

    low: Num | None = setting(
        None, "λmin", r"\lambda_{\min}", "the least curvature", "(0, inf)", variant=True
    )
    high: Num | None = setting(
        None, "λmax", r"\lambda_{\max}", "the greatest curvature", "(0, inf)", variant=True
    )

    def init(self, x: Array) -> State:
        """No move yet."""
        return State(np.zeros_like(x))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """x − 2sg + c²ss₋₁(x − x₋₁), the first step with s for 2s."""
        d, c = self._spectrum(p)
        h = d + np.sqrt((d - c) * (d + c))
        this = _s(p.t, c, h)
        before = _s(p.t - 1, c, h) if p.t > 1 else 0.0
        scale = this if p.t == 1 else 2 * this
        drift = -c * c * this * before * s.move
        return Step(p.grad, scale, drift), State(-p.eta * scale * p.grad - drift)

    @property
    def linear(self) -> bool:
        """Its plan knows the spectrum, and nothing of the gradients."""
        return True

    def _spectrum(self, p: Point) -> tuple[Array, Array]:
        """The centre and the half width of the curvatures: (batch, 1) each, nan without any."""
        low, high = self.low, self.high
        if low is None or high is None:
            values, _ = eigen(p.hessian)
            greatest = values.max(axis=-1, keepdims=True)
            values = np.where(values > _ROUNDING * greatest, values, np.inf)
            least = values.min(axis=-1, keepdims=True)
            curved = np.isfinite(least)
            low = np.where(curved, least, np.nan) if low is None else low
            high = np.where(curved, greatest, np.nan) if high is None else high
        blank = np.zeros_like(p.x[:, :1])
        return blank + (high + low) / 2, blank + (high - low) / 2

    def ceiling(self) -> tuple[float, str] | None:
        """None: the plan is made for the spectrum, and a rate beyond 2/λ is part of it."""
        return None

    def asymptotic(self) -> float | None:
        """None: a constant slope has no spectrum to plan for."""
        return None

    def forecast(self, p: Setup) -> Forecast:
        """The worst factor of the distance: 1/Tₜ((κ+1)/(κ−1))."""
        positive = p.curvature[p.curvature > 0]
        own = self.low is None and self.high is None and p.eta == 1
        if not own or not p.diagonal or not positive.size:
            return Forecast("as good as the two ends of the spectrum it is given are true", {})
        kappa = float(positive.max() / positive.min())
        if kappa == 1:
            return Forecast("done in {steps} step, as all curvatures are equal", {"steps": 1.0})
        sigma = (kappa + 1) / (kappa - 1)
        steps = float(np.ceil(np.arccosh(p.tolerance**-0.5) / np.arccosh(sigma)))
        left = 1 / np.cosh(p.steps * np.arccosh(sigma))
        return Forecast(
            "step {within} leaves at most {left} of the distance, and {steps} steps bring f − f* "
            "to {share}",
            {"within": float(p.steps), "left": float(left), "steps": steps, "share": p.tolerance},
        )


def _s(t: int, c: Array, h: Array) -> Array:
    """Tₜ₋₁(d/c)/Tₜ(d/c)/c, which is 1/d for t = 1 and tends to 1/h."""
    ratio = c / h
    return (1 + arrays.power(ratio, 2.0 * t - 2)) / (1 + arrays.power(ratio, 2.0 * t)) / h
