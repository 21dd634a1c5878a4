"""The types of the public functions as a stub, `optviz/__init__.pyi`, for mypy and pyright.

They are made from the options of the figure kinds, as the functions are. After a change of options:
`python -m optviz.api._stub`. A test holds the file to this.
"""

import inspect
import re
from collections.abc import Iterable
from inspect import Parameter, Signature
from pathlib import Path
from typing import Any

import optviz
from optviz import figures
from optviz.api import _signature
from optviz.api._runs import POSITIONAL

_HEAD = '''\
"""Types of the public names; made by `python -m optviz.api._stub`, do not edit."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from os import PathLike
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, overload

from matplotlib.axes import Axes
from numpy.typing import ArrayLike

import optviz.batch as _batch
import optviz.book as _book
from optviz.api import Figure as Figure
from optviz.errors import OptvizError as OptvizError
from optviz.notes import OptvizWarning as OptvizWarning
from optviz.objectives import Objective
from optviz.optimizers import Optimizer, Rule
from optviz.recorder import record as record
from optviz.schedules import Schedule
from optviz.walks.trajectory import Trajectory as Trajectory

__version__: str
__all__: list[str]

ObjectiveLike = (
    str | PathLike[str] | ArrayLike | Sequence[Sequence[float]] | Objective | Callable[..., Any]
)
OptimizerLike = str | Optimizer | Rule | type[Any] | Any
OptimizersLike = OptimizerLike | Sequence[OptimizerLike]
RunsLike = Trajectory | str | PathLike[str] | Sequence[Trajectory | str | PathLike[str]]
RateLike = str | float | Schedule
StartLike = str | ArrayLike | Sequence[str]
NumbersLike = str | float | ArrayLike
TextsLike = str | Sequence[str]
PairsLike = TextsLike | Mapping[str, Any]

class _Batch(ModuleType):  # a module that can be called
    # BATCH
    read = staticmethod(_batch.read)
    run = staticmethod(_batch.run)
    check = staticmethod(_batch.check)
    counts = staticmethod(_batch.counts)
    depfile = staticmethod(_batch.depfile)
    freshen = staticmethod(_batch.freshen)
    cache_folder = staticmethod(_batch.cache_folder)
    SPECIMEN: str
    Fault = _batch.Fault
    Item = _batch.Item
    Plan = _batch.Plan
    Report = _batch.Report
    WrongBatch = _batch.WrongBatch

batch: _Batch

class _Book(ModuleType):
    # BOOK
    blocks = staticmethod(_book.blocks)
    Block = _book.Block
    Document = _book.Document
    Rendered = _book.Rendered
    Result = _book.Result

book: _Book

def objective(
    f: ObjectiveLike,
    /,
    grad: Callable[..., Any] | None = None,
    hess: Callable[..., Any] | None = None,
    dim: int | None = None,
) -> Objective: ...
def figure(
    runs: RunsLike, kind: str = "trace", /, ax: Axes | None = None, **options: Any
) -> Figure: ...
'''


def text() -> str:
    """The stub."""
    functions = [_function(kind.word(), _signature.of(kind)) for kind in figures.registry]
    run = _signature.of_run(POSITIONAL)
    one = _with(run, "opt", "str | Optimizer | Rule | type[Any] | None", "Trajectory")
    many = _with(run, "opt", "list[Any] | tuple[Any, ...]", "list[Trajectory]")
    overloads = [f"@overload\n{_function('run', signature)}" for signature in (one, many)]
    head = _HEAD.replace("    # BATCH\n", _methods(optviz.batch, "draw"))
    head = head.replace("    # BOOK\n", _methods(optviz.book, "draw", "render", "draw_block"))
    return "".join([head, *overloads, *functions])


def _methods(module: Any, *names: str) -> str:
    """Functions of a module that can be called, as methods; the first of them is the call."""
    alias = f"_{module.__name__.rpartition('.')[2]}"
    lines = []
    for name, function in (("__call__", names[0]), *zip(names, names, strict=True)):
        signature = str(inspect.signature(getattr(module, function)))[1:]
        plain = re.sub(r"\b(?:[a-z_]+\.)+(?=[A-Z])", "", signature)
        plain = re.sub(r"\b(Report|Rendered|Result)\b", rf"{alias}.\1", plain)
        lines.append(f"    def {name}(self, {plain}: ...\n")
    return "".join(lines)


def _with(signature: Signature, name: str, kind: str, returns: str) -> Signature:
    """The signature with another type of one parameter and of what comes back."""
    parameters = [
        p.replace(annotation=_signature.Hint(kind)) if p.name == name else p
        for p in signature.parameters.values()
    ]
    return Signature(parameters, return_annotation=_signature.Hint(returns))


def _function(name: str, signature: Signature) -> str:
    """A function as a stub has it, a parameter a line."""
    lines = "".join(f"    {line},\n" for line in _parameters(signature.parameters.values()))
    return f"def {name}(\n{lines}) -> {signature.return_annotation}: ...\n"


def _parameters(parameters: Iterable[Parameter]) -> Iterable[str]:
    """The parameters; those that are needed, and those before them, have no default."""
    several = [*parameters]
    needed = [p.name for p in several if p.name == "opt" and "None" not in str(p.annotation)]
    required = {"objective", *needed} if needed else set()
    star = False
    for p in several:
        if p.kind is Parameter.KEYWORD_ONLY and not star:
            star = True
            yield "*"
        yield f"{p.name}: {p.annotation}" + ("" if p.name in required else " = ...")


if __name__ == "__main__":
    Path(__file__).parents[1].joinpath("__init__.pyi").write_text(text(), encoding="utf-8")
