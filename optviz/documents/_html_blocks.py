"""How HTML blocks of CommonMark open, but for comments, and where they end."""

import re
from typing import NamedTuple

_SECTIONS = (
    "address article aside base basefont blockquote body caption center col colgroup dd details"
    " dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6"
    " head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option"
    " p param search section summary table tbody td tfoot th thead title tr track ul"
)
_ATTRIBUTE = r"""\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?"""
_TAG = rf"<[A-Za-z][A-Za-z0-9-]*(?:{_ATTRIBUTE})*\s*/?>\s*$|</[A-Za-z][A-Za-z0-9-]*\s*>\s*$"


class Opening(NamedTuple):
    """How a block opens, and what its last line has; an empty line ends it if that is None."""

    first: re.Pattern[str]
    last: re.Pattern[str] | None


_OPENINGS = [
    Opening(
        re.compile(r"<(?:script|pre|style|textarea)(?:\s|>|$)", re.I),
        re.compile(r"</(?:script|pre|style|textarea)>", re.I),
    ),
    Opening(re.compile(r"<\?"), re.compile(r"\?>")),
    Opening(re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    Opening(re.compile(r"<![A-Za-z]"), re.compile(r">")),
    Opening(re.compile(rf"</?(?:{_SECTIONS.replace(' ', '|')})(?:\s|/?>|$)", re.I), None),
    Opening(re.compile(_TAG), None),  # cannot interrupt a paragraph
]


def opening(line: str, in_paragraph: bool) -> Opening | None:
    """The opening of the HTML block that begins with a line, None if none does."""
    openings = _OPENINGS[:-1] if in_paragraph else _OPENINGS
    return next((one for one in openings if one.first.match(line)), None)
