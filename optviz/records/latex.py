"""A LaTeX table of final values."""

import re

from optviz.records._final_table import Column, FinalTable, aligned
from optviz.text import latex
from optviz.text.numbers import tex_of


class Latex(FinalTable):
    """A tabular that needs no package, for pdfLaTeX too."""

    suffix = ".tex"
    media_type = "text/x-tex"
    says = "LaTeX table of final values, a row a run"
    opening = b"% final values, by optviz"

    def words(self, text: str) -> str:
        return latex.words(text).replace("…", r"\dots{}").replace("–", "--")

    def number(self, text: str) -> str:
        return f"${tex_of(text).replace('{-}', '-')}$"

    def coordinate(self, name: str) -> str:
        if match := re.fullmatch(r"x(\d+)", name):
            return f"$x_{{{match[1]}}}$"
        return "$f$" if name == "f" else self.words(name)

    def table(self, columns: list[Column]) -> str:
        head, *rows = (" & ".join(line) + r" \\" for line in aligned(columns))
        places = "".join("r" if column.is_number else "l" for column in columns)
        lines = [self.opening.decode(), rf"\begin{{tabular}}{{{places}}}", rf"{head} \hline"]
        return "\n".join([*lines, *rows, r"\end{tabular}"]) + "\n"
