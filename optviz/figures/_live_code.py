"""What is traced as a function of JavaScript, where it can be."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec

from optviz.tape import Tape, Untraceable, javascript

P = ParamSpec("P")


def code(trace: Callable[P, Tape], *args: P.args, **options: P.kwargs) -> str:
    """The function of the tape that `trace` returns, "" where it raises `Untraceable`."""
    try:
        return javascript(trace(*args, **options), "")
    except Untraceable:
        return ""
