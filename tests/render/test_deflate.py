"""Rows of a picture packed in bands are the rows, and the same bytes whatever was packed before."""

import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz.render import _deflate
from optviz.render._pixels import Pixels

HEIGHT, WIDTH = 70, 5  # two bands and a part of one
change = st.tuples(
    st.integers(0, HEIGHT - 1), st.integers(0, WIDTH - 1), st.integers(0, 3), st.integers(0, 255)
)


def forget() -> None:
    for key in list(_deflate.KNOWN.values):
        _deflate.KNOWN.forget(key)


def unpacked(data: bytes, shape: tuple[int, int], channels: int) -> Pixels:
    rows = np.frombuffer(zlib.decompress(data), dtype=np.uint8).reshape(shape[0], -1)
    assert not rows[:, 0].any()  # no filter
    return rows[:, 1:].reshape(*shape, channels)


@given(st.lists(st.lists(change, max_size=5), min_size=1, max_size=6), st.sampled_from([3, 4]))
def test_pictures_that_differ_a_little_are_each_read_back(
    changes: list[list[tuple[int, int, int, int]]], channels: int
) -> None:
    mode = {3: "RGB", 4: "RGBA"}[channels]
    picture = np.full((HEIGHT, WIDTH, 4), 255, dtype=np.uint8)
    for some in changes:
        for row, column, channel, value in some:
            picture[row, column, channel] = value
        packed = _deflate.deflated(picture, mode)
        assert (unpacked(packed, (HEIGHT, WIDTH), channels) == picture[..., :channels]).all()
        forget()
        assert _deflate.deflated(picture, mode) == packed


@pytest.mark.parametrize("size", [(1, 1), (32, 3), (33, 700), (200, 400)])
def test_any_size_and_any_noise_is_read_back(size: tuple[int, int]) -> None:
    picture = np.random.default_rng(1).integers(0, 256, (*size, 4), dtype=np.uint8)
    for _ in range(2):
        packed = _deflate.deflated(picture, "RGB")
        assert (unpacked(packed, size, 3) == picture[..., :3]).all()


def test_a_band_that_is_as_before_is_not_packed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = np.zeros((96, 8, 4), dtype=np.uint8)
    picture[:32], picture[32:64] = 1, 2
    forget()
    _deflate.deflated(picture, "RGB")
    made = []
    packed = _deflate._packed

    def counted(part: Pixels, mode: str) -> _deflate.Band:
        made.append(part.copy())
        return packed(part, mode)

    monkeypatch.setattr(_deflate, "_packed", counted)
    picture[40] = 7
    _deflate.deflated(picture, "RGB")
    assert len(made) == 1
    assert (made[0] == picture[32:64]).all()


def test_bands_that_differ_in_few_rows_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    one = np.zeros((32, 8, 4), dtype=np.uint8)
    other = one.copy()
    other[1] = 9  # a row that is not looked at to find a band
    expected = _deflate.deflated(one, "RGB"), _deflate.deflated(other, "RGB")
    assert expected[0] != expected[1]
    monkeypatch.setattr(_deflate, "_packed", None)  # the last one is known
    assert _deflate.deflated(other, "RGB") == expected[1]
