"""What separates the fields of a table, judged by its first rows."""

import re

SIGNS = "\t;|,"  # those that come first win
BLANKS = " "  # any number of them, and tabs among them
_QUOTED = re.compile(r'"[^"]*"')
_SHORT = re.compile(r"[^\S\t]*+[+-]?[\d.]++[^\S\t]++[+-]?[\d.]")  # two numbers in one field
_GROUPS = re.compile(r"\s*+[+-]?\d{1,3}(?:\s\d{3})++(?:[.,]\d*+)?\s*+")


def between(lines: list[str]) -> str:
    """What stands between fields, outside of quotes, in these lines, none of which is blank.

    That is the sign in both of the first two, or in all but the first few, which may be a title; or
    blanks; or else the sign that the first line has most often.
    """
    rows = [_QUOTED.sub('""', line.strip(" ")) for line in lines]
    for sign in SIGNS:
        if rows and all(sign in row for row in rows[:2]) and not _is_between_blanks(sign, rows):
            return sign
    for sign in SIGNS:
        if _begins_late(sign, rows) and not _is_between_blanks(sign, rows):
            return sign
    if rows and _has_blanks(rows):
        return BLANKS
    return max(",;\t|", key=rows[0].count) if rows else ","


def _is_between_blanks(sign: str, rows: list[str]) -> bool:
    """Whether blanks separate fields too, as all rows then have equally many, or are padded."""
    if sign not in "\t,":
        return False
    if sign == "\t" and all(re.search(r"[;,|] *\t", row) for row in rows[:2]):
        return True  # "1,\t2": the tab is space after the comma
    counts = [len(row.split()) for row in rows]
    apart = len(rows) > 1 and min(counts) > 1 and max(counts[1:]) == min(counts[1:])
    if not apart or counts[0] not in (counts[1], counts[1] - 1):
        return False
    fields = (field for row in rows for field in row.split(sign))
    return any(_SHORT.match(field) and not _GROUPS.fullmatch(field) for field in fields)


def _begins_late(sign: str, rows: list[str]) -> bool:
    """Whether all rows have the sign but the first few, a title or R's header of one name."""
    first = next((i for i, row in enumerate(rows) if sign in row), len(rows))
    rest, others = rows[first:], [other for other in SIGNS[:-1] if other != sign]
    if first == 1 and any(other in rows[0] for other in others):
        return False
    return bool(first) and len(rest) > (first > 1) and all(sign in row for row in rest)


def _has_blanks(rows: list[str]) -> bool:
    """Whether blanks are between fields: in each of the first rows, or in all but R's header."""
    first, *others = (len(row.split()) for row in rows[:3])
    return min(others, default=first) > 1 and (first > 1 or others[0] == first + 1)
