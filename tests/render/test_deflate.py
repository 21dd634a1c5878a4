"""Rows of a picture packed in bands are the rows, and the same bytes whatever it is like."""

import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz.render.fast import deflate
from optviz.render.fast.deflate import Like, deflated
from optviz.render.fast.pixels import Pixels

HEIGHT, WIDTH = 70, 5  # two bands and a part of one
change = st.tuples(
    st.integers(0, HEIGHT - 1), st.integers(0, WIDTH - 1), st.integers(0, 3), st.integers(0, 255)
)


def unpacked(data: bytes, shape: tuple[int, int], channels: int) -> Pixels:
    rows = np.frombuffer(zlib.decompress(data), dtype=np.uint8).reshape(shape[0], -1)
    assert not rows[:, 0].any()  # no filter
    return rows[:, 1:].reshape(*shape, channels)


@given(
    st.lists(st.lists(change, max_size=5), min_size=1, max_size=6),
    st.sampled_from([3, 4]),
    st.booleans(),
)
def test_pictures_that_differ_a_little_are_each_read_back(
    changes: list[list[tuple[int, int, int, int]]], channels: int, follows: bool
) -> None:
    mode = {3: "RGB", 4: "RGBA"}[channels]
    picture = np.full((HEIGHT, WIDTH, 4), 255, dtype=np.uint8)
    like = Like(picture.copy(), follows)
    for some in changes:
        for row, column, channel, value in some:
            picture[row, column, channel] = value
        packed = deflated(picture, mode, like)
        assert (unpacked(packed, (HEIGHT, WIDTH), channels) == picture[..., :channels]).all()
        assert deflated(picture, mode) == packed


@pytest.mark.parametrize("size", [(1, 1), (32, 3), (33, 700), (200, 400)])
def test_any_size_and_any_noise_is_read_back(size: tuple[int, int]) -> None:
    picture = np.random.default_rng(1).integers(0, 256, (*size, 4), dtype=np.uint8)
    for like in (None, Like(picture.copy()), Like(255 - picture)):
        packed = deflated(picture, "RGB", like)
        assert (unpacked(packed, size, 3) == picture[..., :3]).all()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Pixels]:
    """What is packed from now on."""
    found: list[Pixels] = []
    packed = deflate._packed

    def noted(part: Pixels, mode: str) -> deflate.Band:
        found.append(part.copy())
        return packed(part, mode)

    monkeypatch.setattr(deflate, "_packed", noted)
    return found


def test_a_band_that_is_as_in_the_picture_it_is_like_is_packed_once(made: list[Pixels]) -> None:
    bare = np.zeros((96, 8, 4), dtype=np.uint8)
    like = Like(bare)
    for value in (7, 8):
        picture = bare.copy()
        picture[40] = value
        deflated(picture, "RGB", like)
    assert [int(part.max()) for part in made] == [0, 7, 0, 8]


def test_frames_pack_what_changed_since_the_last(made: list[Pixels]) -> None:
    picture = np.zeros((96, 8, 4), dtype=np.uint8)
    last = Like(picture.copy(), follows=True)
    deflated(picture, "RGB", last)
    made.clear()
    for row in (40, 41, 41):
        picture[row] = row
        deflated(picture, "RGB", last)
    assert [int(part.max()) for part in made] == [40, 41]
