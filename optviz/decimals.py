"""Decimal numbers as people and programs write them: ASCII digits, a point, an exponent.

`float` also accepts `1_0` and full-width digits, which are mistakes in a table. The patterns are
possessive: their time is linear in the number of digits.
"""

import re

DECIMAL = r"(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)"  # without sign and exponent
_NUMBER = re.compile(rf"[+-]?{DECIMAL}(?:[eE][+-]?[0-9]++)?")
_COMMA = re.compile(r"[+-]?(?:[0-9]++,[0-9]*+|,[0-9]++)(?:[eE][+-]?[0-9]++)?")
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:[,.'’ ][0-9]{3})+(?:[.,][0-9]*+)?")
_DRESSED = re.compile(r"[+\-−]?[$€£¥]?[0-9][0-9.,'’ ]*+(?:[dDeE][+\-−]?[0-9]++)?(?: ?[%$€£¥])?")
_PLAIN = re.compile(r"[+-]?(?:nan|inf(?:inity)?)", re.I)  # as programs write them


def is_number(text: str) -> bool:
    """Whether all of `text` is a decimal number."""
    return _NUMBER.fullmatch(text) is not None


def is_float(text: str) -> bool:
    """Whether all of `text` is a decimal number, or nan or an infinity as programs write them."""
    return is_number(text) or _PLAIN.fullmatch(text) is not None


def is_comma_number(text: str) -> bool:
    """Whether all of `text` is a decimal number with a comma in place of its point: 1,5."""
    return _COMMA.fullmatch(text) is not None


def may_be_grouped(text: str) -> bool:
    """Whether `text` is, or could be, a number with separators of thousands: 1,234 or 1.234,5."""
    return _GROUPED.fullmatch(text) is not None


def is_dressed(text: str) -> bool:
    """Whether `text` is a number for a reader, in a form that is none here: 5%, $1,200, 1.0D+00."""
    return not is_number(text) and _DRESSED.fullmatch(text) is not None
