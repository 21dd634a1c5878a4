"""The effective rate of each entry of an optax optimizer, from the state that a step left.

The equations are those of `optax/_src/transform.py` of optax 0.2.8: what multiplies the gradient,
or its bias-corrected mean, entry by entry, in double precision. One more optimizer is one function
and its entry in `RULES`, under the name of the function of optax.
"""

from math import sqrt

import numpy as np

from optviz.recorder._rules import Leaf, Rate, Rule


def sgd(s: Leaf) -> Rate:
    """η; with momentum it multiplies the trace."""
    return s.eta


def adagrad(s: Leaf) -> Rate:
    """η/√(G + ε)."""
    return s.eta / np.sqrt(s.buffers["sum_of_squares"] + s.number("eps"))


def rmsprop(s: Leaf) -> Rate:
    """η/√(v + ε), or η/(√v + ε) without eps_in_sqrt; the centered form has v − m² for v."""
    v, m = s.buffers["nu"], s.buffers.get("mu", np.zeros(()))
    if s.settings.get("bias_correction"):
        v, m = s.hat(v, "decay"), s.hat(m, "decay")
    v, eps = v - m**2, s.number("eps")
    return s.eta / (np.sqrt(v + eps) if s.settings.get("eps_in_sqrt", True) else np.sqrt(v) + eps)


def adam(s: Leaf) -> Rate:
    """η/(√(v̂ + ε₀) + ε)."""
    root = np.sqrt(s.hat(s.buffers["nu"], "b2") + s.number("eps_root"))
    return s.eta / (root + s.number("eps"))


def amsgrad(s: Leaf) -> Rate:
    """η/(√(v + ε₀) + ε) of the largest v̂ so far."""
    return s.eta / (np.sqrt(s.buffers["nu_max"] + s.number("eps_root")) + s.number("eps"))


def adabelief(s: Leaf) -> Rate:
    """η/(√v̂ + ε), v of deviations from the mean gradient."""
    return s.eta / (np.sqrt(s.hat(s.buffers["nu"], "b2")) + s.number("eps"))


def adamax(s: Leaf) -> Rate:
    """η/u."""
    return s.eta / s.buffers["nu"]


def radam(s: Leaf) -> Rate:
    """r·η/(√(v̂ + ε₀) + ε) once ρ reaches its threshold, η before."""
    beta2 = s.number("b2")
    most = 2 / (1 - beta2) - 1
    rho = most - 2 * s.t * beta2**s.t / (1 - beta2**s.t)
    if rho < s.number("threshold"):
        return s.eta
    r = sqrt((rho - 4) * (rho - 2) * most / ((most - 4) * (most - 2) * rho))
    return r * adam(s)


_ADAM = Rule(adam, ("nu",), "nu")
RULES = {
    "sgd": Rule(sgd),
    "adagrad": Rule(adagrad, ("sum_of_squares",), "sum_of_squares", "initial_accumulator_value"),
    "rmsprop": Rule(rmsprop, ("nu", "mu"), "nu", "initial_scale"),
    "adam": _ADAM,
    "adamw": _ADAM,
    "nadam": _ADAM,
    "nadamw": _ADAM,
    "amsgrad": Rule(amsgrad, ("nu_max",), "nu_max"),
    "adabelief": Rule(adabelief, ("nu",)),
    "adamax": Rule(adamax, ("nu",), "nu", "eps"),
    "adamaxw": Rule(adamax, ("nu",), "nu", "eps"),
    "radam": Rule(radam, ("nu",), "nu"),
}
