"""Texts as LaTeX spells them, for pdfLaTeX too, which knows few letters."""

import re

_SPECIAL = {
    **{sign: f"\\{sign}" for sign in "{}$&#_%"},
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': "''",
}  # fmt: skip
_LETTERS = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ϵ": "epsilon",
    "ζ": "zeta", "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu",
    "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "ς": "varsigma", "σ": "sigma", "τ": "tau",
    "υ": "upsilon", "φ": "varphi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma",
    "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma",
    "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega", "ℓ": "ell", "×": "times", "·": "cdot", "±": "pm",
    "≤": "le", "≥": "ge", "≠": "ne", "≈": "approx", "∞": "infty", "√": "surd", "∇": "nabla",
    "∂": "partial", "∈": "in", "‖": "|", "→": "rightarrow", "←": "leftarrow", "↑": "uparrow",
    "↓": "downarrow", "⊙": "odot",
}  # fmt: skip
_BLANKS = {"\u00a0": "~", "\u202f": r"\,", "\u2009": r"\,"}
_UPPER, _LOWER = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵀ", "₀₁₂₃₄₅₆₇₈₉₊₋ₜᵢⱼₖₙ"
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
    _SPECIAL | {sign: rf"\ensuremath{{\{name}}}" for sign, name in _LETTERS.items()}
    | {"−": r"\ensuremath{-}", "°": r"\ensuremath{{}^{\circ}}"} | _BLANKS
)  # fmt: skip
_IN_FORMULAS = str.maketrans(
    {sign: f"\\{name} " for sign, name in _LETTERS.items()} | _BLANKS | {"−": "-"}
)
