"""Numbers and points as people read them: in Unicode, and in LaTeX inside of formulas."""

import re

import numpy as np

from optviz import phrases
from optviz.arrays import Array
from optviz.text.letters import superscript


def decimal(value: float, digits: int, least: float = 1e-4) -> str:
    """So many significant digits: `0.05`, `5.3e-07`; no exponent from `least` to a million."""
    short = f"{value + 0.0:.{digits}g}"
    size = abs(float(short))
    if 0 < size < least:
        return re.sub(r"\.?0+e", "e", f"{value:.{digits - 1}e}")
    return f"{float(short):.10g}" if size < 1e6 else short


def shortest(value: float) -> str:
    """The shortest decimal that reads back to the same float: `0.1`, `3`, `1e-07`."""
    return repr(float(value)).removesuffix(".0")


def figures(value: float) -> str:
    """Six significant digits."""
    return f"{value:.6g}"


def fixed(value: float) -> str:
    """Six decimals, as the book prints them; an exponent from 1e9 on."""
    return f"{value:.6f}" if abs(value) < 1e9 else f"{value:.6e}"


def number(value: float, digits: int = 3) -> str:
    """A number for people: `−2.38`, `5.3×10⁻⁷`, `∞`; `none` for nan."""
    if not np.isfinite(value):
        return phrases.say("none") if np.isnan(value) else "∞" if value > 0 else "−∞"
    return typographic(decimal(value, digits))


def typographic(text: str) -> str:
    """A decimal as printed with the sign of typography and a power of ten: `−2×10⁻⁵`, `10⁻⁷`."""
    mantissa, _, exponent = text.replace("E", "e").partition("e")
    mantissa = mantissa.replace("-", "−")
    if not exponent:
        return mantissa
    power = "10" + superscript(str(int(exponent)))
    return {"1": power, "−1": f"−{power}"}.get(mantissa, f"{mantissa}×{power}")


def tex(value: float, digits: int = 3) -> str:
    """A number in LaTeX, without the dollars."""
    return tex_of(decimal(value, digits))


def base_tex(value: float, digits: int = 3) -> str:
    """A number in LaTeX that an exponent may follow: in brackets where it has one of its own."""
    text = tex(value, digits)
    return text if re.fullmatch(r"[0-9.]+", text) else f"({text})"


def tex_of(text: str) -> str:
    """A decimal as printed, in LaTeX."""
    mantissa, _, exponent = text.partition("e")
    mantissa = mantissa.replace("-", "{-}")  # a sign, not a difference
    if not exponent:
        return mantissa
    power = rf"10^{{{int(exponent)}}}"
    return power if mantissa == "1" else rf"{mantissa}\times {power}"


def point(x: Array, away: Array | None = None) -> str:
    """A point: (−2.38, −0.159); of many coordinates only the first three.

    In as many digits as show how far it is from the point `away`; without one, as it was typed.
    """
    parts = [number(v, d) for v, d in _digits(x, away)] + (["…"] if len(x) > 3 else [])
    return "(" + ", ".join(parts) + ")" if len(x) > 1 else parts[0]


def _digits(x: Array, away: Array | None) -> list[tuple[float, int]]:
    """Each of the first three coordinates and the significant digits it needs."""
    coordinates = []
    for i, value in enumerate(x[:3].tolist()):
        digits = 12
        if away is not None:
            distance = abs(value - float(away[i])) or abs(value) or 1.0
            ratio = abs(value) / distance
            digits = 3 + int(min(np.ceil(np.log10(ratio)), 9)) if ratio > 1.0 else 3
        coordinates.append((float(value), digits))
    return coordinates


def typed(text: str) -> str:
    """A title with escaped dollars, but for those of formulas: not in "$5 and $10" or "$$".

    As in Pandoc, a formula touches its dollars, no digit follows it, and it stands in one line.
    """
    return "\n".join(map(_typed_line, text.split("\n")))


def _typed_line(text: str) -> str:
    parts = re.split(r"((?<![\\$])\$(?=[^\s$])[^$]*?(?<=[^\s\\])\$(?![\d$]))", text)
    return "".join(
        part if i % 2 else re.sub(r"(?<!\\)\$", r"\\$", part) for i, part in enumerate(parts)
    )
