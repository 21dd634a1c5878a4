"""The verdict on an objective and its optimizers before any run: what theory knows already."""

from optviz.verdict._features import Features
from optviz.verdict._forecast import Forecast
from optviz.verdict._judge import Verdict, at_best, judge
from optviz.verdict._report import report
from optviz.verdict._spectrum import Disc, Spectrum
from optviz.verdict._words import nature

__all__ = [
    "Disc",
    "Features",
    "Forecast",
    "Spectrum",
    "Verdict",
    "at_best",
    "judge",
    "nature",
    "report",
]
