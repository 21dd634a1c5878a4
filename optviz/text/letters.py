"""Letters and indices that names are made of: Greek ones, superscripts, subscripts."""

import re

GREEK = {
    **{"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta"},
    **{"η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu"},
    **{"ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon"},
    **{"φ": "varphi", "χ": "chi", "ψ": "psi", "ω": "omega"},
    **{"Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi"},
    **{"Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega"},
}
SUPERSCRIPTS, SUBSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"
LETTER = f"[A-Za-z{''.join(GREEK)}]"

_BY_NAME = {name: letter for letter, name in GREEK.items()} | {"epsilon": "ε", "phi": "φ"}
WORDS = "|".join(sorted(_BY_NAME, key=len, reverse=True))  # the names of Greek letters
_NAME = re.compile(f"({LETTER})([0-9]*)")
_DIGITS = "0123456789"
_TO_SUPERSCRIPTS = str.maketrans(f"{_DIGITS}-", f"{SUPERSCRIPTS}⁻")
_TO_SUBSCRIPTS = str.maketrans(_DIGITS, SUBSCRIPTS)
_TO_DIGITS = str.maketrans(f"{SUPERSCRIPTS}⁻{SUBSCRIPTS}", f"{_DIGITS}-{_DIGITS}")


def parts(name: str) -> tuple[str, str] | None:
    """The letter and the index of a name, `θ` and `1` of `θ1`; None for a word."""
    match = _NAME.fullmatch(name)
    return (match[1], match[2]) if match else None


def greek(word: str) -> str:
    """The letter that a word is the name of, `θ` of `theta`; another word as it is."""
    return _BY_NAME.get(word, word)


def tex(letter: str) -> str:
    r"""A letter in LaTeX: `x`, `\theta`."""
    return f"\\{GREEK[letter]}" if letter in GREEK else letter


def superscript(text: str) -> str:
    """A text with its digits and minus signs as an exponent has them: `⁻⁷`."""
    return text.translate(_TO_SUPERSCRIPTS)


def subscript(text: str) -> str:
    """A text with its digits as an index has them: `x₁`."""
    return text.translate(_TO_SUBSCRIPTS)


def digits(text: str) -> str:
    """A text with plain digits in place of superscripts and subscripts: `x1` of `x₁`."""
    return text.translate(_TO_DIGITS)
