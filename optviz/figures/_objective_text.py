"""An objective as titles and descriptions have it: as typed, with its size where that is hidden."""

import math

from optviz.objectives import Objective
from optviz.objectives.typed import Typed, typed
from optviz.phrases import say
from optviz.text.numbers import number


def objective_text(f: Objective, latex: bool = True) -> str:
    """`f(x) = x²/20 + y², rotated by 30°`, its formula in LaTeX between dollars or in Unicode."""
    shown = typed(f)
    formula = (shown.name or f"${shown.latex}$") if latex else shown.plain
    n = "$n$" if latex else "n"
    rows = [f"{n} = {shown.n}"] if shown.n else []
    return ", ".join([formula, *rows, *_facts(shown)])


def _facts(shown: Typed) -> list[str]:
    """The number of coordinates, the condition number, the rotation, where they are known."""
    facts = [] if shown.dim is None else [say("variables", count=shown.dim)]
    if shown.kappa is not None and not math.isnan(shown.kappa):
        facts.append(f"κ = {number(shown.kappa, 4)}")
    if shown.degrees:
        facts.append(say("rotated", degrees=number(shown.degrees, 6)))
    return facts
