"""A figure as words: what flags, files and recipes spell, before anything is read or computed.

Each field is an option of the same name. Importing this costs nothing; the functions that turn
words into an objective, optimizers and a look import what they need.
"""

from optviz.spec._fields import FilmSpec, LookSpec, RunSpec, SweepSpec, option
from optviz.spec._look import look, octets, pixels, timing
from optviz.spec._numbers import numbers
from optviz.spec._runs import compared, objective, optimizers, placed, sweeps, walks

__all__ = [
    "FilmSpec", "LookSpec", "RunSpec", "SweepSpec", "compared", "look", "numbers", "objective",
    "octets", "optimizers", "option", "pixels", "placed", "sweeps", "timing", "walks",
]  # fmt: skip
