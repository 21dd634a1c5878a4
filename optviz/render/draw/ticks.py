"""Ticks that read well: few round numbers, in one notation, each with a label of its own."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from optviz.scene import Panel
from optviz.text.letters import superscript

MOST = 7  # labels of an axis


class Ticks(NamedTuple):
    """Places and labels."""

    places: list[float]
    labels: list[str]


def fitting(make: Callable[[int], Ticks], fits: Callable[[Ticks], bool], most: int = MOST) -> Ticks:
    """The ticks with the most labels for which there is room, at least one."""
    for count in range(most, 1, -1):
        if fits(ticks := make(count)):
            return ticks
    places, labels = make(1)
    return Ticks(places[:1], labels[:1])


def horizontal(panel: Panel, count: int) -> Ticks:
    """At most `count` ticks of the horizontal axis, those of the panel where it names them."""
    if panel.xticks is not None:
        return _chosen(panel.xticks, count)
    if panel.xlog:
        return logarithmic(*panel.xlim, count)
    return linear(*panel.xlim, count, whole=panel.steps and panel.whole)


def vertical(panel: Panel, count: int) -> Ticks:
    """At most `count` ticks of the vertical axis."""
    if panel.axes != "both":
        return Ticks([], [])
    if panel.yticks is not None:
        return _chosen(panel.yticks, count)
    return logarithmic(*panel.ylim, count) if panel.log else linear(*panel.ylim, count)


def _chosen(ticks: tuple[tuple[float, str], ...], count: int) -> Ticks:
    """All ticks of a list, or every n-th."""
    every = -(-len(ticks) // max(count, 1)) if len(ticks) > 2 * MOST or count < MOST else 1
    return Ticks([place for place, _ in ticks[::every]], [text for _, text in ticks[::every]])


def linear(low: float, high: float, count: int, whole: bool = False) -> Ticks:
    """At most `count` round numbers between low and high, with the digits they need."""
    span = high - low
    if not span > 0:
        return Ticks([low], [_plain(low, 6)])
    power = 10.0 ** np.floor(np.log10(span / max(count, 1)) - 1)
    steps = (
        m * power * 10.0**k for k in range(4) for m in ((1, 2, 5) if whole else (1, 2, 2.5, 5))
    )
    for step in steps:
        if whole and step < 1:
            continue
        values = _multiples(low, high, float(step))
        if len(values) <= count:
            break
    if whole and low == 1 and values[:1] != [1.0]:
        kept = [v for v in values if v > 1 + 0.4 * step]
        kept = kept if len(kept) < count else kept[1::2]
        return Ticks([1.0, *kept], ["1", *_labels(kept, float(step))])
    return Ticks(values, _labels(values, float(step)))


def _multiples(low: float, high: float, step: float) -> list[float]:
    first, last = np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9)
    return [float(k * step) for k in np.arange(first, last + 1)]


def _labels(values: list[float], step: float) -> list[str]:
    """Labels of one notation: plain decimals, or all with the power of ten of the largest."""
    biggest = max((abs(v) for v in values), default=1.0) or 1.0
    digits = int(np.floor(np.log10(biggest)) - np.floor(np.log10(step) + 1e-9)) + 2
    if 1e-3 <= biggest < 1e5 or digits > 7:
        decimals = max(0, 1 - int(np.floor(np.log10(step) + 1e-9)))
        return [_plain(v, decimals) for v in values]
    power = int(np.floor(np.log10(biggest) + 1e-9))
    return [_times(v / 10.0**power, digits, power) for v in values]


def _times(mantissa: float, digits: int, power: int) -> str:
    if abs(mantissa) < 1e-9:
        return "0"
    head = f"{mantissa:.{digits}f}".rstrip("0").rstrip(".").replace("-", "−")
    ten = f"10{superscript(str(power))}"
    return ten if head == "1" else f"{head}×{ten}"


def logarithmic(low: float, high: float, count: int = MOST) -> Ticks:
    """Powers of ten, or over less than two decades 1, 2 and 5 times them."""
    first, last = int(np.floor(np.log10(low))), int(np.ceil(np.log10(high)))
    decades = range(first, last + 1)
    inside = [k for k in decades if low * 0.999999 <= 10.0**k <= high * 1.000001]
    if len(inside) < 3:
        return _within_two_decades(low, high, count)
    every = -(-len(inside) // count)
    shown = [k for k in inside if k % every == 0] or inside[:1]
    return Ticks([10.0**k for k in shown], _powers(shown))


def _within_two_decades(low: float, high: float, count: int) -> Ticks:
    decades = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
    for numbers in ((1, 2, 5), (1, 3), (1,)):
        values = [v for k in decades for m in numbers if low <= (v := m * 10.0**k) <= high]
        if len(values) <= count:
            break
    if len(values) < 2:
        return linear(low, high, count)
    if low > 1e-4 and high < 1e6:
        return Ticks(values, [f"{v:.10f}".rstrip("0").rstrip(".") for v in values])
    return Ticks(values, [_scientific(v) for v in values])


def _scientific(value: float) -> str:
    power = int(np.floor(np.log10(value) + 1e-9))
    return _times(value / 10.0**power, 1, power)


def _powers(shown: list[int]) -> list[str]:
    """Plain numbers if all are short, else powers; 10⁰ is 1."""
    if min(shown) >= -3 and max(shown) <= 4:
        return [f"{10.0**k:.10f}".rstrip("0").rstrip(".") for k in shown]
    return ["1" if k == 0 else f"10{superscript(str(k))}" for k in shown]


def _plain(value: float, decimals: int) -> str:
    text = f"{value + 0.0:.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text.replace("-", "−")
