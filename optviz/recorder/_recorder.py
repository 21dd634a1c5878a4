"""The hooks of a block of `optviz.record`."""

from collections.abc import Callable
from functools import partial
from typing import Any

from optviz.recorder import _layers, _parameter, sampling
from optviz.recorder._curvature import Curvature
from optviz.recorder._effective_rates import rate_name
from optviz.recorder.measures import Measures, line
from optviz.recorder.writer import Writer


class Recorder:
    """What `optviz.record` gives its block: it counts the steps, and logs numbers of one's own.

    step: the steps made so far.
    """

    def __init__(
        self,
        optimizer: Any,
        writer: Writer | None,
        parts: _layers.Parts,
        *,
        every: int | None,
        quantiles: list[float],
        step: int = 0,
        curvature: Curvature | None = None,
        curvature_every: int = 1,
    ) -> None:
        self.step, self._curvature, self._curvature_every = step, curvature, curvature_every
        self._writer, self._parts, self._every, self._quantiles = writer, parts, every, quantiles
        self._name = rate_name(type(optimizer))
        self._old = dict[int, _parameter.Before]()
        self._depth = 0  # of steps within steps

    def log(self, **values: Any) -> None:
        """Writes numbers under their names, such as `loss=0.31`, at the step that was made last.

        They may be tensors of one number. Raises `BadValue` for what is no number.
        """
        if self._writer is not None:
            self._writer.log(self.step, values)

    def before(self, optimizer: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Counts the step, and keeps what it will overwrite if it is sampled.

        Returns the arguments with which the step is made: a closure computes the gradients within
        it, and what is overwritten is kept right after.
        """
        if self._depth and self._depth < _hooked_steps(type(optimizer)):
            self._depth += 1  # a step that calls that of its base class, which has the hooks too
            return None
        self._depth = 1
        if self._old:  # of a step that failed
            self._old.clear()
        if self._writer is None or _is_skipped(optimizer):
            return None
        self.step += 1
        if not (self._has_rates() or self._has_curvature()):
            return None
        keep = partial(self._keep, optimizer)
        if len(args) > 1 and args[1] is not None:
            return (args[0], _followed(args[1], keep), *args[2:]), kwargs
        if kwargs.get("closure") is not None:
            return args, {**kwargs, "closure": _followed(kwargs["closure"], keep)}
        keep()
        return None

    def _keep(self, optimizer: Any) -> None:
        """Keeps what the step will overwrite. Raises `Unfit` for complex parameters."""
        self._old.clear()
        self._parts.of(optimizer)  # raises for a new group that cannot be recorded
        for group in optimizer.param_groups:
            for p in group["params"]:
                if p.grad is not None and p.numel():
                    self._old[id(p)] = _parameter.before(p, optimizer, self._name)

    def after(self, optimizer: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Measures the effect of the step, and writes a line for each group and layer."""
        self._depth -= 1
        if self._depth > 0 or not self._old or self._writer is None:
            return
        if self._has_rates():
            self._write_rates(optimizer, self._writer)
        if self._curvature is not None and self._has_curvature():
            for fields in self._curvature.lines(optimizer, self._old):
                self._writer.write(self.step, {"curvature": fields})
        self._old.clear()

    def _has_rates(self) -> bool:
        return sampling.is_sampled(self.step, self._every)

    def _has_curvature(self) -> bool:
        curvature, every = self._curvature, self._curvature_every
        return curvature is not None and sampling.is_sampled(self.step, every)

    def _write_rates(self, optimizer: Any, writer: Writer) -> None:
        measures: dict[int, Measures] = {}
        for group in optimizer.param_groups:
            for p in group["params"]:
                if old := self._old.get(id(p)):
                    state = optimizer.state[p]
                    measures[id(p)] = _parameter.after(p, old, group, state, self._name)
        for part in self._parts.of(optimizer):
            if own := [measures[id(p)] for p in part.parameters if id(p) in measures]:
                head = {
                    "group": part.group,
                    "layer": part.layer,
                    "name": part.layer or _layers.group_name(optimizer, part.group),
                    "lr": _parameter.eta(optimizer.param_groups[part.group]),
                }
                writer.write(self.step, head | line(own, self._quantiles))


def _hooked_steps(kind: type) -> int:
    """How many classes have a step of their own that calls hooks: it may call the next one's."""
    steps = [vars(base)["step"] for base in kind.__mro__ if "step" in vars(base)]
    return max(1, sum(hasattr(step, "hooked") for step in steps))


def _followed(closure: Callable[[], Any], keep: Callable[[], None]) -> Callable[[], Any]:
    """A closure that does what `closure` does, and then calls `keep`."""

    def closure_kept() -> Any:
        loss = closure()
        keep()
        return loss

    return closure_kept


def _is_skipped(optimizer: Any) -> bool:
    """Whether this step will change nothing: a GradScaler that met an infinity tells it so."""
    found = getattr(optimizer, "found_inf", None)
    return found is not None and float(found) > 0
