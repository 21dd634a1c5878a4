"""Rprop."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz import arrays
from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """The length of each coordinate's step, and the gradient before, 0 where it was passed over."""

    delta: Array
    g: Array


@dataclass(frozen=True)
class Rprop(Rule):
    """Rprop: the sign of the gradient, and a step per coordinate that grows until the sign turns.

    Source: Riedmiller & Braun 1993, in the form iRprop⁻ of Igel & Hüsken 2000, which PyTorch has:
    where the sign changes the step shrinks and the coordinate stays. The effective rate δ
    multiplies the sign. η is the first step alone, a schedule changes nothing, and with η = 0 x
    does not move. Optax 0.2.8's rprop applies each update a step late (x₁ = x₀; pull request 1725),
    a fault which is not imitated: it has no dialect here.
    """

    title = "Rprop"
    says = (
        "Mends the dependence on the size of the gradient: only its sign counts, and each "
        "coordinate finds its own step by trying."
    )
    fails = (
        "Noise in the gradient turns its sign at random and shrinks all steps: it wants full "
        "batches; and on a rotated valley it zigzags between coordinates."
    )
    equations = (
        "δₜ = clip(δₜ₋₁ · {η⁺ if gₜgₜ₋₁ > 0, η⁻ if gₜgₜ₋₁ < 0, else 1}, δmin, δmax),  δ₀ = η",
        "gₜ := 0 where gₜgₜ₋₁ < 0",
        "xₜ = xₜ₋₁ − δₜ ⊙ sign(gₜ)",
    )
    rate = r"\delta_t"
    reference = "Riedmiller & Braun 1993; Igel & Hüsken 2000"
    dialects = {"paper": {"eta": 0.1}, "torch": {"eta": 0.01}}
    made_by = {"torch": "torch.optim.Rprop(params, lr=η, etas=(η⁻, η⁺), step_sizes=(δmin, δmax))"}
    spellings = {
        "torch": {"lr": "eta", "etas": ("shrink", "grow"), "step_sizes": ("delta_min", "delta_max")}
    }

    shrink: Num = setting(0.5, "η⁻", r"\eta^-", "factor where the sign turns", "(0, 1)")
    grow: Num = setting(1.2, "η⁺", r"\eta^+", "factor where it stays", "(1, inf)")
    delta_min: Num = setting(
        1e-6, "δmin", r"\delta_{\min}", "the shortest step", "[0, inf)", variant=True
    )
    delta_max: Num = setting(
        50.0, "δmax", r"\delta_{\max}", "the longest step", "(0, inf)", variant=True
    )

    def init(self, x: Array) -> State:
        """No gradient yet; δ₀ = η comes with step 1."""
        return State(np.zeros_like(x), np.zeros_like(x))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """The equations above; the scale is δ/η."""
        before = s.delta + p.eta if p.t == 1 else s.delta
        turn = np.sign(p.grad) * np.sign(s.g)
        factor = np.where(turn > 0, self.grow, np.where(turn < 0, self.shrink, 1.0))
        delta = np.minimum(np.maximum(before * factor, self.delta_min), self.delta_max)
        g = np.where(turn < 0, 0.0, p.grad)
        scale = delta * reciprocal(arrays.as_array(p.eta))
        return Step(np.sign(g), scale), State(delta, g)

    def ceiling(self) -> tuple[float, str] | None:
        """None: a constant δ steps to and fro by δ at any curvature."""
        return None

    def asymptotic(self) -> float | None:
        """None: a step has the sign of the gradient alone."""
        return None

    def forecast(self, p: Setup) -> Forecast:
        """Steps grow by η⁺ until they are past the minimum, and halve around it."""
        sentence = (
            "steps from η = {eta} on, longer by {grow} each until a coordinate is past its "
            "minimum, then shorter by {shrink} at each turn: the gradient's size does not matter"
        )
        facts: dict[str, float | Array] = {
            "eta": p.eta,
            "grow": float(self.grow),
            "shrink": float(self.shrink),
        }
        return Forecast(sentence, facts)
