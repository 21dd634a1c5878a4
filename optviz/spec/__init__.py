"""Figures as options, which flags, spec files and recipes have in common.

Each field of a spec is an option of the same name. Importing this is cheap: the functions that make
objectives, optimizers and looks of options import what they need.
"""

from optviz.spec._fields import COMMON, FilmSpec, LookSpec, RunSpec
from optviz.spec._inputs import data_files, inputs
from optviz.spec._look import look, octets, timing
from optviz.spec._runs import count_starts, objective, optimizers, oracle, placed, walks
from optviz.spec._size import has_points, pixels
from optviz.spec._theme import USUAL_THEME, embedded_theme, theme_file

__all__ = [
    "COMMON", "USUAL_THEME", "FilmSpec", "LookSpec", "RunSpec", "count_starts", "data_files",
    "embedded_theme", "has_points", "inputs", "look", "objective", "octets", "optimizers", "oracle",
    "pixels", "placed", "theme_file", "timing", "walks",
]  # fmt: skip
