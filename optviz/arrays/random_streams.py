"""Counter-based random numbers: those of row i of seed s at step t depend on nothing else.

Philox 4x32-10 turns a counter and a key into bits; Wichura's AS 241 turns them into normal numbers.
All of it is sums and products of single numbers, so a seed gives the same bits on every machine and
in every batch.
Sources: Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011;
Wichura, "Algorithm AS 241", Applied Statistics 37 (1988).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optviz.arrays import Array, Ints

Uint64s = NDArray[np.uint64]
_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)
_MULTIPLIERS = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_WEYL = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)


@dataclass(frozen=True, eq=False)
class RandomStreams:
    """A random stream for each row of a batch; `seed` and `row` are (batch,), integers from 0 up.

    The numbers of one step t are (batch, count); of several, t (steps,), (steps, batch, count).
    """

    seed: Ints
    row: Ints

    def uniform(self, t: int | Ints, count: int, stream: int = 0) -> Array:
        """Uniform numbers between 0 and 1, both excluded."""
        blocks = np.arange(-(-count // 2), dtype=np.uint64)
        seed, row = (np.asarray(a).astype(np.uint64)[:, None] for a in (self.seed, self.row))
        step = np.asarray(t).astype(np.uint64)
        step = step[:, None, None] if step.ndim else step
        shape = np.broadcast_shapes(step.shape, row.shape, blocks.shape)
        zero = np.zeros(shape, dtype=np.uint64)
        counter = (zero + blocks, zero + step, zero + row, zero + np.uint64(stream))
        a, b, c, d = philox(counter, (seed & _LOW, seed >> _HALF))
        bits = np.stack([(a << _HALF) | b, (c << _HALF) | d], axis=-1)
        numbers = ((bits >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53
        return np.asarray(numbers.reshape(*zero.shape[:-1], -1)[..., :count])

    def normal(self, t: int | Ints, count: int, stream: int = 0) -> Array:
        """Standard normal numbers."""
        return quantile(self.uniform(t, count, stream))

    def student(self, t: int | Ints, count: int, df: float) -> Array:
        """Numbers of Student's t with `df` degrees of freedom.

        √(df(u^(−2/df) − 1)) times the cosine of an angle (Bailey, Math. Comp. 62, 1994).
        """
        radius = df * (exp(-2.0 / df * log(self.uniform(t, count))) - 1.0)
        a, b = self.normal(t, count, 1), self.normal(t, count, 2)
        return np.asarray(np.sqrt(radius) * a / np.sqrt(a * a + b * b))


def philox(
    counter: tuple[Uint64s, Uint64s, Uint64s, Uint64s], key: tuple[Uint64s, Uint64s]
) -> tuple[Uint64s, Uint64s, Uint64s, Uint64s]:
    """Ten rounds of Philox 4x32: four words of 32 bits for each counter, as uint64."""
    a, b, c, d = counter
    k, m = key
    for _ in range(10):
        low, high = _MULTIPLIERS[0] * a, _MULTIPLIERS[1] * c
        a, b, c, d = (high >> _HALF) ^ b ^ k, high & _LOW, (low >> _HALF) ^ d ^ m, low & _LOW
        k, m = (k + _WEYL[0]) & _LOW, (m + _WEYL[1]) & _LOW
    return a, b, c, d


def quantile(p: Array) -> Array:
    """The quantile of the standard normal distribution at p, 0 < p < 1."""
    q = p - 0.5
    inner = 0.180625 - q * q
    centre = q * _ratio(inner, *_CENTRE)
    r = np.sqrt(-log(np.minimum(p, 1.0 - p)))
    tail = np.where(r <= 5.0, _ratio(r - 1.6, *_SHOULDER), _ratio(r - 5.0, *_FAR))
    return np.asarray(np.where(np.abs(q) <= 0.425, centre, np.where(q < 0, -tail, tail)))


def _ratio(r: Array, above: tuple[float, ...], below: tuple[float, ...]) -> Array:
    return _polynomial(r, above) / _polynomial(r, below)


def _polynomial(r: Array, coefficients: tuple[float, ...]) -> Array:
    """By Horner, the highest power first."""
    total = np.full_like(r, coefficients[0])
    for coefficient in coefficients[1:]:
        total = total * r + coefficient
    return total


def log(x: Array) -> Array:
    """The natural logarithm of x > 0, by 2 artanh((m − 1)/(m + 1)) of its mantissa m."""
    mantissa, power = np.frexp(x)
    small = mantissa < np.sqrt(0.5)
    mantissa, power = np.where(small, 2 * mantissa, mantissa), power - small
    s = (mantissa - 1.0) / (mantissa + 1.0)
    return np.asarray(2 * s * _polynomial(s * s, _ARTANH) + power * _LN2)


def exp(x: Array) -> Array:
    """e^x, by Taylor's series within half an octave of 0."""
    power = np.rint(x / _LN2)
    rest = x - power * _LN2_HIGH - power * (_LN2 - _LN2_HIGH + _LN2_LOW)
    return np.asarray(np.ldexp(_polynomial(rest, _TAYLOR), power.astype(np.int64)))


_LN2 = 0.6931471805599453
_LN2_HIGH, _LN2_LOW = 0.693147180369123816490, 2.3190468138462996e-17  # few bits; beyond a float
_ARTANH = tuple(1.0 / (2 * k + 1) for k in range(11, -1, -1))
_TAYLOR = tuple(1.0 / float(np.prod(np.arange(1.0, k + 1))) for k in range(14, -1, -1))
_CENTRE = (
    (2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
     13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608),
    (5226.495278852545925, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
     5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0),
)  # fmt: skip
_SHOULDER = (
    (7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177,
     1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959,
     1.42343711074968357734),
    (1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966,
     0.14810397642748007459, 0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187,
     1.0),
)  # fmt: skip
_FAR = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386,
     0.026532189526576123093, 0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699,
     6.6579046435011037772),
    (2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
     7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531,
     0.59983220655588793769, 1.0),
)  # fmt: skip
