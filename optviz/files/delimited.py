"""Tables as text: fields between commas, semicolons, tabs or blanks, one row a line.

Blank lines and lines that begin with `#` are no rows. Each row comes with the number of the line
where it ends, for the errors of whoever reads its fields.
"""

import re
from collections.abc import Iterator
from itertools import islice

from optviz.errors import BadFile

Row = tuple[int, list[str]]  # the line where it ends, its fields


def lines(text: str) -> list[str]:
    """The lines of a text; comments are emptied and not dropped, so that numbers of lines hold."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if "#" not in text:
        return lines
    return ["" if line.lstrip().startswith("#") else line for line in lines]


def separator(lines: list[str], blanks: bool = False) -> str:
    """What stands between fields in both of the first two rows, outside of quotes.

    `blanks` allows a space: any number of blanks then separates two fields.
    """
    rows = (re.sub(r'"[^"]*"', '""', line.strip(" ")) for line in lines if line.strip())
    opening = list(islice(rows, 2))
    for sign in "\t;,":
        if opening and all(sign in row for row in opening):
            return sign
    if blanks:
        return " " if any(re.search(r"\s", row) for row in opening) else ","
    return max(",;\t", key=opening[0].count) if opening else ","  # the second row is broken off


def rows(lines: list[str], separator: str, path: str) -> Iterator[Row]:
    """The rows that are not blank. Raises `BadFile`, which calls the file `path`, with the line."""
    import csv

    bare = (f"{line.strip(' ')}\n" for line in lines)
    reader = csv.reader(bare, delimiter=separator, skipinitialspace=True)
    try:
        for row in reader:
            if len(row) > 1 or "".join(row).strip():
                yield reader.line_num, row
    except csv.Error as error:
        raise BadFile(path, str(error), reader.line_num) from None
