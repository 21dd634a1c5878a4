"""What programs write otherwise: `np.square(x)`, `x.^2` of MATLAB; a closing `;`, a comment."""

import re

from optviz.objectives.latex_tokens import MATRICES
from optviz.objectives.source import Rewriter, Source

_NOT_READ = re.compile(
    r"\A\s*+(?:minimi[sz]e\b|min\b(?=\s+[^(\s])):?"  # the function min has a bracket
    r"|"
    r"(?<![A-Za-z0-9_.])(?:np|numpy|jnp|torch|math|tf|cp|Math)\.(?=[A-Za-z])"  # np.square
    r"|\.(?=\s*[\^*/])"  # .^ and .* of MATLAB and Julia
    r"|[.;,](?=\s*\Z)"
    r"|#(?s:.*+)"  # a comment
)
_TRANSPOSED = re.compile(r"\^\s*\(?T|ᵀ|\.T\b|\.dot\b|(?<=[A-Za-z])'(?=\s*(?:\*\s*)?[A-Za-z(])")


def plain(source: Source) -> Source:
    """The source without these signs, each a blank. Raises `TextError` at a form of matrices."""
    text = source.text
    if match := _TRANSPOSED.search(text):
        raise source.error(MATRICES, match.start(), len(match.group()))
    out, at = Rewriter(source), 0
    for match in _NOT_READ.finditer(text):
        out.keep(at, match.start())
        out.put(" ", match.start())
        at = match.end()
    if not at:
        return source
    out.keep(at, len(text))
    return out.made()
