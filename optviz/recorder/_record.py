"""`optviz.record`: hooks that measure sampled steps of an optimizer and log them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from os import PathLike, fspath
from pathlib import Path
from typing import IO, Any

from optviz import files
from optviz.errors import BadValue, Unfit, WorldError
from optviz.recorder import _effective_rates, _layers, _measure

VERSION = 1  # of the log, as of trajectories in jsonl
EVERY, FIRST = 50, (1, 2, 5, 10, 20)  # the default sampling: fixed, so that logs compare
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@contextmanager
def record(
    optimizer: Any,
    path: str | PathLike[str],
    *,
    every: int | None = None,
    layers: Sequence[str] | None = None,
    model: Any = None,
    named_parameters: Iterable[tuple[str, Any]] | None = None,
    quantiles: Sequence[float] = QUANTILES,
) -> Iterator[None]:
    """Records the steps that a `torch.optim.Optimizer` makes in the block, as jsonl in `path`.

    `optviz plot rates PATH` draws the log. Its first line has the metadata; each further one has,
    of one parameter group or layer after one step: `step` (counted from 1 in the block), `group`,
    `layer` (null: all of the group), `lr` (the group's learning rate at that step, which a schedule
    may change), `entries`, `rate` (quantiles of the effective rate over the entries), and the norms
    `grad`, `update` (‖Δp‖) and `parameter`. Where the state of the optimizer has no effective
    rate, `rate` of the first line is "realised" and the rates are −Δp/g. A group that is added to
    the optimizer is recorded from then on.

    every: record step 1 and every n-th step; the default is 1, 2, 5, 10, 20 and every 50th,
    which costs a few percent of the steps of a small network. layers: patterns such as "conv*" or
    "fc2.weight" that choose modules, or parameters, for lines of their own; their names are
    those of `model`, of `named_parameters`, or the optimizer's own. For the quantiles at most 4096
    entries of a tensor are sampled, evenly spread; norms are of all entries.

    The training itself is unchanged bit by bit. Each line is written at once, so the log survives
    whatever ends the block. Raises `WorldError` for a path that cannot be
    written or where PyTorch is missing; `BadValue`, `UnknownName` or `Unfit` for what cannot be
    recorded: LBFGS, and steps with a closure.

    >>> import torch
    >>> model = torch.nn.Linear(3, 1)
    >>> optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
    >>> with optviz.record(optimizer, "adam.jsonl"):
    ...     for _ in range(5):
    ...         optimizer.zero_grad()
    ...         model(torch.ones(2, 3)).sum().backward()
    ...         optimizer.step()
    """
    _check(optimizer, every, quantiles)
    levels = sorted({float(level) for level in quantiles})
    names = _layers.names_of(optimizer, model, named_parameters)
    _layers.check(layers, names)
    parts = _layers.Parts(layers, names)
    parts.of(optimizer)  # refuses what cannot be recorded, before there is a file
    with _opened(fspath(path)) as stream:
        recorder = _Recorder(optimizer, stream, parts, every, levels)
        handles = [
            optimizer.register_step_pre_hook(recorder.before),
            optimizer.register_step_post_hook(recorder.after),
        ]
        try:
            yield
        finally:
            for handle in handles:
                handle.remove()


def _check(optimizer: Any, every: int | None, quantiles: Sequence[float]) -> None:
    try:
        import torch
    except ImportError:
        reason = "it is not installed; pip install 'optviz[torch]'"
        raise WorldError("import", "torch", reason) from None
    if not isinstance(optimizer, torch.optim.Optimizer):
        kind = type(optimizer).__name__
        raise BadValue("optimizer", kind, "a torch.optim.Optimizer is wanted")
    if isinstance(optimizer, torch.optim.LBFGS):
        raise Unfit("LBFGS makes many steps within one; record wants an optimizer that makes one")
    if every is not None and every < 1:
        raise BadValue("every", every, "1 or more is wanted")
    if 0.5 not in quantiles or not all(0 <= level <= 1 for level in quantiles):
        raise BadValue(
            "quantiles", quantiles, "shares from 0 to 1, with the median 0.5, are wanted"
        )


def _opened(path: str) -> IO[str]:
    """The file, flushed after every line. Raises `WorldError`."""
    files.place(path, binary=False)  # refuses folders, impossible names, missing permission
    with files.telling("write", path):
        return Path(path).open("w", encoding="utf-8", newline="\n", buffering=1)


class _Recorder:
    """The hooks of one block, and their state from step to step."""

    def __init__(
        self,
        optimizer: Any,
        stream: IO[str],
        parts: _layers.Parts,
        every: int | None,
        quantiles: list[float],
    ) -> None:
        self.stream, self.parts, self.every, self.quantiles = stream, parts, every, quantiles
        self.name = _effective_rates.rate_name(type(optimizer))
        self.t, self.old = 0, dict[int, _measure.Before]()
        settings = {key: _json_value(value) for key, value in optimizer.defaults.items()}
        self._write(
            {
                "optviz": VERSION,
                "kind": "training",
                "optimizer": type(optimizer).__name__,
                "settings": settings,
                "rate": "effective" if self.name else "realised",
                "every": every,
                "quantiles": quantiles,
            }
        )

    def _is_sampled(self) -> bool:
        if self.every is not None:
            return self.t == 1 or self.t % self.every == 0
        return self.t % EVERY == 0 or self.t in FIRST

    def before(self, optimizer: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Counts the step, and keeps what it will overwrite if it is sampled."""
        self.t += 1
        self.old.clear()  # of a step that failed
        if not self._is_sampled():
            return
        if any(value is not None for value in (*args[1:], *kwargs.values())):
            raise Unfit("step(closure) cannot be recorded; call the closure before a step()")
        self.parts.of(optimizer)  # raises for a new group that cannot be recorded
        for group in optimizer.param_groups:
            for p in group["params"]:
                if p.grad is not None and p.numel():
                    self.old[id(p)] = _measure.before(p, optimizer, self.name)

    def after(self, optimizer: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Measures the effect of the step, and writes a line for each group and layer."""
        if not self.old:
            return
        effects: dict[int, _measure.After] = {}
        for group in optimizer.param_groups:
            for p in group["params"]:
                if old := self.old.get(id(p)):
                    effects[id(p)] = _measure.after(p, old, group, optimizer.state[p], self.name)
        self.old.clear()
        for part in self.parts.of(optimizer):
            if part_effects := [effects[id(p)] for p in part.parameters if id(p) in effects]:
                name = part.layer or _layers.group_name(optimizer, part.group)
                eta = _measure.eta(optimizer.param_groups[part.group])
                head = {
                    "step": self.t,
                    "group": part.group,
                    "layer": part.layer,
                    "name": name,
                    "lr": eta,
                }
                self._write(head | _measure.line(part_effects, self.quantiles))

    def _write(self, fields: dict[str, Any]) -> None:
        with files.telling("write", self.stream.name):
            self.stream.write(json.dumps(fields, allow_nan=False) + "\n")


def _json_value(value: Any) -> Any:
    """A setting as a JSON value: a tensor as a number, other objects as their text."""
    if isinstance(value, tuple | list):
        return [_json_value(part) for part in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return float(value) if hasattr(value, "item") else str(value)
