"""Rows of a picture are read back as they were, by zlib and by Pillow, and are quick to pack."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from optviz.render.fast.deflate import deflated
from optviz.render.fast.pixels import Pixels
from optviz.render.formats import png
from optviz.scene import Look

CHANNELS = {"RGB": 3, "RGBA": 4}


def noise(height: int, width: int) -> Pixels:
    return np.random.default_rng(1).integers(0, 256, (height, width, 4), dtype=np.uint8)


@pytest.mark.parametrize("size", [(1, 1), (32, 3), (33, 700), (200, 400)])
@pytest.mark.parametrize("mode", CHANNELS)
def test_any_size_and_any_noise_is_read_back(size: tuple[int, int], mode: str) -> None:
    picture, channels = noise(*size), CHANNELS[mode]
    rows = np.frombuffer(zlib.decompress(deflated(picture, mode)), dtype=np.uint8)
    rows = rows.reshape(size[0], 1 + channels * size[1])
    assert not rows[:, 0].any()  # no filter
    assert (rows[:, 1:].reshape(*size, channels) == picture[..., :channels]).all()


@pytest.mark.parametrize("transparent", [False, True])
def test_pillow_reads_the_file(transparent: bool) -> None:
    picture, look = noise(150, 200), Look(size=(200, 150), transparent=transparent)
    data = png.file(picture, look, "what it shows, η", '{"figure": "trace"}')
    with Image.open(io.BytesIO(data)) as image:
        channels = 4 if transparent else 3
        assert (np.asarray(image) == picture[..., :channels]).all()
        assert image.info["Description"] == "what it shows, η"
    assert png.Png.recipe(data) == '{"figure": "trace"}'


def test_every_chunk_has_its_checksum() -> None:
    data = png.file(noise(150, 200), Look(size=(200, 150)), "", "")
    at = len(png.SIGNATURE)
    kinds = []
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        body = data[at + 4 : at + 8 + size]
        assert struct.unpack(">I", data[at + 8 + size : at + 12 + size]) == (zlib.crc32(body),)
        kinds.append(body[:4])
        at += 12 + size
    assert (kinds[0], kinds[-1]) == (b"IHDR", b"IEND")


def test_a_flat_picture_is_small() -> None:
    assert len(deflated(np.full((720, 960, 4), 255, dtype=np.uint8), "RGB")) < 20_000
