"""The gradient of a few rows of a data set at a time."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from optviz.arrays import Array, Ints
from optviz.arrays.random_streams import RandomStreams
from optviz.errors import Unfit
from optviz.gradients._source import Query, Source
from optviz.objectives import Objective
from optviz.objectives.dataset import Dataset
from optviz.objectives.outputs import outputs, pulled_back
from optviz.phrases import say
from optviz.text.settings import setting

_STREAM = 3  # of the random numbers: 0 to 2 are the noise's
_BLOCK_SIZE = 2**22  # numbers that are computed at a time
_MOST = 2**28  # entries in the orders of one epoch: 1 GB


@dataclass(frozen=True)
class Minibatch(Source):
    """The gradient of the mean over m rows of the data, plus that of the whole penalty.

    Each epoch reads all rows once, in a random order of its own; where m does not divide their
    number n the last batch is smaller, as with PyTorch's DataLoader. With `replace` each batch is
    drawn from all rows.
    """

    formula = "g = Σᵦ xᵢ φ′(xᵢᵀw, yᵢ)/m + l2·w, where φ is the loss: of squares xᵢᵀw − yᵢ is φ′"
    source = "d2l 1.0.3, section 12.5; torch.utils.data.DataLoader(shuffle=True)"

    m: float = setting(..., "m", "m", "rows of a batch", "[1, inf)", whole=True)
    replace: bool = setting(False, "replace", "", "draw each batch from all rows")

    def words(self) -> str:
        return say("minibatches replaced" if self.replace else "minibatches", size=f"{self.m:g}")

    def fit(self, objective: Objective) -> None:
        data = objective.data
        if data is None:
            text = objective.text or "this objective"
            raise Unfit(f"{self} is for batches of a data set, -f @data.csv; {text} is none")
        if self.m > data.n:
            raise Unfit(f"{self}: the data set has {data.n} rows")

    def epochs(self, t: Array, data: Dataset | None) -> Array:
        if data is None:
            raise Unfit("epochs are counted in rows of the data set, and this run has lost it")
        if self.replace:
            return np.asarray(t * self.m / data.n)
        whole, rest = np.divmod(t, -(-data.n // int(self.m)))
        return np.asarray(whole + np.minimum(rest * self.m, data.n) / data.n)

    def gradient(self, query: Query) -> Array:
        data = query.objective.data
        if data is None:
            raise Unfit(f"{self}: each objective here is its own, and none has the data")
        rows, grad = self.rows(query.t, query.streams, data.n), np.empty_like(query.x)
        step = max(_BLOCK_SIZE // (rows.shape[1] * data.outputs), 1)
        for at in range(0, len(query.x), step):
            part = slice(at, at + step)
            grad[part] = _mean(data, rows if len(rows) == 1 else rows[part], query.x[part])
        return grad + data.penalty * query.x

    def rows(self, t: int, streams: RandomStreams, n: int) -> Ints:
        """The rows of the data in the batch of step t, of each stream: (batch, rows)."""
        m = int(self.m)
        if self.replace:
            return (streams.uniform(t, m, _STREAM) * n).astype(np.int64)
        epoch, at = divmod(t - 1, -(-n // m))
        seed, row = (np.asarray(part, dtype=np.int64) for part in (streams.seed, streams.row))
        order = _orders(seed.tobytes(), row.tobytes(), epoch, n)
        return order[:, at * m : (at + 1) * m]


def _mean(data: Dataset, rows: Ints, w: Array) -> Array:
    """The mean of the rows' gradients at each row of w: rows (batch or 1, |B|), w (batch, dim)."""
    columns, targets = [np.take(column, rows) for column in data.columns], np.take(data.y, rows)
    z = outputs(columns, w, data.loss.start(targets))
    return pulled_back(columns, data.loss.slope(z, targets))


@lru_cache(maxsize=1)
def _orders(seed: bytes, row: bytes, epoch: int, n: int) -> Ints:
    """The order of the n rows in an epoch, of each stream: (batch, n).

    Kept for the steps of that epoch. Raises `Unfit` for more than memory should hold.
    """
    seeds, rows = np.frombuffer(seed, dtype=np.int64), np.frombuffer(row, dtype=np.int64)
    if len(seeds) * n > _MOST:
        raise Unfit(f"{len(seeds)} orders of {n} rows are too many; fewer seeds, or replace=true")
    orders = np.empty((len(seeds), n), dtype=np.int32)
    step = max(_BLOCK_SIZE // n, 1)
    for at in range(0, len(seeds), step):
        part = slice(at, at + step)
        numbers = RandomStreams(seeds[part], rows[part]).uniform(epoch, n, _STREAM)
        orders[part] = np.argsort(numbers, axis=1, kind="stable")
    orders.flags.writeable = False
    return orders  # type: ignore[return-value]  # int32 is an integer as well
