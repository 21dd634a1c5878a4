"""The notations that an expression is read in: of pages and PDFs, of LaTeX, of programs."""

from optviz.objectives import code, from_latex, pasted
from optviz.objectives.source import Source


def plain(text: str) -> Source:
    r"""What was typed, in the plain notation of `parser`. Raises `TextError`.

    >>> plain(r"$\frac{1}{2}x_1^2 + 2 \cdot 𝑥₂²$").text
    '1⁄2x_1^2 + 2 * x₂²'
    """
    source = Source.of(text)
    for notation in (pasted, from_latex, code):
        source = notation.plain(source)
    return source
