"""The functions of expressions as operations of a tape."""

from math import log

from optviz.tape import NAMES, Builder

_BASES = {"log10": log(10.0), "log2": log(2.0)}


def applied(build: Builder, function: str, arguments: list[int]) -> int:
    """The place of a function of `lexer.FUNCTIONS`; min and max of many are of two, repeated."""
    first, *others = arguments
    if function in _BASES:
        return build.apply("div", build.apply("log", first), build.constant(_BASES[function]))
    if function == "pow":
        return build.power(first, others[0])
    assert function in NAMES
    if not others:
        return build.apply(function, first)
    for other in others:
        first = build.apply(function, first, other)
    return first
