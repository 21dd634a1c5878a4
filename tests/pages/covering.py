"""Few rows that hold every pair of values of any two factors: pairwise, or all-pairs, testing."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

Values = Mapping[str, Sequence[str]]
Row = dict[str, str]
Fits = Callable[[Row], bool]  # whether the values of a row, of some factors, go together


def rows(factors: Values, fits: Fits) -> list[Row]:
    """Rows in which every pair of values that go together occurs, found greedily.

    The same factors give the same rows: nothing is drawn by chance. The first factor is chosen
    first, so it should be the one that others depend on; every row of it must be completable.
    """
    missing = {pair: None for pair in _pairs(factors) if fits(dict(pair))}
    uses: Counter[tuple[str, str]] = Counter()
    found = []
    while missing:
        row = _row(factors, fits, missing, uses)
        for pair in combinations([(name, row[name]) for name in factors], 2):
            missing.pop(pair, None)
        uses.update(row.items())
        found.append(row)
    return found


def _pairs(factors: Values) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    for one, other in combinations(factors, 2):
        for a in factors[one]:
            yield from (((one, a), (other, b)) for b in factors[other])


def _row(
    factors: Values,
    fits: Fits,
    missing: Mapping[tuple[tuple[str, str], ...], None],
    uses: Mapping[tuple[str, str], int],
) -> Row:
    """A row with the first missing pair, and of the others as many as each factor can add."""
    row = dict(next(iter(missing)))
    for name in factors:
        if name in row:
            continue
        going = [value for value in factors[name] if fits({**row, name: value})]
        row[name] = min(
            going, key=lambda value: (-_new(row, name, value, factors, missing), uses[name, value])
        )
    return {name: row[name] for name in factors}


def _new(
    row: Row,
    name: str,
    value: str,
    factors: Values,
    missing: Mapping[tuple[tuple[str, str], ...], None],
) -> int:
    """How many missing pairs a value makes with those of the row."""
    order = list(factors)
    count = 0
    for other in row:
        pair = sorted([(other, row[other]), (name, value)], key=lambda item: order.index(item[0]))
        count += tuple(pair) in missing
    return count
