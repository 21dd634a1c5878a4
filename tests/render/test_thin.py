"""Long lines go by what a picture shows of them; the picture of all their points is the witness."""

import io

import numpy as np
import pytest
from PIL import Image

from optviz import render
from optviz.arrays import Array
from optviz.render.draw import thin
from optviz.spec.figure import read

RNG = np.random.default_rng(14)
WALKS = {
    "a two-cycle": {"opt": ["rmsprop"], "eta": "0.3"},
    "a noisy path": {"opt": ["rmsprop"], "eta": "0.3", "gradient": "noise(3)"},
    "a path that creeps": {"opt": ["gd"], "eta": "0.0005"},
    "a path that diverges": {"opt": ["gd"], "eta": "1.0001"},
}


NOISY = ("a two-cycle", "a noisy path")


def pixels(view: str, words: dict[str, object], form: str = "png") -> Array:
    figure, _ = read({"view": view, "steps": 5000, "size": "400x300", **words})
    drawn, data = figure.draw(), io.BytesIO()
    render.write(drawn.scene, drawn.look, form, data)
    picture = Image.open(io.BytesIO(data.getvalue()))
    frames = range(getattr(picture, "n_frames", 1))
    found = []
    for number in frames:
        picture.seek(number)
        found.append(np.asarray(picture.convert("RGB"), dtype=int))
    return np.array(found)


@pytest.mark.parametrize(
    ("view", "walk"), [*(("trace", walk) for walk in WALKS), *(("loss", walk) for walk in NOISY)]
)
def test_a_picture_of_some_points_is_the_picture_of_all(
    view: str, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = WALKS[walk]
    fewer = pixels(view, words)
    monkeypatch.setattr(thin, "LONG", 10**9)
    assert abs(fewer - pixels(view, words)).max() <= 2  # of 255


def test_so_is_every_frame_of_a_film(monkeypatch: pytest.MonkeyPatch) -> None:
    words = {**WALKS["a two-cycle"], "duration": 1.0, "fps": 5.0}
    fewer = pixels("trace", words, "apng")
    monkeypatch.setattr(thin, "LONG", 10**9)
    assert abs(fewer - pixels("trace", words, "apng")).max() <= 2


def distance(points: Array, line: Array) -> Array:
    """How far each point is from the nearest piece of a line whose pieces nan parts: (n,)."""
    a, b = line[:-1], line[1:]
    whole = np.isfinite(a + b).all(axis=1)
    a, way = a[whole], (b - a)[whole]
    along = ((points[:, None] - a) * way).sum(axis=2) / np.maximum((way * way).sum(axis=1), 1e-300)
    nearest = a + np.clip(along, 0, 1)[:, :, None] * way
    return np.linalg.norm(points[:, None] - nearest, axis=2).min(axis=1)


def test_each_point_of_a_path_is_within_a_sixteenth_of_a_pixel_of_what_is_drawn_by_then() -> None:
    turns = np.cumsum(RNG.integers(-1, 2, (3000, 2)), axis=0) * 2.0 + RNG.normal(size=(3000, 2))
    points = turns[RNG.integers(0, 200, 3000)] + RNG.normal(size=(3000, 2)) * 1e-3
    drawn, times = thin.path_of(points, np.arange(3000.0), points)
    assert len(drawn) < 2 * len(points)
    for end in (10, 400, 3000):
        before = drawn[: np.searchsorted(times, end - 1, side="right")]
        assert distance(points[:end][-50:], before).max() <= 2**0.5 / 16


def test_a_curve_keeps_the_highest_and_the_lowest_of_every_column() -> None:
    pixels = np.column_stack([np.linspace(0, 60, 30_000), RNG.normal(size=30_000) * 40])
    keep = thin.columns(pixels)
    column = np.floor(pixels[:, 0] * 16)
    assert len(keep) < len(pixels) / 2
    for number in np.unique(column)[::97]:
        inside = pixels[column == number, 1]
        kept = pixels[keep][column[keep] == number, 1]
        assert np.ptp(kept) == pytest.approx(np.ptp(inside), abs=2 / 16)
        assert {inside[0], inside[-1]} <= set(kept.tolist())


def test_a_gap_in_a_curve_stays_a_gap() -> None:
    pixels = np.column_stack([np.linspace(0, 9, 900), np.ones(900)])
    pixels[300:600, 1] = np.nan
    keep = thin.columns(pixels)
    known = np.isfinite(pixels[keep, 1])
    assert {299, 300, 600} <= set(keep.tolist())
    assert np.count_nonzero(known[1:] != known[:-1]) == 2


def test_dashes_stay_where_they_are() -> None:
    points = np.column_stack([np.linspace(0, 90, 5000), RNG.normal(size=5000) * 9])
    drawn, _ = thin.curve_of(points, points[:, 0], points, dashed=True)
    assert drawn is points
    flat = np.column_stack([np.linspace(0, 90, 5000), np.zeros(5000)])
    assert len(thin.curve_of(flat, flat[:, 0], flat, dashed=True)[0]) < 5000
