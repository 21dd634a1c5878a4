"""Half blocks: where a picture is transparent, and where a terminal has 256 colours."""

import io
import re

import pytest
from PIL import Image

from optviz.render.terminal import blocks

# xterm's colours 16 to 255, from its source: 256colres.pl
LEVELS = (0, 95, 135, 175, 215, 255)
XTERM = [(r, g, b) for r in LEVELS for g in LEVELS for b in LEVELS]
XTERM += [(8 + 10 * k,) * 3 for k in range(24)]


def png(mode: str, pixels: list[tuple[int, ...]], size: tuple[int, int]) -> bytes:
    picture = Image.new(mode, size)
    picture.putdata(pixels)
    stream = io.BytesIO()
    picture.save(stream, "png")
    return stream.getvalue()


def test_two_pixels_are_a_character_in_their_colours() -> None:
    data = png("RGB", [(1, 2, 3), (4, 5, 6), (7, 8, 9), (4, 5, 6)], (2, 2))
    first, second = "38;2;1;2;3;48;2;7;8;9", "38;2;4;5;6;48;2;4;5;6"
    assert blocks(data, 80, 24) == f"\x1b[{first}m▀\x1b[{second}m▀\x1b[0m\n"


def test_what_is_transparent_shows_the_terminal() -> None:
    red, none = (255, 0, 0, 255), (0, 0, 0, 0)
    data = png("RGBA", [red, none, none, none, red, none], (3, 2))
    text = blocks(data, 80, 24)
    assert re.sub(r"\x1b\[[0-9;]*m", "", text) == "▀▄ \n"
    assert "48;" not in text


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (224, 78, 16), (119, 118, 120)])
def test_of_256_colours_the_nearest_is_taken(colour: tuple[int, int, int]) -> None:
    text = blocks(png("RGB", [colour] * 2, (1, 2)), 80, 24, exact=False)
    match = re.search(r"38;5;(\d+)", text)
    assert match

    def away(other: tuple[int, ...]) -> int:
        return sum((a - b) ** 2 for a, b in zip(colour, other, strict=True))

    assert away(XTERM[int(match[1]) - 16]) == min(map(away, XTERM))


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (20, 60), (1, 1)])
def test_a_picture_fits_into_the_terminal_and_keeps_its_shape(columns: int, rows: int) -> None:
    lines = blocks(png("RGB", [(9, 9, 9)] * 40000, (200, 200)), columns, rows).splitlines()
    width = len(re.sub(r"\x1b\[[0-9;]*m", "", lines[0]))
    assert width <= columns
    assert len(lines) <= rows
    assert abs(width - 2 * len(lines)) <= 1
