"""Logs the effective learning rates of a Keras optimizer during `fit`, with PyTorch below.

    from optviz.recorder.keras import Recorder
    model.fit(x, y, callbacks=[Recorder("run.jsonl")])

`optviz plot rates run.jsonl` draws the log.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import nan
from os import PathLike
from typing import Any

import numpy as np

from optviz.arrays import Array, Bools
from optviz.errors import BadValue, Unfit, WorldError
from optviz.recorder import _layers, sampling
from optviz.recorder._array_log import ArrayLog, Entry
from optviz.recorder._keras_rates import RULES
from optviz.recorder._rules import Leaf
from optviz.recorder.writer import QUANTILES

try:
    import keras
except ImportError:
    reason = "it is not installed; pip install 'optviz[keras]'"
    raise WorldError("import", "keras", reason) from None


class Recorder(keras.callbacks.Callback):
    """A callback of `fit` that logs its steps as jsonl in `path`, as `optviz.record` does.

    layers: patterns of names such as "dense_1" or "*.kernel", for lines of their own. every and
    quantiles are those of `optviz.record`. What Keras shows, such as the loss of the epoch so far,
    is logged at the recorded steps. Steps are counted as the optimizer does, and a second `fit`
    continues the log; resume: so does the first, after so many steps. Rates are those of SGD,
    Adagrad, RMSprop, Adam, AdamW, Nadam and Adamax; of other classes they are −Δp/g, and the first
    line says so. Gradients are as they are before Keras clips them; where it accumulates them, the
    log has none.

    Raises, when `fit` begins, `WorldError` for a path that cannot be written, `BadValue` and
    `UnknownName` for keywords that are wrong, and `Unfit` for another backend than PyTorch and for
    scaled losses.
    """

    def __init__(
        self,
        path: str | PathLike[str],
        *,
        every: int | None = None,
        layers: Sequence[str] | None = None,
        quantiles: Sequence[float] = QUANTILES,
        resume: int | None = None,
    ) -> None:
        super().__init__()
        sampling.check(every, quantiles)
        self._opened: Callable[..., ArrayLog] = partial(
            ArrayLog, path, every=every, layers=layers, quantiles=quantiles
        )
        self._every, self._layers, self._resume = every, layers, resume
        self._log: ArrayLog | None = None
        self._values: dict[str, Any] = {}
        self._step, self._eta = 0, nan

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        optimizer = self.model.optimizer
        _check(optimizer)
        _layers.check(self._layers, dict(enumerate(_names(self.model).values())))
        config = optimizer.get_config()
        self._log = self._opened(
            optimizer=type(optimizer).__name__,
            settings={k: _short(v) for k, v in config.items() if isinstance(v, bool | int | float)},
            effective=type(optimizer).__name__ in RULES,
            resume=self._resume,
        )

    def on_train_batch_begin(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        self._step, self._values = _steps(self.model.optimizer) + 1, {}
        if sampling.is_sampled(self._step, self._every):
            self._eta = _short(float(self.model.optimizer.learning_rate))
            variables = self.model.trainable_variables
            self._values = {each.path: each.value.detach().clone() for each in variables}

    def on_train_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        step = _steps(self.model.optimizer)
        if self._log is None or not self._values or step != self._step:
            return  # the last: of a step whose gradients are still accumulated
        names, rates = _names(self.model), _Rates(self.model.optimizer, self._eta, step)
        entries = [
            rates.entry(names[variable.path], variable, self._values[variable.path])
            for variable in self.model.trainable_variables
            if variable.value.grad is not None and variable.path in self._values
        ]
        if self._log.write(step, self._eta, entries) and logs:
            self._log.numbers(step, logs)

    def on_train_end(self, logs: Mapping[str, Any] | None = None) -> None:
        if self._log is not None:
            self._log.close()
            self._log, self._resume = None, _steps(self.model.optimizer)


class _Rates:
    """Measures the variables after a step of their optimizer."""

    def __init__(self, optimizer: Any, eta: float, step: int) -> None:
        self._rule, self._step = RULES.get(type(optimizer).__name__), step
        self._settings = optimizer.get_config() | {"learning_rate": eta}
        self._state = {each.name: each.value for each in optimizer.variables}
        self._accumulated = (optimizer.gradient_accumulation_steps or 1) > 1

    def entry(self, name: str, variable: Any, before: Any) -> Entry:
        """The rates and norms of a variable with the value `before` the step."""
        value = variable.value.detach()
        update, grad = value - before, variable.value.grad
        rate, touched = self._rate(variable, update, grad)
        gradient = nan if self._accumulated else float(grad.norm())
        norms = gradient, float(update.norm()), float(value.norm())
        return Entry(name, value.numel(), rate, touched, norms)

    @np.errstate(all="ignore")
    def _rate(self, variable: Any, update: Any, grad: Any) -> tuple[Array | float, Bools | None]:
        if self._rule is None:
            ratio = -_sampled(update) / _sampled(grad)
            return nan if self._accumulated else ratio, None
        names = {f"{variable.path.replace('/', '_')}_{name}": name for name in self._rule.buffers}
        own = {short: _sampled(self._state[n]) for n, short in names.items() if n in self._state}
        leaf = Leaf(self._settings, self._step, own)
        return self._rule.rate(leaf), self._rule.touched(leaf)


def _sampled(tensor: Any) -> Array:
    """Some entries of a tensor: (n,)."""
    flat = tensor.detach().reshape(-1)[sampling.entries(tensor.numel())]
    return np.asarray(flat.cpu().double().numpy())


def _check(optimizer: Any) -> None:
    """Raises `Unfit` or `BadValue` for what cannot be recorded."""
    if optimizer is None:
        raise BadValue("optimizer", None, "compile the model with one")
    if keras.backend.backend() != "torch":
        name = keras.backend.backend()
        advice = "set KERAS_BACKEND=torch; a JAX loop has optviz.recorder.optax"
        raise Unfit(f"Keras runs on {name} here, and shows no steps there; {advice}")
    if hasattr(optimizer, "inner_optimizer"):
        raise Unfit("gradients of a scaled loss (LossScaleOptimizer) cannot be recorded")


def _names(model: Any) -> dict[str, str]:
    """The name of each variable, such as dense_1.kernel, by its path."""
    paths = [variable.path for variable in model.trainable_variables]
    stem = f"{model.name}/"
    shared = all(path.startswith(stem) for path in paths)
    return {path: path.removeprefix(stem if shared else "").replace("/", ".") for path in paths}


def _steps(optimizer: Any) -> int:
    """The steps that an optimizer has made."""
    return int(optimizer.iterations)


def _short(value: Any) -> Any:
    """The decimal number that a float32 stands for: 0.01, not 0.009999999776."""
    return float(str(np.float32(value))) if isinstance(value, float) else value
