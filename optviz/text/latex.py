"""Texts as LaTeX spells them, for pdfLaTeX too, which knows few letters."""

import re

from optviz.text.letters import GREEK, SUBSCRIPTS, SUPERSCRIPTS

_SPECIAL = {
    **{sign: f"\\{sign}" for sign in "{}$&#_%"},
    **{"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"},
    **{"<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': "''"},
}
_LETTERS = {
    **GREEK,
    **{"ϵ": "epsilon", "ι": "iota", "ς": "varsigma", "ℓ": "ell", "×": "times", "·": "cdot"},
    **{"±": "pm", "≤": "le", "≥": "ge", "≠": "ne", "≈": "approx", "∞": "infty", "√": "surd"},
    **{"∇": "nabla", "∂": "partial", "∈": "in", "‖": "|", "→": "rightarrow", "←": "leftarrow"},
    **{"↑": "uparrow", "↓": "downarrow", "⊙": "odot"},
}
_BLANKS = {"\u00a0": "~", "\u202f": r"\,", "\u2009": r"\,"}
_UPPER, _LOWER = f"{SUPERSCRIPTS}⁺⁻ᵀ", f"{SUBSCRIPTS}₊₋ₜᵢⱼₖₙ"
_BASE = dict(zip(_UPPER + _LOWER, "0123456789+-T" + "0123456789+-tijkn", strict=True))
_RAISED = re.compile(f"[{_UPPER}]+|[{_LOWER}]+")


def words(text: str) -> str:
    """A text without formulas, every sign as it is printed; raised digits are exponents."""
    parts, at = [], 0
    for match in _RAISED.finditer(text):
        parts += [text[at : match.start()].translate(_TABLE), _raised(match[0])]
        at = match.end()
    return "".join([*parts, text[at:].translate(_TABLE)])


def formula(text: str) -> str:
    """A formula in LaTeX with the letters that it may have in Unicode spelled."""
    return text.translate(_IN_FORMULAS)


def _raised(signs: str) -> str:
    way = "^" if signs[0] in _UPPER else "_"
    return rf"\ensuremath{{{way}{{{''.join(_BASE[sign] for sign in signs)}}}}}"


_TABLE = str.maketrans(
    _SPECIAL
    | {sign: rf"\ensuremath{{\{name}}}" for sign, name in _LETTERS.items()}
    | {"−": r"\ensuremath{-}", "°": r"\ensuremath{{}^{\circ}}"}
    | _BLANKS
)
_IN_FORMULAS = str.maketrans(
    {sign: f"\\{name} " for sign, name in _LETTERS.items()} | _BLANKS | {"−": "-"}
)
