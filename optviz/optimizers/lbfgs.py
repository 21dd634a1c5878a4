"""Limited-memory BFGS."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz import arrays
from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._linear_algebra import direction_and_ratio, row_dot, row_norm
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """The last steps and changes of the gradient, newest first (batch, memory, dim).

    They are in units of the step's length; pairs along which the gradient did not grow are 0. Then
    the step made before and the gradient it started from (batch, dim).
    """

    S: Array
    Y: Array
    step: Array
    g: Array


@dataclass(frozen=True)
class LBFGS(Rule):
    """L-BFGS with exact line search: BFGS that remembers the last m steps instead of a matrix.

    Source: Nocedal 1980; Liu & Nocedal 1989; Nocedal & Wright 2006, algorithm 7.4: the two-loop
    recursion from γI with γ = sᵀy/yᵀy of the newest pair. `torch.optim.LBFGS` makes up to 20 inner
    iterations of fixed length in what it calls a step: another algorithm, and no dialect of this.
    The effective rate is the length of the step by that of the gradient, as in BFGS.
    """

    title = "L-BFGS"
    says = "BFGS for large problems: 2m vectors instead of dim² numbers, and nearly as good."
    fails = (
        "What is older than m steps is forgotten: with a line search that is not exact, η ≠ 1, a "
        "short memory does not learn Q⁻¹ as BFGS does."
    )
    equations = (
        "sᵢ = xᵢ − xᵢ₋₁,  yᵢ = gᵢ₊₁ − gᵢ,  the last m of them",
        "dₜ = Hₜgₜ, where Hₜ is γI updated as in BFGS by each pair in turn,  γ = sᵀy/yᵀy",
        "xₜ = xₜ₋₁ − η αₜ dₜ,  αₜ = argmin f(xₜ₋₁ − α dₜ)",
    )
    rate = r"\eta\,\alpha_t\Vert d_t\Vert/\Vert g_t\Vert"
    reference = "Nocedal 1980; Liu & Nocedal 1989; Nocedal & Wright 2006, algorithm 7.4"
    dialects = {"paper": {"eta": 1.0, "memory": 10.0}}
    made_by = {}
    rates_need = "Q"

    memory: Num = setting(10.0, "m", "m", "steps that are remembered", "[0, 1000]", whole=True)

    def init(self, x: Array) -> State:
        """No pair yet."""
        pairs = np.zeros((len(x), int(np.max(self.memory)), x.shape[1]))
        return State(pairs, pairs, np.zeros_like(x), np.zeros_like(x))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """The newest pair in, the oldest out; then to the lowest point along −Hg."""
        g = p.grad
        S, Y = self._remembered(s, g)
        d = self._applied(S, Y, g)
        direction, ratio = direction_and_ratio(d, g)
        scale = ratio * p.along(d)
        return Step(direction, scale), State(S, Y, -p.eta * scale * direction, g)

    def _remembered(self, s: State, g: Array) -> tuple[Array, Array]:
        """The pairs with that of the step before; nothing where the gradient did not grow."""
        unit = reciprocal(row_norm(s.step))
        step, change = s.step * unit, (g - s.g) * unit
        curved = row_dot(step, change) > 1e-12 * row_norm(change)
        S, Y = (
            np.concatenate([np.where(curved, new, 0.0)[:, None], old], axis=1)[:, : old.shape[1]]
            for new, old in ((step, s.S), (change, s.Y))
        )
        if np.ndim(self.memory):  # a row may remember less than the longest memory of a column
            within = (np.arange(S.shape[1]) < self.memory)[:, :, None]
            S, Y = np.where(within, S, 0.0), np.where(within, Y, 0.0)
        return S, Y

    def _applied(self, S: Array, Y: Array, g: Array) -> Array:
        """Hg by the two loops: newest to oldest, γ, oldest to newest."""
        bends = arrays.dot(S, Y)[:, :, None]
        rho, alpha, d = reciprocal(bends), {}, g
        pairs = np.flatnonzero(rho.any(axis=(0, 2))).tolist()  # those that are not 0
        for i in pairs:
            alpha[i] = rho[:, i] * row_dot(S[:, i], d)
            d = d - alpha[i] * Y[:, i]
        gammas, gamma = bends * reciprocal(arrays.dot(Y, Y)[:, :, None]), np.ones_like(g[:, :1])
        for i in reversed(pairs):
            gamma = np.where(rho[:, i] > 0, gammas[:, i], gamma)
        d = gamma * d
        for i in reversed(pairs):
            d = d + S[:, i] * (alpha[i] - rho[:, i] * row_dot(Y[:, i], d))
        return d

    def ceiling(self) -> tuple[float, str] | None:
        """None: H undoes the curvatures, so no rate is too large for one of them."""
        return None

    def forecast(self, p: Setup) -> Forecast:
        """The path of conjugate gradients, at η = 1 and with any memory."""
        if p.eta != 1:
            return Forecast("only η = 1 is an exact line search", {})
        if self.memory == 0:
            return Forecast("without memory it is steepest descent", {})
        steps = float(len(p.away))
        return Forecast(
            "goes as conjugate gradients: done in {steps} steps at most", {"steps": steps}
        )
