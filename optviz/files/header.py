"""Whether the first row of a table holds the names of its columns, or numbers."""

from optviz.decimals import is_comma_number, is_dressed, is_number
from optviz.errors import BadFile
from optviz.files.delimited import Row, extent
from optviz.notes import note

_MISSING = frozenset("|na|n/a|#n/a|nan|null|none|nil|missing|?|-|--|.".split("|"))  # noqa: SIM905


def kind(field: str) -> str:
    """Whether a field is a number, in whatever form, or missing, or text."""
    if is_number(field) or is_comma_number(field) or is_dressed(field):
        return "number"
    return "missing" if field.lower() in _MISSING else "text"


def has_header(path: str, opening: list[Row], headed: bool) -> bool:
    """Whether the first row holds names. Raises `BadFile` if that cannot be decided.

    One such as 10% is a name, unless the field below it is of this form too.
    """
    line, first = opening[0]
    second = opening[1][1] if len(opening) > 1 else []
    below = [*second, *[""] * len(first)]
    kinds = [
        "text" if _is_odd(field) and not _is_odd(under) else kind(field)
        for field, under in zip(first, below, strict=False)
    ]
    texts = [i for i, word in enumerate(kinds) if word == "text"]
    if not texts:
        return _counts(path, opening)
    numbers = [field for field, word in zip(first, kinds, strict=True) if word == "number"]
    if headed or not numbers:
        return True
    odd = [i for i in texts if i < len(second) and kind(second[i]) != "text"]
    if odd and not _rise(numbers):
        message = f"{numbers[0]} is a number and {first[odd[0]]!r} is none; a header of names alone"
        raise BadFile(path, f"{message}, or a row of numbers alone, is wanted", line)
    if odd:
        note(f"{path}, line {line}: {numbers[0]}, {numbers[1]}, … are read as names of columns")
    return bool(odd)


def _is_odd(field: str) -> bool:
    return is_dressed(field) and not is_comma_number(field)


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
    first = first[: extent(first)]
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


def _has_decimals(field: str) -> bool:
    return any(sign in field.lower() for sign in ".,e")
