"""The numbers behind a figure, as its own command writes them, where they are not too many."""

import io
import json
import math

from optviz import records, spec
from optviz.spec import CompareSpec, JudgeSpec, RunSpec, StepSpec, SweepSpec
from optviz.spec.figure import Figure
from optviz.studies import grid

_MOST = 30_000  # numbers: half a megabyte
_LONGEST = 2_000_000  # steps of a sweep: a second, as it is walked once more


def data(figure: Figure) -> tuple[str, bytes] | None:
    """Format and content: walks, a sweep or an anatomy as CSV, a verdict as JSON; None if too many.

    Raises `OptvizError` for a figure that could not be drawn either.
    """
    run: RunSpec = figure.of(RunSpec)
    if figure.view == "inspect":
        told = spec.verdict(run, figure.of(JudgeSpec).tol).as_dict()
        return "json", json.dumps(told, ensure_ascii=False).encode() + b"\n"
    if figure.view == "sweep":
        text = _sweep(run, figure.of(SweepSpec))
    elif figure.view == "trace" and figure.of(StepSpec).anatomy is not None:
        text = _anatomy(run, figure.of(StepSpec).anatomy)
    else:
        text = _walks(run, figure.of(CompareSpec) if figure.view == "compare" else None)
    return None if text is None else ("csv", text.encode())


def _walks(run: RunSpec, fair: CompareSpec | None) -> str | None:
    walks = spec.walks(run)
    if fair is not None:
        walks, _ = spec.fair(walks, fair)
    numbers = (len(w.rows) * (w.steps + 1) * (3 + 3 * w.objective.dim) for w in walks)
    if sum(numbers) > _MOST:
        return None
    records.write(text := io.StringIO(), "csv", [walk.run() for walk in walks])
    return text.getvalue()


def _sweep(run: RunSpec, over: SweepSpec) -> str | None:
    points = math.prod(len(grid.read(text)) for text in over.over) * max(len(run.opt), 1)
    if points * (3 + len(over.over)) > _MOST or points * (run.steps or 1000) > _LONGEST:
        return None
    return str(records.cells(spec.sweeps(run, over), "csv"))


def _anatomy(run: RunSpec, step: int) -> str:
    from optviz.figures import _worked
    from optviz.studies.anatomy import anatomy

    walk = spec.one(run)
    return _worked.table(anatomy(walk, step), walk.optimizer, "csv")
