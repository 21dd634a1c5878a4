"""The verdict on an objective and its optimizers before any run: what theory knows already."""

from optviz.theory.verdict._features import Features, Reason
from optviz.theory.verdict._forecast import Forecast
from optviz.theory.verdict._judge import Verdict, at_best, judge
from optviz.theory.verdict._phrases import nature
from optviz.theory.verdict._report import report
from optviz.theory.verdict._spectrum import Disc, Spectrum

__all__ = [
    "Disc",
    "Features",
    "Forecast",
    "Reason",
    "Spectrum",
    "Verdict",
    "at_best",
    "judge",
    "nature",
    "report",
]
