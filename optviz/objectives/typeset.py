"""Writes an objective as a formula, from Q, c, b and not from the typed text: captions are true."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from optviz.objectives.dataset import Dataset
from optviz.objectives.quadratic_form import Form
from optviz.text import letters, numbers

_Coefficient = tuple[float, tuple[int, ...]]  # and the coordinates it stands at: (), (i,), (i, j)

_MAX_DIM, _MAX_TERMS = 4, 8


@dataclass(frozen=True)
class _Style:
    """One spelling of formulas: its signs, and how it writes names and powers of ten."""

    minus: str
    about: str
    gap: str  # between a coefficient and its coordinates
    beside: str  # between two coordinates
    squared: str
    times_ten: str
    power: Callable[[str], str]
    name: Callable[[str, str], str]  # a letter and its index
    form: tuple[str, str]  # the quadratic and the linear part where Q is not spelled out
    penalty: str  # of a data set
    size: str
    steep: str
    infinite: str


_LATEX = _Style(
    minus="-",
    about=r"\approx",
    gap=r"\,",
    beside=" ",
    squared="^2",
    times_ten=r"\times ",
    power=lambda exponent: f"10^{{{exponent}}}",
    name=lambda letter, i: letters.tex(letter) + (f"_{{{i}}}" if len(i) > 1 else f"_{i}" * bool(i)),
    form=(r"\frac{1}{2}\,x^\top Q\,x", r"c^\top x"),
    penalty=r"{half}\,\Vert w\Vert^2",
    size=r",\ \dim {x} = {dim}",
    steep=r",\ \kappa = {kappa}",
    infinite=r"\infty",
)
_PLAIN = _Style(
    minus="−",
    about="≈",
    gap="",
    beside="",
    squared="²",
    times_ten="×",
    power=lambda exponent: "10" + letters.superscript(exponent),
    name=lambda letter, i: letter + letters.subscript(i),
    form=("½xᵀQx", "cᵀx"),
    penalty="{half}‖w‖²",
    size=", {dim}-D",
    steep=", κ = {kappa}",
    infinite="∞",
)


def formula(q: Form, latex: bool) -> str:
    r"""f as a formula, in LaTeX as mathtext reads it or in Unicode.

    `f(x) = 0.1\,x_1^2 + 2\,x_2^2` is the LaTeX of `f(x) = 0.1x₁² + 2x₂²`.
    Coefficients have 4 significant digits, and the sign is ≈ where that rounds one; without, plain
    text reads back to the same Q, c, b. Above 4 coordinates or 8 terms the matrix form stands
    instead, with dimension and condition number.
    """
    return _formula(q, _LATEX if latex else _PLAIN)


def is_spelled(q: Form) -> bool:
    """Whether the formula shows all coefficients: there are few of them."""
    return q.dim <= _MAX_DIM and len(_terms(q)) <= _MAX_TERMS


def matrix_form(q: Form) -> tuple[str, str]:
    """½ xᵀQx + cᵀx + b without what is 0, in LaTeX and in Unicode."""
    return _matrix_form(q, _LATEX), _matrix_form(q, _PLAIN)


def mean_loss(data: Dataset) -> tuple[str, str]:
    """The mean loss of a data set with its penalty, in LaTeX and in Unicode."""
    return _mean_loss(data, _LATEX), _mean_loss(data, _PLAIN)


def _formula(q: Form, style: _Style) -> str:
    if q.data is not None:
        rows = style.size.format(x="w", dim=q.dim) + _steep(q, style)
        return f"{_mean_loss(q.data, style)}, n = {q.data.n}{rows}"
    if not is_spelled(q):
        return _matrix_form(q, style) + style.size.format(x="x", dim=q.dim) + _steep(q, style)
    names, terms = _names(q, style), _terms(q)
    exact, text = True, ""
    for value, coordinates in terms:
        shown, precise = _number(abs(value), style)
        exact = exact and precise
        minus = style.minus if value < 0 else ""
        text += (f" {minus or '+'} " if text else minus) + _term(shown, names, coordinates, style)
    return f"{_left(q, names, terms, style)} {'=' if exact else style.about} {text}"


def _terms(q: Form) -> list[_Coefficient]:
    """What is not 0, in the usual order: x₁², x₁x₂, x₂², then x₁, x₂, then the constant."""
    terms: list[_Coefficient] = []
    for i in range(q.dim):
        terms.append((float(q.Q[i, i]) / 2, (i, i)))
        terms += [(float(q.Q[i, j]), (i, j)) for j in range(i + 1, q.dim)]
    terms += [(float(value), (i,)) for i, value in enumerate(q.c)]
    last = q.dim - 1  # a constant keeps one coordinate in sight: it would not read back without
    terms = [term for term in terms if term[0]] or [(0.0, (last, last))]
    return [*terms, (q.b, ())] if q.b else terms


def _names(q: Form, style: _Style) -> list[str]:
    """The coordinates as the style writes them; names that are whole words become x₁, x₂, …"""
    parts = [letters.parts(name) for name in q.names]
    if all(parts):
        return [style.name(*part) for part in parts if part]
    return [style.name("x", str(i + 1)) for i in range(q.dim)]


def _left(q: Form, names: list[str], terms: list[_Coefficient], style: _Style) -> str:
    """f(x) where the terms show what x is: numbered coordinates, and the last one among them."""
    parts = [letters.parts(name) or ("x", "1") for name in q.names]
    letter, index = parts[-1]
    shown = any(q.dim - 1 in coordinates for _, coordinates in terms)
    if q.dim == 1 or (index and shown and all(part[0] == letter for part in parts)):
        return f"f({style.name(letter, '')})"
    return f"f({', '.join(names)})"


def _term(shown: str, names: list[str], coordinates: tuple[int, ...], style: _Style) -> str:
    if not coordinates:
        return shown
    if len(coordinates) == 2 and coordinates[0] == coordinates[1]:
        beside = names[coordinates[0]] + style.squared
    else:
        beside = style.beside.join(names[i] for i in coordinates)
    return beside if shown == "1" else shown + style.gap + beside


def _number(value: float, style: _Style) -> tuple[str, bool]:
    """A number that is not negative, to 4 digits, and whether that is all of it (but rounding)."""
    if value == int(value) and value < 1e6:
        return str(int(value)), True
    rounded = numbers.decimal(value, 4, least=1e-3)
    precise = abs(float(rounded) - value) <= 1e-12 * value
    mantissa, _, exponent = rounded.partition("e")
    if not exponent:
        return mantissa, precise
    power = style.power(str(int(exponent)))
    return power if mantissa == "1" else mantissa + style.times_ten + power, precise


def _mean_loss(data: Dataset, style: _Style) -> str:
    half, mean = _number(data.l2 / 2, style)[0], data.loss.formula[style is _PLAIN]
    return f"f(w) = {mean}" + (f" + {style.penalty.format(half=half)}" if data.l2 else "")


def _matrix_form(q: Form, style: _Style) -> str:
    parts = [part for part, of in zip(style.form, (q.Q, q.c), strict=True) if of.any()]
    text, (shown, exact) = " + ".join(parts) or "0", _number(abs(q.b), style)
    if q.b:
        text += f" {style.minus if q.b < 0 else '+'} {shown}"
    return f"f(x) {'=' if exact else style.about} {text}"


def _steep(q: Form, style: _Style) -> str:
    if math.isnan(q.kappa):
        return ""
    kappa = style.infinite if math.isinf(q.kappa) else _number(q.kappa, style)[0]
    return style.steep.format(kappa=kappa)
