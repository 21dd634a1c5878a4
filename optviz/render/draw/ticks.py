"""Ticks that read well: round numbers, whole steps, plain decimals on short log axes."""

import numpy as np

Ticks = tuple[list[float], list[str], list[float]]  # places, labels, minor places


def linear(low: float, high: float, count: int, whole: bool = False) -> Ticks:
    """About `count` round numbers between low and high, with as many decimals as they need."""
    span = high - low
    if not span > 0:
        return [low], [_plain(low, 6)], []
    raw = span / max(count * (0.6 if whole else 1), 1)
    power = 10.0 ** np.floor(np.log10(raw))
    step = float(power * min(m for m in (1, 2, 2.5, 5, 10) if m * power >= raw * 0.999))
    if whole:
        step = float(max(1, round(step))) if step != 2.5 else 2.0
    first = np.ceil(low / step - 1e-9)
    values = [float(k * step) for k in np.arange(first, np.floor(high / step + 1e-9) + 1)]
    if whole and values and values[0] == 0 and low > 0:
        values = values[1:]
    if whole and low == 1 and 1.0 not in values:
        values = [1.0, *(v for v in values if v > 1 + 0.4 * step)]
    biggest = max(abs(low), abs(high))
    if biggest >= 1e5 or biggest < 1e-3:
        return values, [_power(v) for v in values], []
    decimals = max(0, -int(np.floor(np.log10(step) + 1e-9)) + (step / power == 2.5))
    return values, [_plain(v, decimals) for v in values], []


def logarithmic(low: float, high: float) -> Ticks:
    """Labelled ticks and minor ticks of a log axis."""
    first, last = int(np.floor(np.log10(low))), int(np.ceil(np.log10(high)))
    decades = range(first, last + 1)
    inside = [k for k in decades if low <= 10.0**k <= high]
    minor = [v for k in decades for m in range(2, 10) if low <= (v := m * 10.0**k) <= high]
    if len(inside) < 2:
        majors = [v for k in decades for m in (1, 2, 5) if low <= (v := m * 10.0**k) <= high]
        if len(majors) < 3:
            majors = [v for v in linear(low, high, 4)[0] if v > 0]
        return majors, [_short(v) for v in majors], [v for v in minor if v not in majors]
    every = -(-len(inside) // 8)
    shown = [k for k in inside if k % every == 0]
    labels = [_short(10.0**k) for k in shown]
    if min(shown) < -3 or max(shown) > 4:
        labels = [f"$10^{{{k}}}$" for k in shown]
    return [10.0**k for k in shown], labels, minor if len(inside) <= 5 else []


def _plain(value: float, decimals: int) -> str:
    return f"{value + 0.0:.{decimals}f}".replace("-", "−")


def _short(value: float) -> str:
    return f"{value:.6g}" if 1e-4 <= value < 1e5 else _power(value)


def _power(value: float) -> str:
    mantissa, _, exponent = f"{value + 0.0:.6g}".partition("e")
    if not exponent:
        return mantissa.replace("-", "−")
    head = "" if mantissa == "1" else rf"{mantissa}\times"
    return rf"${head}10^{{{int(exponent)}}}$"


def widest(labels: list[str]) -> int:
    """The length in characters of the widest label, LaTeX counted as it will look."""
    plain = [
        label.replace("$", "").replace("10^{", "10").replace(r"\times", "x") for label in labels
    ]
    return max((len(text.replace("}", "")) for text in plain), default=1)
