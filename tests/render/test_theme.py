"""Themes keep the law of colours: contrast, distance for every eye and in grey, twelve curves."""

from itertools import combinations

import numpy as np
import pytest

from optviz.arrays import Array
from optviz.render.draw import colour
from optviz.render.draw.shapes import hatched
from optviz.render.draw.theme import THEMES, theme

COLOURED = ["light", "dark"]

# Machado, Oliveira & Fernandes 2009, severity 1.0, on linear RGB
EYES = {
    "all": np.eye(3),
    "protan": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                        [-0.003882, -0.048116, 1.051998]]),
    "deutan": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                        [-0.011820, 0.042940, 0.968881]]),
    "tritan": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                        [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip
DISTANCES = {"light": 17.0, "dark": 15.0}  # for all cones; 11 without one of them


def linear(text: str) -> Array:
    """Linear red, green and blue, as IEC 61966-2-1 has them."""
    rgb = np.array([int(text[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def gamma(values: Array) -> Array:
    values = np.clip(values, 0, 1)
    return np.where(values <= 0.0031308, 12.92 * values, 1.055 * values ** (1 / 2.4) - 0.055)


def luminance(text: str) -> float:
    return float(linear(text) @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    """WCAG's ratio."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def grounds(name: str) -> list[str]:
    """The paper, and the landscape's colours where it is filled."""
    look = theme(name)
    return [look.paper, *(look.fill or ())]


def test_colours_are_those_that_ottosson_gives() -> None:
    assert colour.lab(np.array([1.0, 1.0, 1.0])) == pytest.approx([1, 0, 0], abs=1e-4)
    # The primaries of sRGB, from the table of CSS Color 4: oklch(62.796% 0.25768 29.234)
    red = colour.lab(np.array([1.0, 0.0, 0.0]))
    assert red[0] == pytest.approx(0.62796, abs=1e-4)
    assert np.hypot(*red[1:]) == pytest.approx(0.25768, abs=1e-4)
    assert np.degrees(np.arctan2(red[2], red[1])) == pytest.approx(29.234, abs=0.01)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("name", COLOURED)
def test_six_lines_can_be_told_apart_by_every_eye(name: str, eye: str) -> None:
    seen = [colour.lab(gamma(EYES[eye] @ linear(line))) for line in theme(name).lines]
    nearest = min(100 * float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2))
    assert nearest >= (DISTANCES[name] if eye == "all" else 11)


@pytest.mark.parametrize("name", COLOURED)
def test_six_lines_can_be_told_apart_in_grey(name: str) -> None:
    greys = [100 * np.cbrt(luminance(line)) for line in theme(name).lines]
    assert min(abs(a - b) for a, b in combinations(greys, 2)) >= 3


@pytest.mark.parametrize("name", THEMES)
def test_lines_stand_out_from_every_ground_and_words_can_be_read_on_it(name: str) -> None:
    look = theme(name)
    for ground in grounds(name):
        assert all(contrast(line, ground) >= 3 for line in look.lines)
        assert all(contrast(word, ground) >= 4.5 for word in (*look.words, look.ink, look.text))
    assert contrast(look.muted, look.paper) >= 4.5
    assert contrast(look.subtitle, look.paper) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_twelve_curves_differ_in_colour_dash_marker_or_face(name: str) -> None:
    strokes = [theme(name).curve(role) for role in range(12)]
    drawn = {(s.colour, s.dash, s.marker, s.hollow) for s in strokes}
    assert len(drawn) == 12


def test_twelve_curves_of_print_differ_by_dash_or_marker_without_their_grey() -> None:
    strokes = [theme("print").curve(role) for role in range(12)]
    assert len({(s.dash, s.marker, s.hollow) for s in strokes}) == 12


@pytest.mark.parametrize("name", THEMES)
def test_a_map_runs_one_way_in_lightness_so_that_grey_keeps_its_order(name: str) -> None:
    lightness = colour.lab(theme(name).ramp_colours)[:, 0]
    assert len(set(np.sign(np.diff(lightness)))) == 1


@pytest.mark.parametrize("name", THEMES)
def test_cells_without_a_value_differ_from_the_worst_cells_or_are_hatched(name: str) -> None:
    look = theme(name)
    assert contrast(look.blank, look.ramp[-1]) >= 1.2 or hatched(look)


@pytest.mark.parametrize("name", THEMES)
def test_a_role_has_the_same_look_in_every_figure(name: str) -> None:
    look = theme(name)
    for role in range(24):
        assert look.curve(role).colour == look.line(role)
