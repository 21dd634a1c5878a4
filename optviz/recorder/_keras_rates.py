"""The effective rate of each entry of a Keras optimizer, from the state that a step left.

The equations are those of `keras/src/optimizers/*.py` of Keras 3.15: what multiplies the gradient,
or its bias-corrected mean, entry by entry, in double precision. One more optimizer is one function
and its entry in `RULES`, under the name of its class.
"""

from math import sqrt

import numpy as np

from optviz.recorder._rules import Leaf, Rate, Rule


def sgd(s: Leaf) -> Rate:
    """η; with momentum it multiplies the velocity."""
    return s.eta


def adagrad(s: Leaf) -> Rate:
    """η/√(G + ε)."""
    return s.eta / np.sqrt(s.buffers["accumulator"] + s.number("epsilon"))


def rmsprop(s: Leaf) -> Rate:
    """η/√(v + ε), of the centered form v − m² in place of v."""
    v, m = s.buffers["velocity"], s.buffers.get("average_gradient", np.zeros(()))
    return s.eta / np.sqrt(v - m**2 + s.number("epsilon"))


def adam(s: Leaf) -> Rate:
    """η·√(1 − β₂ᵗ)/(√v + ε); AMSGrad's v is the largest so far."""
    v = s.buffers["velocity_hat" if s.settings.get("amsgrad") else "velocity"]
    eta = s.eta * sqrt(1 - s.number("beta_2") ** s.t)
    return eta / (np.sqrt(v) + s.number("epsilon"))


def nadam(s: Leaf) -> Rate:
    """η/(√v̂ + ε)."""
    return s.eta / (np.sqrt(s.hat(s.buffers["velocity"], "beta_2")) + s.number("epsilon"))


def adamax(s: Leaf) -> Rate:
    """η/(u + ε)."""
    return s.eta / (s.buffers["norm"] + s.number("epsilon"))


_ADAM = Rule(adam, ("velocity", "velocity_hat"), "velocity")
RULES = {
    "SGD": Rule(sgd),
    "Adagrad": Rule(adagrad, ("accumulator",), "accumulator", "initial_accumulator_value"),
    "RMSprop": Rule(rmsprop, ("velocity", "average_gradient"), "velocity"),
    "Adam": _ADAM,
    "AdamW": _ADAM,
    "Nadam": Rule(nadam, ("velocity",), "velocity"),
    "Adamax": Rule(adamax, ("norm",), "norm"),
}
