"""Sources of gradients: what the optimizer sees of ∇f, by `--gradient`."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from optviz.arrays import Array, Ints
from optviz.arrays.random_streams import Draws
from optviz.errors import TextError
from optviz.gradients import log
from optviz.gradients._source import Place, Source
from optviz.gradients.exact import Exact
from optviz.gradients.log import Log
from optviz.objectives.family import Family
from optviz.objectives.quadratic import Quadratic
from optviz.registry import Registry
from optviz.text.settings import read_call
from optviz.text.syntax import Listed
from optviz.text.syntax import read as parsed

__all__ = [
    "EXACT",
    "Draws",
    "Exact",
    "Log",
    "Oracle",
    "Place",
    "Source",
    "oracle",
    "read",
    "registry",
]

registry: Registry[Source] = Registry("gradient", __name__, Source)  # type: ignore[type-abstract]


@dataclass(frozen=True, eq=False)
class Oracle:
    """A source and the streams of the rows that ask it."""

    source: Source
    draws: Draws

    def gradient(self, t: int, objective: Quadratic | Family, x: Array, grad: Array) -> Array:
        """What each row sees at step t, standing at x where the gradient is grad: (batch, dim)."""
        return self.source.seen(Place(t, x, grad, objective, self.draws))

    def ahead(
        self, times: range, objective: Quadratic | Family
    ) -> Callable[[int, Array, Array], Array]:
        """`gradient` of t, x and grad for the steps `times`, whose numbers are drawn at once."""
        if isinstance(self.source, Exact):
            return lambda _t, _x, grad: grad
        seen, draws, dim = self.source.seen, self.draws, objective.dim
        drawn = self.source.ahead(np.arange(times.start, times.stop), dim, draws)
        if drawn is None:
            return lambda t, x, grad: seen(Place(t, x, grad, objective, draws))
        rows = drawn
        return lambda t, x, g: seen(Place(t, x, g, objective, draws, rows[t - times.start]))

    def of(self, rows: Ints | list[int]) -> "Oracle":
        """That of some of the rows."""
        return Oracle(self.source, Draws(self.draws.seed[rows], self.draws.row[rows]))


def oracle(source: Source, seeds: int = 1, first: int = 0, starts: int = 1) -> Oracle:
    """The oracle of starts × seeds rows, the seeds of the first start first."""
    seed = np.tile(np.arange(first, first + seeds), starts)
    return Oracle(source, Draws(seed, np.repeat(np.arange(starts), seeds)))


EXACT = oracle(Exact())


def read(text: str) -> Source:
    """The source that a text names: `noise(0.5)`, `sparse(1,0.05)`, `log(grads.csv)`.

    Raises `TextError` or `UnknownName`.
    """
    what = "gradient"
    if log.is_meant(text):
        return log.read(text)
    value = parsed(what, text)
    if value.dialect:
        raise TextError(what, text, value.at, "a source such as noise(0.5) is wanted", value.length)
    kind = registry[value.name]
    if kind.many and value.unnamed:
        first, last = value.unnamed[0], value.unnamed[-1]
        if not isinstance(first, Listed):
            length = last.at + last.length - first.at
            value = replace(value, unnamed=(Listed(first.at, length, value.unnamed),))
    return read_call(what, text, kind, value)
