"""A table as it lies around: where it begins, what separates fields, what its columns are called.

Names come from the first row, or from a remark right above the rows, as `numpy.savetxt` writes
them. A number of a column is counted in the file, from 1.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from optviz.decimals import is_comma_number, is_number
from optviz.errors import BadFile
from optviz.files import delimited, limits, separators
from optviz.files.delimited import Row
from optviz.notes import note

_SAMPLE = 20  # rows that are looked at before the others are read
_MISSING = frozenset("|na|n/a|#n/a|nan|null|none|nil|missing|?|-|--|.".split("|"))  # noqa: SIM905


@dataclass(frozen=True, eq=False)
class Opened:
    """A table with its first rows read.

    `names` are empty without a header; a column that has none is called "". `line` is that of the
    names, 0 if there are none. `opening` are the first rows below the names, `start` the line of
    `lines` where rows begin, counted from 0.
    """

    path: str
    lines: list[str]
    separator: str
    names: tuple[str, ...]
    line: int
    opening: list[Row]
    start: int

    def rows(self, empty: bool = False) -> Iterator[Row]:
        """All rows, with single blanks within their fields. Raises `BadFile` with the line.

        With `empty`, rows whose fields are all empty count too.
        """
        return _tidy(delimited.rows(self.lines, self.separator, self.path, self.start), empty)

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.names) if self.names else len(self.opening[0][1])


def kind(field: str) -> str:
    """Whether a field is a number, missing, or text."""
    if is_number(field) or is_comma_number(field):
        return "number"
    return "missing" if field.lower() in _MISSING else "text"


def opened(text: str, path: str, headed: bool = False) -> Opened:
    """The table of a text. With `headed`, a first row with any text in it holds names.

    Raises `BadFile`, which calls the file `path`, for a first row that is neither names nor
    numbers, and with the line for what cannot be split into fields.
    """
    written = delimited.split(text)
    lines, stated = delimited.bare(written)
    sample = list(islice((line for line in lines if line.strip()), _SAMPLE))
    separator = stated or separators.between(sample)
    opening = list(islice(_tidy(delimited.rows(lines, separator, path)), _SAMPLE))
    opening = _without_title(path, opening)
    if not opening:
        return Opened(path, lines, separator, (), 0, [], 0)
    line, first = opening[0]
    if _has_header(path, opening, headed):
        names, rest = _fitted(first, opening[1:]), opening[1:]
        start = line
    else:
        names, rest, start = _remarked(written, line, separator, len(first)), opening, line - 1
        line = line - 1 if names else 0
    if len(names) > limits.COLUMNS:
        raise BadFile(path, f"{len(names)} columns; at most {limits.COLUMNS} are read", line)
    return Opened(path, lines, separator, tuple(names), line, rest, start)


def _tidy(rows: Iterator[Row], empty: bool = False) -> Iterator[Row]:
    """The rows with single blanks within their fields and none around them."""
    for line, row in rows:
        text = "".join(row)
        if len(text.split()) == 1 and not (text[:1].isspace() or text[-1:].isspace()):
            yield line, row
        elif empty or text.strip():
            yield line, [" ".join(field.split()) for field in row]


def _without_title(path: str, opening: list[Row]) -> list[Row]:
    """The rows without those of one field of text above a row of names."""
    count = next((i for i, (_, row) in enumerate(opening) if sum(map(bool, row)) > 1), 0)
    titles = [row[0] for _, row in opening[:count]]
    kinds = [kind(field) for field in opening[count][1]] if opening else []
    if not count or "number" in kinds or any(kind(title) != "text" for title in titles):
        return opening
    first, last = opening[0][0], opening[count - 1][0]
    place = f"line {first} is" if first == last else f"lines {first} to {last} are"
    note(f"{path}: {place} taken for a title above the table ({titles[0][:40]!r})")
    return opening[count:]


def _has_header(path: str, opening: list[Row], headed: bool) -> bool:
    """Whether the first row holds names. Raises `BadFile` if that cannot be decided."""
    line, first = opening[0]
    texts = [i for i, field in enumerate(first) if kind(field) == "text"]
    if not texts:
        return _counts(path, opening)
    numbers = [field for field in first if kind(field) == "number"]
    if headed or not numbers:
        return True
    second = opening[1][1] if len(opening) > 1 else []
    odd = [i for i in texts if i < len(second) and kind(second[i]) != "text"]
    if odd and not _rise(numbers):
        message = f"{numbers[0]} is a number and {first[odd[0]]!r} is none; a header of names alone"
        raise BadFile(path, f"{message}, or a row of numbers alone, is wanted", line)
    if odd:
        note(f"{path}, line {line}: {numbers[0]}, {numbers[1]}, … are read as names of columns")
    return bool(odd)


def _rise(numbers: list[str]) -> bool:
    """Whether these are whole numbers, two at least, that rise by one: 0, 1 or 1990, 1991."""
    whole = len(numbers) > 1 and all(n.isdecimal() and n.isascii() for n in numbers)
    values = [int(n[:9]) for n in numbers] if whole else []
    return whole and values == list(range(values[0], values[0] + len(values)))


def _counts(path: str, opening: list[Row]) -> bool:
    """Whether a first row 0, 1, 2, … holds names, as pandas writes them for an array.

    Three such numbers hold names if the numbers below one of them have decimals, two if those
    below both have: that is how a table of floats is written, in which a 1 would be 1.0.
    """
    line, first = opening[0]
    while first and not first[-1]:
        first = first[:-1]
    names = first[1:] if first and not first[0] else first
    if len(names) < 2 or len(opening) < 2 or names != [str(i) for i in range(len(names))]:
        return False
    below = list(zip(*(row[len(first) - len(names) :] for _, row in opening[1:]), strict=False))
    decimal = [all(_has_decimals(field) for field in column) for column in below[: len(names)]]
    evident = all(decimal) if len(names) == 2 else any(decimal) or len(names) > 3
    found = evident or len(names) < len(first)
    how = "as the names of columns" if found else "as a row of numbers, not as names of columns"
    note(f"{path}, line {line}: {', '.join(names[:3])}{', …' * (len(names) > 3)} are read {how}")
    return found


def _fitted(names: list[str], rows: list[Row]) -> list[str]:
    """The names with "" before them where each row has a field more, as R writes names of rows."""
    longer = all(len(row) == len(names) + 1 for _, row in rows) and any(row[-1] for _, row in rows)
    return ["", *names] if longer and len(rows) > 1 else names


def _remarked(written: list[str], line: int, separator: str, width: int) -> list[str]:
    """The names in a remark above the row in line `line`, [] if it does not hold as many."""
    above = (text.strip() for text in reversed(written[: line - 1]) if text.strip("#% \t"))
    remark = next(above, "")
    if not remark.startswith(delimited.REMARKS):
        return []
    content = remark.lstrip("".join(delimited.REMARKS))
    fields = next((row for _, row in _tidy(delimited.rows([content], separator, ""))), [])
    fields = fields if len(fields) == width else content.split()
    own = [field for field in fields if field]
    texts = own and all(kind(field) == "text" for field in own) and len(set(own)) == len(own)
    return fields if texts and len(fields) == width else []


def _has_decimals(field: str) -> bool:
    return any(sign in field.lower() for sign in ".,e")
