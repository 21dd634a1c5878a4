"""The project's own gallery: what the spec files say is what the pictures are."""

from pathlib import Path

import matplotlib
import pytest

from optviz import batch, recipe, render
from optviz.drawing import Figure

GALLERY = Path(__file__).parent.parent / "gallery"
DRAWN_WITH = "3.11."  # other versions of matplotlib may place a pixel otherwise
SPECS = sorted(GALLERY.glob("*.toml"))


def figures() -> dict[str, Figure]:
    """The figure of each picture, by the picture's name."""
    plan = batch.read([str(spec) for spec in SPECS])
    assert not plan.faults
    return {output: item.figure for item in plan.items for output, _ in item.outputs}


FIGURES = figures()


def test_every_picture_has_its_figure_and_every_figure_its_picture() -> None:
    there = {path.name for path in GALLERY.iterdir() if path.suffix in recipe.carriers()}
    assert there == FIGURES.keys()


@pytest.mark.parametrize("picture", FIGURES)
def test_a_picture_is_what_its_figure_gives(picture: str) -> None:
    data = (GALLERY / picture).read_bytes()
    found = recipe.found(picture, data)
    assert found is not None
    assert found.words == FIGURES[picture].words(film=not picture.endswith(".png"))
    render.load()
    told = recipe.verified(found, data)
    if matplotlib.__version__.startswith(DRAWN_WITH):
        assert str(told) == f"{picture}: same"
    assert told.facts.keys() <= {"pixels", "box"}


@pytest.mark.parametrize("picture", FIGURES)
def test_a_picture_is_small(picture: str) -> None:
    assert (GALLERY / picture).stat().st_size < (100_000 if picture.endswith("gif") else 150_000)


@pytest.mark.parametrize("spec", SPECS, ids=lambda path: path.stem)
def test_each_figure_has_a_caption_above_it(spec: Path) -> None:
    lines = spec.read_text(encoding="utf-8").splitlines()
    heads = [at for at, line in enumerate(lines) if line.startswith("[") and line != "[defaults]"]
    assert heads
    for at in heads:
        assert lines[at - 1].startswith("# "), lines[at]
    assert max(map(len, lines)) <= 100
