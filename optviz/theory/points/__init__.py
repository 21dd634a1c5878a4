"""The verdict on a function that is no quadratic, at single points: that on its local model."""

from optviz.theory.points._bearing import Bearing
from optviz.theory.points._points_table import page
from optviz.theory.points._survey import Place, Survey, settled, survey

__all__ = ["Bearing", "Place", "Survey", "page", "settled", "survey"]
