"""The functions of the library: `run`, `figure`, and one for each figure kind.

Keywords are the words of the command line, with _ for -. Nothing is printed and nothing exits:
what is wrong is raised as `OptvizError`, in the sentences of the command line.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from optviz.api import _signature
from optviz.api._functions import function
from optviz.api._objective import objective
from optviz.api._runs import POSITIONAL, figure, run
from optviz.api._showable import Figure
from optviz.errors import OptvizError
from optviz.notes import OptvizWarning
from optviz.walks.trajectory import Trajectory

__all__ = [
    "Figure",
    "OptvizError",
    "OptvizWarning",
    "Trajectory",
    "figure",
    "objective",
    "of_kind",
    "run",
]

of_kind: Callable[[str], Callable[..., Figure]] = cache(function)


def _described(call: Any) -> None:
    """Gives `run` its signature and a line for each option."""
    call.__signature__ = _signature.of_run(POSITIONAL)
    lines = _signature.option_lines(_signature.run_fields())
    call.__doc__ = "\n".join([call.__doc__.rstrip(), "", *(f"  {line}" for line in lines), ""])


_described(run)
