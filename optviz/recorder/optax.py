"""Logs the effective learning rates of an optax optimizer while a JAX loop runs.

    from optviz.recorder.optax import recorded
    optimizer = recorded(optax.adamw, "run.jsonl")(learning_rate=schedule, weight_decay=0.1)

The loop stays as it is, jitted or not; `optviz plot rates run.jsonl` draws the log.
"""

from collections.abc import Callable, Sequence
from functools import partial, wraps
from inspect import signature
from os import PathLike
from typing import Any, NamedTuple

from optviz.errors import WorldError
from optviz.recorder import _layers, sampling
from optviz.recorder._array_log import ArrayLog
from optviz.recorder._optax_rates import RULES
from optviz.recorder.writer import QUANTILES

try:
    import jax
    import optax

    from optviz.recorder._optax_steps import Step, Steps, names
except ImportError as missing:
    reason = "it is not installed; pip install 'optviz[optax]'"
    raise WorldError("import", str(missing.name), reason) from None


class RecordedState(NamedTuple):
    """The state of a recorded optimizer: the steps made, and the optimizer's own state."""

    step: Any
    inner: Any


def recorded(
    optimizer: Any,
    path: str | PathLike[str],
    *,
    every: int | None = None,
    layers: Sequence[str] | None = None,
    quantiles: Sequence[float] = QUANTILES,
    resume: int | None = None,
) -> Any:
    """An optax optimizer that logs its steps as jsonl in `path`, as `optviz.record` does.

    optimizer: a function such as `optax.adamw`; the answer takes its arguments, and stands wherever
    its transformation would, also within `optax.chain` behind clipping. Of a transformation that
    is made already, and of functions whose equation is not known, the rates are realised ratios
    −Δp/g, and the first line says so. Known are sgd, adagrad, rmsprop, adam, adamw, nadam, nadamw,
    amsgrad, adabelief, adamax, adamaxw and radam.

    layers: patterns of names such as "params.Dense_0" or "*.kernel", for lines of their own. every,
    quantiles and resume are those of `optviz.record`. `update(…, value=loss)` logs the loss of the
    recorded steps. Gradients are those that reach this optimizer. The log begins anew with a state
    whose steps do.

    The updates are passed on as they are, and numbers leave the device at recorded steps alone;
    `jax.effects_barrier()` waits until all are written. Raises `WorldError` for a path that cannot
    be written, `BadValue` for other keywords that are wrong, and, from `init`, `UnknownName` for a
    pattern that matches nothing.
    """
    sampling.check(every, quantiles)
    log = partial(ArrayLog, path, every=every, layers=layers, quantiles=quantiles, resume=resume)
    if isinstance(optimizer, optax.GradientTransformation):
        return _transformation(optimizer, "", {}, log)

    @wraps(optimizer)
    def made(*args: Any, **kwargs: Any) -> Any:
        bound = signature(optimizer).bind(*args, **kwargs)
        bound.apply_defaults()
        return _transformation(optimizer(*args, **kwargs), _name(optimizer), bound.arguments, log)

    return made


def _name(optimizer: Any) -> str:
    """The name of a function of optax, such as nadam, which is a partial one."""
    own = (name for name in dir(optax) if getattr(optax, name) is optimizer)
    inner = optimizer.func if isinstance(optimizer, partial) else optimizer
    return next(own, getattr(inner, "__name__", type(optimizer).__name__))


def _transformation(
    inner: Any, name: str, settings: dict[str, Any], opened: Callable[..., ArrayLog]
) -> Any:
    """The transformation that does what `inner` does, and logs it."""
    known = name in RULES and settings.get("learning_rate") is not None
    numbers = {k: v for k, v in settings.items() if v is None or isinstance(v, bool | int | float)}
    log = opened(optimizer=name, settings=numbers, effective=known)
    steps = Steps(log, RULES[name] if known else None, settings)
    inner = optax.with_extra_args_support(inner)

    def init(params: Any) -> RecordedState:
        _layers.check(log.layers, dict(enumerate(names(params))))
        return RecordedState(jax.numpy.zeros((), "int32"), inner.init(params))

    def update(grads: Any, state: RecordedState, params: Any = None, **extra: Any) -> Any:
        updates, after = inner.update(grads, state.inner, params, **extra)
        step = Step(state.step + 1, grads, updates, params, after, extra.get("value"))
        _when(steps.is_sampled(step.number), partial(steps.measure, step))
        return updates, RecordedState(step.number, after)

    return optax.GradientTransformationExtraArgs(init, update)


def _when(condition: Any, write: Callable[[], None]) -> None:
    """Calls `write` if the condition holds, which may be a traced one."""
    if isinstance(condition, jax.core.Tracer):
        jax.lax.cond(condition, write, lambda: None)
    elif condition:
        write()
