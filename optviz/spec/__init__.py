"""A figure as words: what flags, files and recipes spell, before anything is read or computed.

Each field is an option of the same name. Importing this costs nothing; the functions that turn
words into an objective, optimizers and a look import what they need.
"""

from optviz.spec._fields import (
    CompareSpec,
    FilmSpec,
    JudgeSpec,
    LookSpec,
    RunSpec,
    StepSpec,
    SweepSpec,
    option,
)
from optviz.spec._inputs import data_files, inputs
from optviz.spec._look import look, octets, pixels, timing
from optviz.spec._numbers import numbers
from optviz.spec._plain import plain
from optviz.spec._runs import (
    count_starts,
    fair,
    marked,
    objective,
    one,
    optimizers,
    placed,
    sweeps,
    verdict,
    walks,
)

__all__ = [
    "CompareSpec", "FilmSpec", "JudgeSpec", "LookSpec", "RunSpec", "StepSpec", "SweepSpec",
    "count_starts", "data_files", "fair", "inputs", "look", "marked", "numbers", "objective",
    "octets", "one", "optimizers", "option", "pixels", "placed", "plain", "sweeps", "timing",
    "verdict", "walks",
]  # fmt: skip
