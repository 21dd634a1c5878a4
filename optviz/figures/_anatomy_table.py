"""One step in tables: Markdown and LaTeX to read, csv with every digit to compute with."""

import csv
import re
from io import StringIO

import numpy as np

from optviz.figures._optimizer_names import optimizer_name
from optviz.figures._plane import name_latex
from optviz.optimizers import Optimizer
from optviz.studies.anatomy import Anatomy
from optviz.text.numbers import tex
from optviz.text.settings import show

SUFFIXES = {"csv": ".csv", "md": ".md", "latex": ".tex"}  # of the formats of a table
_DIGITS = 7  # of tables that are read


def _law(anatomy: Anatomy) -> str:
    t = anatomy.step
    drift = "-w_i" if anatomy.drift.any() else ""
    return rf"x_{{{t},i}}=x_{{{t - 1},i}}-\eta\,s_i\,d_i{drift}"


def _filled(anatomy: Anatomy, i: int) -> str:
    """`x₇,₁ = −3.77 − 0.4·0.507·(−0.75) = −3.62`, in LaTeX: after step 7, coordinate 1."""
    x, scale, direction, drift, after = (
        float(column[i])
        for column in (anatomy.x, anatomy.scale, anatomy.direction, anatomy.drift, anatomy.after)
    )
    product = [tex(anatomy.eta, _DIGITS)]
    if not (anatomy.scale == 1).all():
        product.append(tex(scale, _DIGITS))
    product.append(_bracketed(direction))
    less = f"-{_bracketed(drift)}" if anatomy.drift.any() else ""
    times = r"\cdot ".join(product)
    name = f"x_{{{anatomy.step},{i + 1}}}"
    return rf"{name}={tex(x, _DIGITS)}-{times}{less}={tex(after, _DIGITS)}"


def _bracketed(value: float) -> str:
    text = tex(value, _DIGITS)
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
    lines += [f"    {equation}" for equation in optimizer.equations]
    lines += ["", f"with {', '.join(f'{k} = {show(v)}' for k, v in optimizer.settings().items())}"]
    lines += [
        "",
        "| quantity | | " + " | ".join(n.replace("|", r"\|") for n in anatomy.names) + " |",
    ]
    lines.append("|---|---|" + "---:|" * len(anatomy.names))
    for row in anatomy.rows():
        numbers = " | ".join(f"{value:.{_DIGITS}g}" for value in row.values.tolist())
        lines.append(f"| {row.name} | ${row.latex}$ | {numbers} |")
    lines += ["", f"${_law(anatomy)}$:", ""]
    lines += [f"- ${_filled(anatomy, i)}$" for i in range(len(anatomy.x))]
    return "\n".join(lines) + "\n"


def _latex(anatomy: Anatomy, optimizer: Optimizer) -> str:
    """A tabular and the filled-in equations, with no package but amsmath."""
    names = " & ".join(_safe(name_latex(name)) for name in anatomy.names)
    lines = [f"% {optimizer_name(optimizer)}, step {anatomy.step}: {optimizer}"]
    lines += [r"\begin{tabular}{ll" + "r" * len(anatomy.names) + "}"]
    lines += [rf"quantity & & {names} \\ \hline"]
    for row in anatomy.rows():
        numbers = " & ".join(f"${tex(value, _DIGITS)}$" for value in row.values.tolist())
        name = row.name.replace("_", r"\_")
        lines.append(rf"{name} & ${row.latex}$ & {numbers} \\")
    lines += [r"\end{tabular}", r"\begin{align*}"]
    equations = [_law(anatomy), *(_filled(anatomy, i) for i in range(len(anatomy.x)))]
    lines.append(" \\\\\n".join(equation.replace("=", "&=", 1) for equation in equations))
    return "\n".join([*lines, r"\end{align*}"]) + "\n"


def _safe(name: str) -> str:
    """The name of a coordinate, escaped for LaTeX: the name of a column may have any sign."""
    if name[:1] == "$":
        return name
    return re.sub(r"([\^~])", r"\\\1{}", re.sub(r"([_%&#{}])", r"\\\1", name))
