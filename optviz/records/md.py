"""A Markdown table of final values."""

import re

from optviz.records._final_table import Column, FinalTable, aligned
from optviz.text.letters import subscript
from optviz.text.numbers import typographic

_SPECIAL = re.compile(r"([\\`*_\[\]<>|$~&])")


class Md(FinalTable):
    """A pipe table as GitHub and Pandoc read it; signs with a meaning in Markdown are escaped."""

    suffix = ".md"
    media_type = "text/markdown"
    says = "Markdown table of final values, a row a run"
    opening = b"| optimizer "

    def words(self, text: str) -> str:
        return _SPECIAL.sub(r"\\\1", text)

    def number(self, text: str) -> str:
        return typographic(text)

    def coordinate(self, name: str) -> str:
        if re.fullmatch(r"x\d+", name):
            return subscript(name)
        return self.words(name)

    def table(self, columns: list[Column]) -> str:
        head, *rows = aligned(columns)
        rules = [
            "-" * (len(cell) + 1) + (":" if column.is_number else "-")
            for column, cell in zip(columns, head, strict=True)
        ]
        lines = (f"| {' | '.join(line)} |\n" for line in rows)
        return "".join([f"| {' | '.join(head)} |\n|{'|'.join(rules)}|\n", *lines])
