"""Lines stay apart for every eye and in grey; lines and words stand out from their grounds."""

from itertools import combinations, product

import numpy as np
import pytest

from optviz.render.draw.maps import hatched
from optviz.render.draw.theme import THEMES, Theme, theme

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
APART = {"light": 17, "dark": 15}  # of six colours, to an eye that sees all
APART_TO_THE_COLOUR_BLIND, APART_IN_GREY = 11, 3
LINE, WORD = 3.0, 4.5  # WCAG's ratios for graphics and for text
CELLS = 1.15  # between a map's worst cells and those that have no value, or these are hatched


def linear(colour: str) -> np.ndarray:
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, two: str) -> float:
    """WCAG's ratio."""
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def oklab(rgb: np.ndarray) -> np.ndarray:
    """100 × OKLab of linear RGB (Ottosson 2020)."""
    cones = np.array([
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]) @ np.clip(rgb, 0, 1)  # fmt: skip
    return 100 * np.array([
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]) @ np.cbrt(cones)  # fmt: skip


def nearest(colours: list[np.ndarray]) -> float:
    return min(float(np.linalg.norm(a - b)) for a, b in combinations(colours, 2))


def grounds(look: Theme) -> list[str]:
    """The papers that lines and their names stand on, from the minimum to the top level."""
    levels = [look.height_colour(k / 12) for k in range(13)]
    return [look.paper, *filter(None, levels)]


@pytest.mark.parametrize("eye", SEEN)
@pytest.mark.parametrize("name", APART)
def test_six_lines_can_be_told_apart_by_every_eye(name: str, eye: str) -> None:
    seen = [oklab(SEEN[eye] @ linear(colour)) for colour in theme(name).lines]
    assert nearest(seen) >= (APART[name] if eye == "all" else APART_TO_THE_COLOUR_BLIND)


@pytest.mark.parametrize("name", APART)
def test_six_lines_can_be_told_apart_in_grey(name: str) -> None:
    greys = [100 * np.cbrt([luminance(colour)]) for colour in theme(name).lines]
    assert nearest(greys) >= APART_IN_GREY


@pytest.mark.parametrize("name", THEMES)
def test_no_two_of_twelve_curves_look_alike(name: str) -> None:
    looks = [theme(name).curve(role) for role in range(12)]
    assert len({(one.colour, one.dash, one.marker, one.hollow) for one in looks}) == 12


@pytest.mark.parametrize("name", THEMES)
def test_lines_stand_out_from_every_level(name: str) -> None:
    look = theme(name)
    for colour, ground in product((*look.lines, look.ink), grounds(look)):
        assert contrast(colour, ground) >= LINE, (colour, ground)


@pytest.mark.parametrize("name", THEMES)
def test_words_stand_out_from_what_they_stand_on(name: str) -> None:
    look = theme(name)
    over_levels = product((*look.words, look.ink, look.text), grounds(look))
    on_paper = product((look.subtitle, look.muted), [look.paper])
    for colour, ground in (*over_levels, *on_paper):
        assert contrast(colour, ground) >= WORD, (colour, ground)


@pytest.mark.parametrize("name", THEMES)
def test_cells_without_a_value_differ_from_the_worst_ones(name: str) -> None:
    look = theme(name)
    assert contrast(look.blank, look.ramp[-1]) >= CELLS or hatched(look)


@pytest.mark.parametrize("name", THEMES)
def test_a_map_survives_a_grey_printer(name: str) -> None:
    lightness = [luminance(colour) for colour in theme(name).ramp]
    assert lightness in (sorted(lightness), sorted(lightness, reverse=True))
