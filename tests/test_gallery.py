"""The project's own gallery: what the spec files say is what the pictures are."""

from hashlib import sha256
from pathlib import Path

import matplotlib
import pytest
from PIL import Image

from optviz import batch, cli, recipe, render
from optviz.spec.figure import Figure

GALLERY = Path(__file__).parent.parent / "gallery"
DRAWN_WITH = "3.11."  # other versions of matplotlib may place a pixel otherwise
SPECS = sorted(GALLERY.glob("*.toml"))


def figures() -> dict[str, Figure]:
    """The figure of each picture, by the picture's name."""
    plan = batch.read([str(spec) for spec in SPECS])
    assert not plan.faults
    return {output: item.figure for item in plan.items for output, _ in item.outputs}


FIGURES = figures()
RECORDED = {"digits.png": ("digits-adagrad.jsonl", "digits-adam.jsonl")}  # of gallery/digits.py


def test_every_picture_has_its_figure_and_every_figure_its_picture() -> None:
    there = {path.name for path in GALLERY.iterdir() if path.suffix in recipe.carriers()}
    assert there == FIGURES.keys() | RECORDED.keys()


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


@pytest.mark.parametrize("picture", RECORDED)
def test_a_picture_of_a_training_is_what_its_logs_give(picture: str, tmp_path: Path) -> None:
    logs = [str(GALLERY / name) for name in RECORDED[picture]]
    assert cli.main(["plot", "rates", *logs, "-q", "-o", str(tmp_path / picture)]) == 0
    with Image.open(GALLERY / picture) as shown, Image.open(tmp_path / picture) as drawn:
        assert shown.info["Description"] == drawn.info["Description"]
    if matplotlib.__version__.startswith(DRAWN_WITH):
        one, two = ((folder / picture).read_bytes() for folder in (GALLERY, tmp_path))
        assert sha256(one).hexdigest() == sha256(two).hexdigest()
    assert max((GALLERY / name).stat().st_size for name in RECORDED[picture]) < 150_000


@pytest.mark.parametrize("picture", [*FIGURES, *RECORDED])
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
