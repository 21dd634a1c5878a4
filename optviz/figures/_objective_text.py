"""An objective as titles and descriptions have it."""

from optviz.objectives import Objective


def objective_text(f: Objective, latex: bool = True) -> str:
    """`f(x) = 0.1x₁² + 2x₂²`, its formula in LaTeX between dollars or in Unicode."""
    return f"${f.formula('latex')}$" if latex else f.formula("plain")
