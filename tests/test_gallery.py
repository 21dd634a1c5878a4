"""The project's own gallery: what the spec files say is what the pictures are."""

from pathlib import Path

import pytest
from PIL import Image

from optviz import batch, cli, recipe
from optviz.spec.figure import Figure

GALLERY = Path(__file__).parent.parent / "gallery"
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


def description(picture: Path) -> str:
    """What the file says of its picture in words."""
    with Image.open(picture) as image:
        comment = image.info.get("comment", b"")
        return str(image.info.get("Description") or comment.decode())


@pytest.mark.parametrize("picture", FIGURES)
def test_a_picture_holds_the_numbers_and_the_words_of_its_figure(picture: str) -> None:
    film = not picture.endswith(".png")
    scene = FIGURES[picture].draw().scene
    found = recipe.read(picture, (GALLERY / picture).read_bytes())
    assert found is not None
    assert found.text == (scene.recipe.film if film else scene.recipe.still)
    assert description(GALLERY / picture) == scene.alt


@pytest.mark.parametrize("picture", RECORDED)
def test_a_picture_of_a_training_is_described_by_what_its_logs_give(
    picture: str, tmp_path: Path
) -> None:
    logs = [str(GALLERY / name) for name in RECORDED[picture]]
    assert cli.main(["plot", "rates", *logs, "-q", "-o", str(tmp_path / picture)]) == 0
    assert description(GALLERY / picture) == description(tmp_path / picture)
    assert max((GALLERY / name).stat().st_size for name in RECORDED[picture]) < 150_000


@pytest.mark.parametrize("picture", [*FIGURES, *RECORDED])
def test_a_picture_is_small(picture: str) -> None:
    assert (GALLERY / picture).stat().st_size < (250_000 if picture.endswith("gif") else 200_000)


@pytest.mark.parametrize("spec", SPECS, ids=lambda path: path.stem)
def test_each_figure_has_a_caption_above_it(spec: Path) -> None:
    lines = spec.read_text(encoding="utf-8").splitlines()
    heads = [at for at, line in enumerate(lines) if line.startswith("[") and line != "[defaults]"]
    assert heads
    for at in heads:
        assert lines[at - 1].startswith("# "), lines[at]
    assert max(map(len, lines)) <= 100
