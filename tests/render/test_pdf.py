"""PDF: its words are text, as far as matplotlib writes them so, and its title is the picture's."""

import io
from typing import Any

import matplotlib
import pytest

from optviz import figures, render, spec
from optviz.errors import Unfit
from optviz.render.format import plain
from optviz.scene import Look, Scene
from optviz.spec import RunSpec

pdfium = pytest.importorskip("pypdfium2")
needs_unicode = pytest.mark.skipif(
    matplotlib.__version_info__ < (3, 11), reason="draws letters beyond Latin-1 as shapes"
)


def scene(kind: str = "trace", look: Look | None = None) -> Scene:
    runs = [walk.run() for walk in spec.walks(RunSpec(opt=("adagrad:eta=0.4",)))]
    return figures.scene(kind, runs, look)


def opened(made: Scene, look: Look | None = None) -> Any:
    stream = io.BytesIO()
    render.write(made, look or Look(), "pdf", stream)
    return pdfium.PdfDocument(stream.getvalue())


def words(document: Any) -> str:
    return str(document[0].get_textpage().get_text_range())


def test_title_and_ticks_can_be_copied() -> None:
    text = words(opened(scene(), Look(size=(960, 720))))
    assert scene().title in text
    assert "20 steps" in text


@needs_unicode
def test_minus_signs_and_greek_words_can_be_copied() -> None:
    text = words(opened(scene()))
    assert "η = 0.4" in text
    assert "(−5, −2)" in text


@needs_unicode
def test_words_of_other_scripts_can_be_copied() -> None:
    look = Look(title="경사 하강법 − 학습률 η")
    try:
        text = words(opened(scene(look=look), look))
    except Unfit as error:
        pytest.skip(str(error))  # no font for it is installed
    assert look.title is not None
    assert look.title in text


def test_readers_are_told_its_title_and_what_it_shows() -> None:
    made = scene()
    about = opened(made).get_metadata_dict()
    assert (about["Title"], about["Subject"]) == (plain(made.title), made.alt)


@pytest.mark.parametrize(
    ("title", "said"),
    [(r"$\eta$ and $2/\lambda_1$", r"\eta and 2/\lambda_1"), (r"5 \$ a step", "5 $ a step"),
     ("two\nlines", "two lines")],
)  # fmt: skip
def test_a_title_is_told_on_one_line_without_the_dollars_of_its_formulas(
    title: str, said: str
) -> None:
    assert plain(title) == said
