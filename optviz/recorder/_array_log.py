"""The log of an optimizer that is none of PyTorch: its steps come as numbers, array by array."""

import atexit
from collections.abc import Callable, Mapping, Sequence
from math import nan
from os import PathLike
from typing import Any, NamedTuple

import numpy as np

from optviz.arrays import Array, Bools
from optviz.recorder import sampling
from optviz.recorder._layers import layer_of
from optviz.recorder.measures import Measures, line, rounded
from optviz.recorder.writer import Writer


class Entry(NamedTuple):
    """The effect of a step on one array of parameters.

    rate (n,): of the sampled entries, or one for all. norms: of gradient, update and value, nan
    where unknown. touched (n,): which of the sampled entries ever had a gradient.
    """

    name: str
    size: int
    rate: Array | float
    touched: Bools | None = None
    norms: tuple[float, ...] = (nan, nan, nan)

    @property
    def measures(self) -> Measures:
        """The same, with a rate for each sampled entry."""
        count = len(range(self.size)[sampling.entries(self.size)])
        grad, update, value = self.norms
        rate = np.broadcast_to(np.asarray(self.rate, float), (count,))
        return Measures(self.size, rate, (grad, update, value), self.touched)


class ArrayLog:
    """A log with one parameter group, and the chosen layers within it.

    It begins anew if its steps do. Raises `WorldError` for a path that cannot be written.
    """

    def __init__(
        self,
        path: str | PathLike[str],
        *,
        optimizer: str,
        settings: Mapping[str, Any],
        effective: bool,
        every: int | None,
        quantiles: Sequence[float],
        layers: Sequence[str] | None,
        resume: int | None = None,
    ) -> None:
        self._quantiles = sorted({float(level) for level in quantiles})
        self.every, self.layers, self._last = every, layers, resume or 0

        def opened(resume: int | None) -> Writer:
            return Writer(
                path,
                optimizer=optimizer,
                settings=settings,
                effective=effective,
                every=every,
                quantiles=self._quantiles,
                resume=resume,
            )

        self._opened: Callable[[int | None], Writer] = opened
        self._writer = opened(resume)
        atexit.register(self.close)  # of a training that has no end of its own

    def write(self, step: int, eta: float | None, entries: Sequence[Entry]) -> bool:
        """Writes a line of all, then one a layer; False for a step that does not follow the last.

        Such steps come from several trainings at once, as of `jax.vmap`: the first one is logged.
        """
        if step <= self._last and not self._begins_anew(step):
            return False
        self._last = step
        within: dict[str | None, list[Measures]] = {None: [entry.measures for entry in entries]}
        for entry in entries:
            if name := layer_of(entry.name, self.layers or ()):
                within.setdefault(name, []).append(entry.measures)
        for layer, measures in within.items():
            head = {"group": 0, "layer": layer, "name": layer or "all parameters"}
            rate = None if eta is None else rounded(eta)
            self._writer.write(step, {**head, "lr": rate, **line(measures, self._quantiles)})
        return True

    def numbers(self, step: int, values: Mapping[str, Any]) -> None:
        """Writes numbers by their names."""
        self._writer.log(step, values)

    def close(self) -> None:
        """Closes the file."""
        atexit.unregister(self.close)
        self._writer.close()

    def _begins_anew(self, step: int) -> bool:
        if step > 1 or self._last == 1:
            return False
        self._writer.close()
        self._writer = self._opened(None)
        return True
