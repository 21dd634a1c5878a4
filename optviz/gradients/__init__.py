"""Gradients as the optimizer is given them: exact, noisy, sparse, of minibatches or of a log."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from optviz.arrays import Array, Ints
from optviz.arrays.random_streams import RandomStreams
from optviz.decimals import is_number
from optviz.errors import TextError
from optviz.gradients import log
from optviz.gradients._source import Query, Source
from optviz.gradients.exact import Exact
from optviz.gradients.log import Log
from optviz.objectives import Objective
from optviz.objectives.family import Family
from optviz.registry import Registry
from optviz.text.nodes import Listed
from optviz.text.settings import read_call
from optviz.text.syntax import read as parsed

__all__ = [
    "EXACT",
    "Exact",
    "Log",
    "Oracle",
    "Query",
    "RandomStreams",
    "Source",
    "oracle",
    "read",
    "registry",
]

_FILE = re.compile(r"@?+((?:[^\s():,@=.]*+\.)++[A-Za-z]\w*+)")
_VALUES = re.compile(r"\s*+([A-Za-z]\w*+)(?:\s*+=\s*+|\s++)([-+.\d][-+.,\d\s]*?)\s*")

registry: Registry[Source] = Registry("gradient", __name__, Source)  # type: ignore[type-abstract]


@dataclass(frozen=True, eq=False)
class Oracle:
    """A gradient oracle: a source, with a random stream for each row."""

    source: Source
    streams: RandomStreams

    def gradient(self, t: int, objective: Objective | Family, x: Array, grad: Array) -> Array:
        """The gradient each row is given at step t at x, where the exact one is grad."""
        return self.source.gradient(Query(t, x, grad, objective, self.streams))

    def prefetch(
        self, times: range, objective: Objective | Family
    ) -> Callable[[int, Array, Array], Array]:
        """`gradient` of t, x and grad for the steps `times`, with their numbers drawn at once."""
        if isinstance(self.source, Exact):
            return lambda _t, _x, grad: grad
        gradient, streams, first = self.source.gradient, self.streams, times.start
        numbers = self.source.numbers(np.arange(first, times.stop), objective.dim, streams)
        if numbers is None:
            return lambda t, x, grad: gradient(Query(t, x, grad, objective, streams))
        of_step = numbers
        return lambda t, x, g: gradient(Query(t, x, g, objective, streams, of_step[t - first]))

    def take(self, rows: Ints | list[int]) -> "Oracle":
        """The oracle of some of the rows."""
        return Oracle(self.source, RandomStreams(self.streams.seed[rows], self.streams.row[rows]))


def oracle(source: Source, seeds: int = 1, first: int = 0, starts: int = 1) -> Oracle:
    """The oracle of starts × seeds rows, the seeds of the first start first."""
    seed = np.tile(np.arange(first, first + seeds), starts)
    return Oracle(source, RandomStreams(seed, np.repeat(np.arange(starts), seeds)))


EXACT = oracle(Exact())


def read(text: str) -> Source:
    """The source that a text names: `noise(0.5)`, `sparse(1,0.05)`, `log(grads.csv)`.

    Raises `TextError` or `UnknownName`.
    """
    what = "gradient"
    if log.is_meant(text):
        return log.read(text)
    if advice := _advice(text):
        raise TextError(what, text, 0, advice, len(text))
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


def _advice(text: str) -> str:
    """What to write for a file, a number, or a source with its values after a blank or a sign."""
    if is_number(text):
        return f"a number; write noise({text})"
    if file := _FILE.fullmatch(text):
        return f"a file; write log({file[1]}) for a log of gradients"
    slip = _VALUES.fullmatch(text)
    known = slip and slip[1].lower() in registry.names
    return f"values stand in brackets; write {slip[1]}({slip[2]})" if slip and known else ""
