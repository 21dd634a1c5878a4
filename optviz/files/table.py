"""A table as it lies around: where it begins, what separates fields, what its columns are called.

Names come from the first row, or from a remark right above the rows, as `numpy.savetxt` writes
them. A number of a column is counted in the file, from 1.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from optviz.errors import BadFile
from optviz.files import delimited, limits, separators
from optviz.files.delimited import Row, extent
from optviz.files.header import has_header, kind
from optviz.notes import note

_SAMPLE = 20  # rows that are looked at before the others are read


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
    names = _remarked(written, line, separator, first)
    if not names and has_header(path, opening, headed):
        names, opening, start = _fitted(first, opening[1:]), opening[1:], line
    else:
        start, line = line - 1, line - 1 if names else 0
    if len(names) > limits.COLUMNS:
        raise BadFile(path, f"{len(names)} columns; at most {limits.COLUMNS} are read", line)
    return Opened(path, lines, separator, tuple(names), line, opening, start)


def _tidy(rows: Iterator[Row], empty: bool = False) -> Iterator[Row]:
    """The rows with single blanks within their fields and none around them."""
    for line, row in rows:
        text = "".join(row)
        if len(text.split()) == 1 and not (text[:1].isspace() or text[-1:].isspace()):
            yield line, row
        elif empty or text.strip():
            yield line, [" ".join(field.split()) for field in row]


def _without_title(path: str, opening: list[Row]) -> list[Row]:
    """The rows without those of text above a row of names that has more fields than each."""
    rows = [row for _, row in opening]
    numeric = (i for i, row in enumerate(rows) if any(kind(field) == "number" for field in row))
    first = next(numeric, 0)  # of numbers; above it are names, and units or titles
    count = max(range(first), key=lambda i: (extent(rows[i]), -i), default=0)
    if not count:
        return opening
    title, start, end = " ".join(rows[0])[:40], opening[0][0], opening[count - 1][0]
    place = f"line {start} is" if count == 1 else f"lines {start} to {end} are"
    note(f"{path}: {place} taken for a title above the table ({title!r})")
    return opening[count:]


def _fitted(names: list[str], rows: list[Row]) -> list[str]:
    """The names with "" before them where each row has a field more, as R writes names of rows."""
    longer = all(len(row) == len(names) + 1 for _, row in rows) and any(row[-1] for _, row in rows)
    return ["", *names] if longer and len(rows) > 1 else names


def _remarked(written: list[str], line: int, separator: str, first: list[str]) -> list[str]:
    """The names in a remark above the first row, in line `line`, [] if it does not hold as many."""
    width = extent(first)
    if width < 2 or any(kind(field) == "text" for field in first):
        return []
    above = (text.strip() for text in reversed(written[: line - 1]) if text.strip("#% \t"))
    remark = next(above, "")
    if not remark.startswith(delimited.REMARKS):
        return []
    content = remark.lstrip("".join(delimited.REMARKS))
    fields = next((row for _, row in _tidy(delimited.rows([content], separator, ""))), [])
    while fields and not fields[-1]:
        fields.pop()
    fields = fields if len(fields) == width else content.split()
    own = [field for field in fields if field]
    texts = own and all(kind(field) == "text" for field in own) and len(set(own)) == len(own)
    return fields if texts and len(fields) == width else []
