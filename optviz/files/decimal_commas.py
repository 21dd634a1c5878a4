"""Decimal commas: 1,5 is read as 1.5 where something else than a comma separates fields.

A table that has commas and points in its numbers is refused, and so is one in which every comma
may separate thousands.
"""

from optviz.decimals import is_comma_number, is_dressed, is_number, may_be_grouped
from optviz.errors import BadFile
from optviz.files.table import Opened
from optviz.notes import note

_Place = tuple[str, str, int]  # a field, its column, its line
REMOVE = "remove the row or the column"  # the advice on what cannot be written otherwise
_WRITE = "write numbers with a decimal point, and without separators of thousands"


class DecimalCommas:
    """The numbers of a table, field by field, with points in place of decimal commas."""

    def __init__(self, table: Opened) -> None:
        self.path = table.path
        self.possible = table.separator != "," and any("," in line for line in table.lines)
        self._comma: _Place | None = None  # the first number with a comma
        self._point: _Place | None = None  # and with a point
        self._certain = False

    def plain(self, field: str, column: str, line: int) -> str:
        """The field with a point for its decimal comma. Raises `BadFile` if the table has both."""
        if not self.possible:
            return field
        if is_comma_number(field):
            self._comma = self._comma or (field, column, line)
            self._certain = self._certain or not may_be_grouped(field)
            field = field.replace(",", ".")
        elif "." in field and is_number(field):
            self._point = self._point or (field, column, line)
        if self._comma and self._point:
            self._refuse_both(self._comma, self._point)
        return field

    def settle(self) -> None:
        """Notes that commas were read as points. Raises `BadFile` if they may be of thousands."""
        if not self._comma:
            return
        field, column, line = self._comma
        if not self._certain:
            meant = f"{field.replace(',', '.')} or {field.replace(',', '')}"
            raise BadFile(self.path, f"{column}: {field!r} may be {meant}; {_WRITE}", line)
        note(
            f"{self.path}: decimal commas are read as points ({field} is {field.replace(',', '.')})"
        )

    def _refuse_both(self, comma: _Place, point: _Place) -> None:
        places = sorted((comma, point), key=lambda place: place[2])
        (before, _, where), (field, column, line) = places
        message = f"{column}: {field!r}, but {before!r} in line {where}; {_WRITE}"
        raise BadFile(self.path, message, line)


def advice(field: str) -> str:
    """What to write in place of a field that is no number."""
    if is_comma_number(field) and not may_be_grouped(field):
        return "write a decimal point"
    return "write it plainly, as 1234.5" if is_dressed(field) else REMOVE
