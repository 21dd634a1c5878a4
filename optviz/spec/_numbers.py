"""Numbers with commas between, as people type them."""

from optviz.errors import BadValue
from optviz.text.decimals import is_number


def numbers(what: str, text: str) -> list[float]:
    """Finite numbers separated by commas, brackets around them or not. Raises `BadValue`."""
    bare = text.strip().removeprefix("(").removesuffix(")").replace("−", "-")
    found = []
    for part in bare.split(","):
        if not is_number(part.strip()):
            raise BadValue(what, repr(text), "numbers with commas between, as in -5,-2, are wanted")
        found.append(float(part))
    if any(abs(number) == float("inf") for number in found):
        raise BadValue(what, repr(text), "finite numbers are wanted")
    return found
