"""An objective as people typed it, as far as that is what it is: for titles and descriptions."""

import re
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from optviz import objectives
from optviz.errors import OptvizError
from optviz.objectives import bare_matrix, formulas, typeset
from optviz.objectives.matrix import settings_of
from optviz.objectives.named import preset
from optviz.objectives.objective import Objective, Quadratic

LONGEST = 90  # characters of a formula that fit into a subtitle
_WHOLE = 64  # characters of one that is no quadratic's, up to which all of it is shown
_LONGEST_TEXT = 1000  # characters that are worth typesetting
_TURNED = re.compile(r"(?s)(.*), turned (\S+)°")


class Typed(NamedTuple):
    """A formula in LaTeX without dollars and in Unicode, and what it does not show.

    `degrees` is the angle by which the landscape is rotated, 0 for none. `dim` and `kappa` are None
    where the formula shows all coefficients; n is the number of rows of a data set, else 0. An
    empty formula is too long to be shown; a `name` stands in place of a long one.
    """

    latex: str
    plain: str
    degrees: float = 0.0
    dim: int | None = None
    kappa: float | None = None
    n: int = 0
    name: str = ""


def typed(f: Objective) -> Typed:
    """The objective as typed; its expansion where the text does not spell the same function."""
    q = f.quadratic
    if q is None and f.data is not None:
        return Typed(*typeset.mean_loss(f.data), dim=f.dim, n=f.data.n)
    if q is None:
        return _function(f)
    if q.data is not None:
        return Typed(*typeset.mean_loss(q.data), dim=q.dim, kappa=q.kappa, n=q.data.n)
    shown = _of_text(q.text) if 0 < len(q.text) <= _LONGEST_TEXT else None
    if shown and len(shown[0].plain) <= LONGEST and shown[1] == (q.key, q.names):
        return shown[0]
    return _expanded(q)


def _function(f: Objective) -> Typed:
    """A formula that is no quadratic's; if it is long, its name, or the first terms of it."""
    latex, plain = f.formula("latex"), f.formula("plain")
    shown = Typed(latex, plain, degrees=f.turned)
    if len(plain) <= _WHOLE:
        return shown
    if preset(f.text):
        return shown._replace(name=f.text.strip().lower())
    return shown._replace(latex=_first_terms(latex, plain))


def _first_terms(latex: str, plain: str) -> str:
    """As many terms of a sum as there is room for, and dots; without a sum the left side alone."""
    ends, shown_ends = _term_ends(latex, "+-"), _term_ends(plain, "+−")
    kept = [end for end, shown in zip(ends, shown_ends, strict=False) if shown <= _WHOLE - 2]
    if not kept or len(ends) != len(shown_ends):
        return latex.partition(" = ")[0]
    return rf"{latex[: kept[-1]]} + \cdots"


def _term_ends(formula: str, signs: str) -> list[int]:
    """Where the terms of the right side end that a sign follows, between spaces, in no bracket."""
    depth, ends = 0, []
    for i, letter in enumerate(formula):
        depth += (letter in "({") - (letter in ")}")
        if not depth and letter in signs and formula[i - 1 : i + 2] == f" {letter} ":
            ends.append(i - 1)
    return ends


def _expanded(q: Quadratic) -> Typed:
    """The formula with all coefficients if it is short, else that of matrices."""
    if typeset.is_spelled(q) and len(q.formula("plain")) <= LONGEST:
        return Typed(q.formula("latex"), q.formula("plain"))
    latex, plain = typeset.matrix_form(q)
    return Typed(latex, plain, dim=q.dim, kappa=q.kappa)


@lru_cache(64)
def _of_text(text: str) -> tuple[Typed, object] | None:
    """What a text spells, and its key and names; None for a file, and what cannot be read."""
    turned = _TURNED.fullmatch(text)
    base, degrees = (turned[1], float(turned[2])) if turned else (text, 0.0)
    if base.startswith("@"):
        return None
    try:
        q = objectives.read(base, rotate=degrees).quadratic
    except (OptvizError, RecursionError):
        return None
    shown = _base(base) if q else None
    if q is None or shown is None:
        return None
    return shown._replace(degrees=shown.degrees + degrees), (q.key, q.names)


def _base(text: str) -> Typed | None:
    """A text without rotation: a preset, an expression, or `quadratic(…)` made of its spectrum."""
    if named := preset(text):
        text = named.text
    if bare_matrix.is_meant(text):
        return None
    if not text.lstrip().startswith("quadratic"):
        piece = formulas.typeset(text)
        return Typed(piece.latex, piece.plain)
    settings = settings_of(text)
    if "kappa" in settings:
        q = objectives.read(text).quadratic_for("a matrix form")
        latex, plain = typeset.matrix_form(q)
        return Typed(latex, plain, dim=q.dim, kappa=settings["kappa"])
    if "angle" in settings and not settings.keys() & {"c", "b"}:
        before = Quadratic(np.diag(settings["eig"]), np.zeros(2), settings.get("b", 0.0))
        return _expanded(before)._replace(degrees=settings["angle"])
    return None
