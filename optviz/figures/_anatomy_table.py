"""One step in numbers: lines beside its picture, and tables.

The tables are Markdown and LaTeX to read, csv with every digit to compute with.
"""

import csv
import re
from collections.abc import Iterator
from io import StringIO

import numpy as np

from optviz.arrays import Array
from optviz.figures import _anatomy_equations
from optviz.figures._optimizer_names import optimizer_name, setting_text
from optviz.figures._plane import name_latex
from optviz.optimizers import Optimizer
from optviz.studies.anatomy import Anatomy, Row
from optviz.text.numbers import tex
from optviz.text.settings import show

SUFFIXES = {"csv": ".csv", "md": ".md", "latex": ".tex"}  # of the formats of a table
_DIGITS = 5  # in the picture; tables that are read have two more


def lines(anatomy: Anatomy, optimizer: Optimizer, indices: list[int]) -> Iterator[tuple[str, str]]:
    """The rule's equations, then the same with the numbers of the coordinates at `indices`."""
    yield "head", f"{optimizer_name(optimizer)}, step {anatomy.step}"
    for equation in optimizer.rule.equations:
        for part in equation.split(",  "):
            typeset = _anatomy_equations.latex(part)
            yield ("math", f"${typeset}$") if typeset else ("text", part)
    settings = optimizer.settings()
    texts = [setting_text(optimizer, key) for key in settings]
    yield "muted", "with " + ", ".join(texts)
    yield "gap", ""
    yield from (("math", f"${formula}$") for formula in _quantities(anatomy, indices))
    yield "gap", ""
    yield "muted", f"With direction $d$ and scale $s$: ${_law(anatomy)}$"
    for i in indices:
        yield "math", f"${_filled(anatomy, i, _DIGITS)}$"


def _quantities(anatomy: Anatomy, indices: list[int]) -> Iterator[str]:
    """Each quantity as a vector; a field of the state before and after on one line."""
    rows = {row.name: row for row in anatomy.rows()}
    for name in ("x before", "gradient"):
        yield _equal(rows[name], indices)
    for field in anatomy.state_before:
        old, new = rows[f"{field} before"], rows[f"{field} after"]
        yield rf"{_equal(old, indices)} \;\to\; {_vector(new.values, indices)}"
    t = anatomy.step
    if anatomy.plain:
        yield f"d_{{{t}}}=g_{{{t}}}"
    else:
        yield _equal(rows["direction"], indices)
    yield f"s_{{{t}}}={_vector(anatomy.scale, indices)}"
    rate = _equal(rows["effective rate"], indices)
    yield rf"\eta_{{{t}}}={tex(anatomy.eta, _DIGITS)},\quad {rate}"
    if anatomy.drift.any():
        yield _equal(rows["drift"], indices)
    yield _equal(rows["step"], indices)


def _equal(row: Row, indices: list[int]) -> str:
    return f"{row.latex}={_vector(row.values, indices)}"


def _vector(values: Array, indices: list[int]) -> str:
    """The numbers at `indices` in brackets, or one number where all are equal."""
    if (values == values[0]).all():
        return tex(float(values[0]), _DIGITS)
    entries = [tex(float(values[i]), _DIGITS) for i in indices]
    return "(" + r",\ ".join(entries + ([r"\ldots"] if len(indices) < len(values) else [])) + ")"


def _law(anatomy: Anatomy) -> str:
    t = anatomy.step
    drift = "-w_i" if anatomy.drift.any() else ""
    return rf"x_{{{t},i}}=x_{{{t - 1},i}}-\eta\,s_i\,d_i{drift}"


def _filled(anatomy: Anatomy, i: int, digits: int) -> str:
    """`x₇,₁ = −3.77 − 0.4·0.507·(−0.75) = −3.62`, in LaTeX: after step 7, coordinate 1."""
    x, scale, direction, drift, after = (
        float(column[i])
        for column in (anatomy.x, anatomy.scale, anatomy.direction, anatomy.drift, anatomy.after)
    )
    product = [tex(anatomy.eta, digits)]
    if not (anatomy.scale == 1).all():
        product.append(tex(scale, digits))
    product.append(_bracketed(direction, digits))
    less = f"-{_bracketed(drift, digits)}" if anatomy.drift.any() else ""
    times = r"\cdot ".join(product)
    name = f"x_{{{anatomy.step},{i + 1}}}"
    return rf"{name}={tex(x, digits)}-{times}{less}={tex(after, digits)}"


def _bracketed(value: float, digits: int) -> str:
    text = tex(value, digits)
    return f"({text})" if np.signbit(value) and value else text


def table(anatomy: Anatomy, optimizer: Optimizer, form: str) -> str:
    """The worked table in one of the formats of `SUFFIXES`."""
    return {"md": _markdown, "latex": _latex, "csv": _csv}[form](anatomy, optimizer)


def _csv(anatomy: Anatomy, _: Optimizer) -> str:
    head = StringIO()
    csv.writer(head, lineterminator="").writerow(["quantity", *anatomy.names])
    rows = (",".join([row.name, *map(repr, row.values.tolist())]) for row in anatomy.rows())
    return "\n".join([head.getvalue(), *rows]) + "\n"


def _markdown(anatomy: Anatomy, optimizer: Optimizer) -> str:
    """A table and the filled-in equations; formulas stand between dollars."""
    lines = [f"**{optimizer_name(optimizer)}, step {anatomy.step}**", ""]
    lines += [f"    {equation}" for equation in optimizer.rule.equations]
    lines += ["", f"with {', '.join(f'{k} = {show(v)}' for k, v in optimizer.settings().items())}"]
    lines += [
        "",
        "| quantity | | " + " | ".join(n.replace("|", r"\|") for n in anatomy.names) + " |",
    ]
    lines.append("|---|---|" + "---:|" * len(anatomy.names))
    for row in anatomy.rows():
        numbers = " | ".join(f"{value:.7g}" for value in row.values.tolist())
        lines.append(f"| {row.name} | ${row.latex}$ | {numbers} |")
    lines += ["", f"${_law(anatomy)}$:", ""]
    lines += [f"- ${_filled(anatomy, i, 7)}$" for i in range(len(anatomy.x))]
    return "\n".join(lines) + "\n"


def _latex(anatomy: Anatomy, optimizer: Optimizer) -> str:
    """A tabular and the filled-in equations, with no package but amsmath."""
    names = " & ".join(_safe(name_latex(name)) for name in anatomy.names)
    lines = [f"% {optimizer_name(optimizer)}, step {anatomy.step}: {optimizer}"]
    lines += [r"\begin{tabular}{ll" + "r" * len(anatomy.names) + "}"]
    lines += [rf"quantity & & {names} \\ \hline"]
    for row in anatomy.rows():
        numbers = " & ".join(f"${tex(value, 7)}$" for value in row.values.tolist())
        name = row.name.replace("_", r"\_")
        lines.append(rf"{name} & ${row.latex}$ & {numbers} \\")
    lines += [r"\end{tabular}", r"\begin{align*}"]
    equations = [_law(anatomy), *(_filled(anatomy, i, 7) for i in range(len(anatomy.x)))]
    lines.append(" \\\\\n".join(equation.replace("=", "&=", 1) for equation in equations))
    return "\n".join([*lines, r"\end{align*}"]) + "\n"


def _safe(name: str) -> str:
    """The name of a coordinate, escaped for LaTeX: the name of a column may have any sign."""
    if name[:1] == "$":
        return name
    return re.sub(r"([\^~])", r"\\\1{}", re.sub(r"([_%&#{}])", r"\\\1", name))
