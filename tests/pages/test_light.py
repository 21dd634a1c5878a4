"""A light landscape is quiet: the paper shows through it, and the eye falls on the path."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from optviz import render
from optviz.spec import figure

DARK, MOST_DARK, LEAST_MEAN = 0.85, 0.10, 0.93  # OKLab lightness; a fraction of the pixels


def lightness(options: dict[str, object]) -> np.ndarray:
    """OKLab's L of each pixel of a figure (Ottosson 2020)."""
    spec, _ = figure.read(options)
    assert spec is not None
    drawing, stream = spec.draw(), BytesIO()
    render.write(drawing.scene, drawing.look, "png", stream)
    rgb = np.asarray(Image.open(stream).convert("RGB")) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    cones = np.cbrt(linear @ np.array([
        [0.4122214708, 0.2119034982, 0.0883024619],
        [0.5363325363, 0.6806995451, 0.2817188376],
        [0.0514459929, 0.1073969566, 0.6299787005],
    ]))  # fmt: skip
    return np.asarray(cones @ [0.2104542553, 0.7936177850, -0.0040720468])


@pytest.mark.parametrize(
    "options",
    [
        {"opt": ["adagrad"], "eta": "0.4"},
        {"opt": ["gd:eta=0.4", "adam:eta=0.4", "momentum:eta=0.1,beta=0.9"]},
        {"opt": ["gd:eta=0.1"], "objective": "x^2+y^2", "size": "480x360"},
        {"opt": ["gd:eta=0.1"], "objective": "x1^2-x2^2/4", "start": ["-4,0.01"]},
    ],
    ids=str,
)
def test_a_light_trace_is_paper_with_a_path_on_it(options: dict[str, object]) -> None:
    found = lightness({"figure": "trace", **options})
    assert (found < DARK).mean() <= MOST_DARK
    assert found.mean() >= LEAST_MEAN
