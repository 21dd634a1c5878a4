"""Words of pictures as LaTeX spells them, their formulas between dollars."""

from optviz.render.draw import typeset
from optviz.text import latex


def tex(text: str, has_formulas: bool) -> str:
    r"""A line as LaTeX. Where it `has_formulas` these stand between dollars, and `\$` is one."""
    if not has_formulas:
        return latex.words(text)
    return "".join(
        " " * bool(run.blanks) + (latex.formula(run.text) if run.formula else latex.words(run.text))
        for run in typeset.runs(text)
    )
