"""Colours as numbers: OKLab, in which equal distances look equal, and contrast as WCAG has it.

OKLab is Björn Ottosson's (https://bottosson.github.io/posts/oklab/, 2020).
"""

import numpy as np

from optviz.arrays import Array

_TO_CONES = np.array([
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
])  # fmt: skip
_TO_LAB = np.array([
    [0.2104542553, 0.7936177850, -0.0040720468],
    [1.9779984951, -2.4285922050, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.8086757660],
])  # fmt: skip
_TO_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


def rgb(colour: str) -> Array:
    """`#rrggbb` as red, green and blue from 0 to 1: (3,)."""
    return np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def hexadecimal(values: Array) -> str:
    """Red, green and blue (3,) as `#rrggbb`."""
    return "#" + "".join(f"{round(255 * float(v)):02x}" for v in np.clip(values, 0, 1))


def linear(values: Array) -> Array:
    """sRGB without its gamma: (…, 3)."""
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def _gamma(values: Array) -> Array:
    values = np.clip(values, 0, 1)
    return np.where(values <= 0.0031308, 12.92 * values, 1.055 * values ** (1 / 2.4) - 0.055)


def lab(values: Array) -> Array:
    """OKLab of sRGB: (…, 3)."""
    return np.asarray(np.cbrt(linear(values) @ _TO_CONES.T) @ _TO_LAB.T)


def srgb(values: Array) -> Array:
    """sRGB of OKLab: (…, 3)."""
    cones = values @ np.linalg.inv(_TO_LAB).T
    return _gamma(cones**3 @ np.linalg.inv(_TO_CONES).T)


def blend(stops: tuple[str, ...], places: Array) -> Array:
    """sRGB at places (n,) from 0 to 1 between stops, interpolated in OKLab: (n, 3)."""
    known = np.array([lab(rgb(stop)) for stop in stops])
    at = np.clip(places, 0, 1) * (len(stops) - 1)
    each = [np.interp(at, np.arange(len(stops)), channel) for channel in known.T]
    return np.clip(srgb(np.stack(each, axis=-1)), 0, 1)


def luminance(values: Array) -> Array:
    """Relative luminance as WCAG 2 defines it: (…, 3) → (…,)."""
    return np.asarray(linear(values) @ _TO_LUMINANCE)


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of contrast, from 1 to 21."""
    low, high = sorted(float(luminance(rgb(colour))) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)
