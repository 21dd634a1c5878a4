"""Arguments that all optimizers of a library have and that are no settings here.

Those of a single class are in its rule, `Rule.arguments`; those of schedules in
`schedules/_library_schedule.py`.
"""

from optviz.text.arguments import Argument

UNNAMED = ""  # key of a rule's arguments for a value without a name that is not the rate
MOMENTUM_REQUIRED = "as PyTorch says, Nesterov momentum requires a momentum and zero dampening"

_HARMLESS = Argument((None, False, True), "true, false or None is wanted")  # changes only speed
_ANY = Argument(None)
_CLIPPING = Argument((None, 0.0))  # a number is read
_SOME_DECAY = Argument((None, True), "weight decay of some coordinates alone is not drawn")
_TYPE = Argument((None, "float64"), "all numbers are float64 here")

# Settings of every rule, by the names that all classes of a library have for them.
CLIPPING: dict[str, dict[str, str]] = {
    "keras": {"clipnorm": "clip", "clipvalue": "clip_value", "global_clipnorm": "clip"}
}

# Words of ours that make a call a library's where they stand together: `SGD(lr=0.01, decay=1e-6)`.
TOGETHER: dict[str, frozenset[str]] = {"keras": frozenset({"lr", "decay"})}

LIBRARIES: dict[str, dict[str, Argument]] = {
    "torch": {
        "foreach": _HARMLESS,
        "fused": _HARMLESS,
        "capturable": _HARMLESS,
        "differentiable": _HARMLESS,
        "maximize": Argument((False,), "every path goes downhill; turn the objective's sign"),
    },
    "keras": {
        "name": _ANY,
        "jit_compile": _HARMLESS,
        "weight_decay": Argument((None,), "this rule has no weight decay in Keras"),
        "clipnorm": _CLIPPING,
        "clipvalue": _CLIPPING,
        "global_clipnorm": _CLIPPING,
        "use_ema": Argument((False,), "averaged weights are not drawn, only those that step"),
        "ema_momentum": _ANY,  # of use_ema alone, as the next
        "ema_overwrite_frequency": _ANY,
        "loss_scale_factor": _ANY,  # scales the loss, then unscales the gradient
        "gradient_accumulation_steps": Argument((None,), "a step here is one gradient"),
        "decay": Argument(
            (None, 0.0),
            "in Keras this was lr/(1 + decay·iterations); write learning_rate="
            "InverseTimeDecay(0.1,decay_steps=1,decay_rate=0.1) for that, weight_decay= for "
            "weight decay",
        ),
    },
    "optax": {
        "mask": _SOME_DECAY,
        "weight_decay_mask": _SOME_DECAY,
        "mu_dtype": _TYPE,
        "accumulator_dtype": _TYPE,
        "state_dtype": _TYPE,
    },
}
