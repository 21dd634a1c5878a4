"""Line colours stay apart for every eye and in grey."""

from itertools import combinations

import numpy as np
import pytest

from optviz.render.draw.theme import DASHES, MARKERS, theme

# Machado, Oliveira & Fernandes 2009, severity 1.0, on linear RGB
SEEN = {
    "all": np.eye(3),
    "protan": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                        [-0.003882, -0.048116, 1.051998]]),
    "deutan": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                        [-0.011820, 0.042940, 0.968881]]),
    "tritan": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                        [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip


def linear(colour: str) -> np.ndarray:
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b*, D65."""
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    t = xyz @ np.clip(rgb, 0, 1) / np.array([0.9505, 1.0, 1.089])
    x, y, z = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(one: str, two: str) -> float:
    light, dark = sorted((linear(c) @ [0.2126, 0.7152, 0.0722] for c in (one, two)), reverse=True)
    return float((light + 0.05) / (dark + 0.05))


@pytest.mark.parametrize("eye", SEEN)
@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_first_four_lines_can_be_told_apart(name: str, eye: str) -> None:
    seen = [lab(SEEN[eye] @ linear(colour)) for colour in theme(name).lines[:4]]
    nearest = min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2))
    assert nearest > 15


@pytest.mark.parametrize("name", ["light", "dark", "print"])
def test_lines_and_letters_stand_out_from_the_paper(name: str) -> None:
    look = theme(name)
    for colour in (*look.lines, look.ink, look.muted):
        assert contrast(colour, look.paper) > 4.5


def test_every_role_has_its_marker_and_its_dash() -> None:
    roles = len(theme("light").lines)
    assert len(set(MARKERS)) == len(set(DASHES)) == roles
