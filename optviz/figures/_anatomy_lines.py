"""The column beside a step: the equations of its rule, and the same in numbers, aligned at "="."""

import re
from collections.abc import Iterator

import numpy as np

from optviz.arrays import Array
from optviz.figures import _anatomy_equations
from optviz.figures._optimizer_names import setting_text
from optviz.optimizers import Optimizer
from optviz.phrases import equation, say
from optviz.scene import Line
from optviz.studies.anatomy import Anatomy, Row
from optviz.text.numbers import number

_DIGITS = 4
_SIGN = re.compile(r"(?<!\\leq )(?<!\\geq )(=|\\leftarrow )")  # where an equation is aligned


def lines(anatomy: Anatomy, optimizer: Optimizer, indices: list[int]) -> Iterator[Line]:
    """The rule's equations, then the numbers of the coordinates at `indices`, then the step."""
    for line in optimizer.equations:
        yield from map(_equation, line.split(",  "))
    settings = ", ".join(setting_text(optimizer, key) for key in optimizer.settings())
    if settings:
        yield Line("muted", say("with settings", settings=settings))
    yield Line("gap")
    yield from _quantities(anatomy, indices)
    yield Line("gap")
    yield Line("muted", say("law of step", law=f"${_law(anatomy)}$"))
    yield from (_filled(anatomy, i) for i in indices)


def _equation(text: str) -> Line:
    """An equation in two parts, the second with its sign; prose as it is."""
    typeset = _anatomy_equations.latex(text)
    if typeset is None:
        return Line("prose", equation(text))
    left, sign, right = (part.strip() for part in (*_SIGN.split(typeset, maxsplit=1), "", "")[:3])
    if not sign:
        return Line("prose", f"${left}$")
    return Line("row", f"${left}$", f"{'=' if sign == '=' else '←'} ${right}$")


def _quantities(anatomy: Anatomy, indices: list[int]) -> Iterator[Line]:
    """Each quantity as a vector; a field of the state before and after in one line."""
    rows, t = {row.name: row for row in anatomy.rows()}, anatomy.step
    yield _row(rows["x before"], indices)
    yield _row(rows["gradient"], indices)
    if anatomy.clip is not None:
        yield _row(rows["clip factor"], indices)
    for field in anatomy.state_before:
        old, new = rows[f"{field} before"], rows[f"{field} after"]
        yield Line("row", f"${old.latex}$", f"= {_vector(old, indices)} → {_vector(new, indices)}")
    if anatomy.plain:
        yield Line("row", f"$d_{{{t}}}$", f"= $g_{{{t}}}$")
    else:
        yield _row(rows["direction"], indices)
    yield Line("row", f"$s_{{{t}}}$", f"= {_numbers(anatomy.scale, indices)}")
    yield Line("row", rf"$\eta_{{{t}}}$", f"= {number(anatomy.eta, _DIGITS)}")
    yield _row(rows["effective rate"], indices)
    if anatomy.drift.any():
        yield _row(rows["drift"], indices)
    yield _row(rows["step"], indices)


def _row(row: Row, indices: list[int]) -> Line:
    return Line("row", f"${row.latex}$", f"= {_vector(row, indices)}")


def _vector(row: Row, indices: list[int]) -> str:
    return _numbers(row.values, indices)


def _numbers(values: Array, indices: list[int]) -> str:
    """The numbers at `indices` in brackets, or one number where all are equal."""
    if (values == values[0]).all():
        return number(float(values[0]), _DIGITS)
    entries = [number(float(values[i]), _DIGITS) for i in indices]
    return f"({', '.join(entries + ['…'] * (len(indices) < len(values)))})"


def _law(anatomy: Anatomy) -> str:
    t = anatomy.step
    drift = "-w_i" if anatomy.drift.any() else ""
    return rf"x_{{{t},i}}=x_{{{t - 1},i}}-\eta\,s_i\,d_i{drift}"


def _filled(anatomy: Anatomy, i: int) -> Line:
    """`x₇,₁ = −3.77 − 0.4·0.507·(−0.75) = −3.62`: after step 7, coordinate 1."""
    x, scale, direction, drift, after = (
        float(column[i])
        for column in (anatomy.x, anatomy.scale, anatomy.direction, anatomy.drift, anatomy.after)
    )
    product = [number(anatomy.eta, _DIGITS)]
    product += [] if (anatomy.scale == 1).all() else [number(scale, _DIGITS)]
    product.append(_bracketed(direction))
    less = f" − {_bracketed(drift)}" if anatomy.drift.any() else ""
    text = f"= {number(x, _DIGITS)} − {'·'.join(product)}{less} = {number(after, _DIGITS)}"
    return Line("row", f"$x_{{{anatomy.step},{i + 1}}}$", text)


def _bracketed(value: float) -> str:
    text = number(value, _DIGITS)
    return f"({text})" if np.signbit(value) and value else text
