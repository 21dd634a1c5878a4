"""The picture of a film that stands still is its last frame."""

import io

import numpy as np
import pytest
from PIL import Image

import optviz
from optviz import render


@pytest.mark.parametrize("name", ["gif", "apng", "webp"])
def test_the_still_of_a_film_is_its_last_frame(name: str) -> None:
    figure = optviz.trace(opt="gd", steps=3, size="200x150", hold="0.1")
    stream = io.BytesIO()
    render.write(figure.scene, figure.look, name, stream)
    still = render.film_still(stream.getvalue())
    assert still
    with Image.open(io.BytesIO(still)) as one, Image.open(stream) as film:
        assert (one.format, getattr(one, "n_frames", 1)) == ("PNG", 1)
        film.seek(film.n_frames - 1)  # type: ignore[attr-defined]
        assert np.array_equal(np.asarray(one.convert("RGB")), np.asarray(film.convert("RGB")))


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x00\x00\x00\x18ftypmp42"])
def test_what_is_no_film_has_no_still(data: bytes) -> None:
    assert render.film_still(data) is None
