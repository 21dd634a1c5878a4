"""Decimal numbers as people and programs write them: ASCII digits, a point, an exponent.

`float` also takes `1_0` and full-width digits, which in a table are mistakes and no numbers. The
pattern never goes back on what it has read: the time goes with the number of digits.
"""

import re

DECIMAL = r"(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)"  # without sign and exponent
_NUMBER = re.compile(rf"[+-]?{DECIMAL}(?:[eE][+-]?[0-9]++)?")
_PLAIN = re.compile(r"[+-]?(?:nan|inf(?:inity)?)", re.I)  # what programs write of lost numbers


def is_number(text: str) -> bool:
    """Whether all of `text` is a decimal number."""
    return _NUMBER.fullmatch(text) is not None


def is_float(text: str) -> bool:
    """Whether all of `text` is a decimal number, or nan or an infinity as programs write them."""
    return is_number(text) or _PLAIN.fullmatch(text) is not None
