"""Equations of rules, written in Unicode, converted to LaTeX."""

import re
import unicodedata

_LOW = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋ₜᵢ", "0123456789+-ti", strict=True))
_HIGH = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵗ", "0123456789+-t", strict=True))
_SIGNS = {
    "−": "-",
    "⊙": r"\odot ",
    "·": r"\cdot ",
    "←": r"\leftarrow ",
    "≤": r"\leq ",
    "≥": r"\geq ",
    "∞": r"\infty ",
    "Δ": r"\Delta ",
    "Σ": r"\Sigma ",
    "×": r"\times ",
    "‖": r"\Vert ",
}
_ACCENTS = {"\u0302": r"\hat", "\u0304": r"\bar", "\u0303": r"\tilde"}
_WORDS = {"max", "min", "sign", "clip", "if", "else"}
_SCRIPTS = (("_", _LOW), ("^", _HIGH))


def latex(equation: str) -> str | None:
    """`Gₜ = Gₜ₋₁ + gₜ²` as `G_{t} = G_{t-1} + g_{t}^{2}`; None for prose."""
    text = unicodedata.normalize("NFD", equation)
    if set(re.findall(r"[A-Za-z]{2,}", text)) - _WORDS:
        return None
    text = re.sub(r"[A-Za-z]{2,}", lambda word: rf"\mathrm{{{word[0]}}}", text)
    text = "".join(_greek(ch) for ch in text)
    for accent, command in _ACCENTS.items():
        text = re.sub(rf"(\\[a-z]+ |[A-Za-z]){accent}", rf"\{command}{{\1}}", text)
    for _, letters in _SCRIPTS:
        text = re.sub(f"[{''.join(letters)}]+", lambda run: _script(run[0]), text)
    for sign, command in _SIGNS.items():
        text = text.replace(sign, command)
    text = _roots(text)
    return text if text.isascii() else None


def _greek(letter: str) -> str:
    name = unicodedata.name(letter, "")
    if name.startswith("GREEK SMALL LETTER ") and name.count(" ") == 3:
        return f"\\{name.rpartition(' ')[2].lower().replace('lamda', 'lambda')} "
    return letter


def _script(run: str) -> str:
    sign, letters = next(pair for pair in _SCRIPTS if run[0] in pair[1])
    return f"{sign}{{{''.join(letters[ch] for ch in run)}}}"


def _roots(text: str) -> str:
    r"""√(…) with its bracket, and √v of one letter, as \sqrt{…}."""
    while "√" in text:
        before, _, rest = text.partition("√")
        end = _closing(rest) if rest.startswith("(") else 0
        if end:
            inside, rest = rest[1:end], rest[end + 1 :]
        else:
            one = re.match(r"\\[a-z]+(\{[^}]*\}| )|.", rest)
            scripts = re.compile(r"([_^]\{[^}]*\})*")
            end = one.end() if one else 0
            end = scripts.match(rest, end).end()  # type: ignore[union-attr]
            inside, rest = rest[:end], rest[end:]
        text = rf"{before}\sqrt{{{inside}}}{rest}"
    return text


def _closing(text: str) -> int:
    """The index of the bracket that closes the first one; 0 if there is none."""
    depth = 0
    for i, ch in enumerate(text):
        depth += (ch == "(") - (ch == ")")
        if depth == 0:
            return i
    return 0
