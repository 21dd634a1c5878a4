"""The project's own pictures: what the blocks of its documents say is what the pictures are."""

import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from optviz import cli, documents, recipe
from optviz.spec.figure import Figure

ROOT = Path(__file__).parent.parent
GALLERY = ROOT / "gallery"
DOCUMENTS = [ROOT / "README.md", *sorted(GALLERY.glob("*.md"))]


def figures() -> dict[str, Figure]:
    """The figure of each picture, by the picture's name; the blocks that draw logs have none."""
    read = [documents.read(str(path)) for path in DOCUMENTS]
    plan = documents.prepare(read, cli.document_lines()).plan
    assert not plan.faults
    return {Path(output).name: item.figure for item in plan.items for output, _ in item.outputs}


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
    """Those of logs hold what was logged, so that they can be drawn again."""
    most = 250_000 if picture.endswith("gif") else 400_000 if "training" in picture else 200_000
    assert (GALLERY / picture).stat().st_size < most


def without_size(figure: Figure) -> dict[str, Any]:
    """The options of a figure but for those that a page has for all its pictures."""
    return {k: v for k, v in figure.options().items() if k not in ("size", "dpi")}


# A command to type with a picture below it, which a block on another page draws.
SHOWN_AGAIN = [
    (document.name, *pair)
    for document in DOCUMENTS
    for pair in re.findall(
        r"^```sh\n(optviz [^|&\n]*(?:\\\n[^\n]*)*)\n```\n\n!\[[^\]]*\]\(([^)]+)\)",
        document.read_text(encoding="utf-8"),
        re.M,
    )
    if pair[1] in FIGURES
]


@pytest.mark.parametrize(("page", "line", "picture"), SHOWN_AGAIN)
def test_a_picture_below_a_command_to_type_is_what_it_draws(
    page: str, line: str, picture: str
) -> None:
    block = documents.Document(page, f"```optviz\n{line}\n```\n", GALLERY, GALLERY)
    (item,) = documents.prepare([block], cli.document_lines()).plan.items
    assert without_size(item.figure) == without_size(FIGURES[picture])
