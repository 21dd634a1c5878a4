"""Decimal numbers as people and programs write them: ASCII digits, a point, an exponent.

`float` also accepts `1_0` and full-width digits, which are mistakes in a table. The patterns are
possessive: their time is linear in the number of digits.
"""

import re

DECIMAL = r"(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)"  # without sign and exponent
_NUMBER = re.compile(rf"[+-]?{DECIMAL}(?:[eE][+-]?[0-9]++)?")
_PLAIN = re.compile(r"[+-]?(?:nan|inf(?:inity)?)", re.I)  # as programs write them


def is_number(text: str) -> bool:
    """Whether all of `text` is a decimal number."""
    return _NUMBER.fullmatch(text) is not None


def is_float(text: str) -> bool:
    """Whether all of `text` is a decimal number, or nan or an infinity as programs write them."""
    return is_number(text) or _PLAIN.fullmatch(text) is not None
