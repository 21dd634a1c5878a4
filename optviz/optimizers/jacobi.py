"""Gradient descent preconditioned by the diagonal of Q."""

from dataclasses import dataclass
from math import log
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._rule import Point, Rule, Step


class State(NamedTuple):
    """Nothing is remembered."""


@dataclass(frozen=True)
class Jacobi(Rule):
    """Jacobi preconditioning: each coordinate at η over its own curvature, the diagonal of Q.

    The Jacobi iteration for Qx = −c, damped by η. It is what AdaGrad and its children could do at
    best: a rate per coordinate, known from the start. A coordinate with Qᵢᵢ = 0 keeps the rate η.
    Source: Saad 2003, Iterative Methods for Sparse Linear Systems, chapter 4.
    """

    title = "Jacobi"
    says = (
        "The best rate for each coordinate by itself: on an axis-aligned objective it undoes any "
        "condition number, in one step at η = 1."
    )
    fails = (
        "On an objective turned against the axes: what couples coordinates stays, and for η above "
        "2/λmax of D⁻¹Q, with D = diag Q, it diverges; a Q with much of that does so even at η = 1."
    )
    equations = ("xₜ = xₜ₋₁ − η diag(Q)⁻¹gₜ",)
    rate = r"\eta/Q_{ii}"
    reference = "Jacobi 1845; Saad 2003, Iterative Methods for Sparse Linear Systems, chapter 4"
    dialects = {"paper": {"eta": 1.0}}
    made_by = {}
    rates_need = "Q"

    def init(self, x: Array) -> State:
        """Nothing."""
        return State()

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """x − η/diag(Q) ⊙ g."""
        diagonal = np.diagonal(p.hessian, axis1=-2, axis2=-1)
        return Step(p.grad, 1 / np.where(diagonal == 0, 1.0, diagonal)), s

    def forecast(self, p: Setup) -> Forecast:
        """1−η where Q is diagonal; else its modes are eigenvectors of diag(Q)⁻¹Q, not of Q."""
        if not p.diagonal:
            return Forecast(
                "Q is not diagonal: its directions are the eigenvectors of diag(Q)⁻¹Q, not of Q, "
                "and their factors 1 − ημ with the eigenvalues μ of that, which lie about 1",
                {},
            )
        factor = abs(1 - p.eta)
        if factor >= 1:
            return Forecast("each step leaves {kept} of every coordinate", {"kept": factor})
        steps = max(1.0, float(np.ceil(log(p.tolerance) / (2 * log(factor))))) if factor else 1.0
        return Forecast(
            "Q is diagonal: each step leaves {kept} of every coordinate, and {share} of f − f* is "
            "left after step {steps}",
            {"kept": factor, "steps": steps, "share": p.tolerance},
        )
