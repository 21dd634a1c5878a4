"""No background: the page around panels is see-through in every format, a landscape is filled."""

import io
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from optviz import figures, render, spec
from optviz.errors import NoEffect
from optviz.render.draw.figure import settings
from optviz.render.fast.stage import Stage
from optviz.scene import Look, Scene, Timing
from optviz.scene.film import film
from optviz.spec import RunSpec

LOOK = Look(size=(320, 240), dpi=50, transparent=True)
PACES = {
    "usual": Timing(),
    "fast": Timing(fps=50, duration=0.5, hold=(0.1, 0.1)),  # too fast for images that only clear
    "uneven": Timing(pace="progress", duration=0.6),
    "fading": Timing(tail=3),
}


def scene(kind: str = "trace", look: Look = LOOK) -> Scene:
    runs = [walk.run() for walk in spec.walks(RunSpec(opt=("adagrad:eta=0.4",)))]
    return figures.scene(kind, runs, look)


def drawn(name: str, made: Scene, look: Look = LOOK) -> bytes:
    stream = io.BytesIO()
    render.write(made, look, name, stream)
    return stream.getvalue()


def frames(data: bytes) -> list[tuple[np.ndarray, float]]:
    """Every frame as Pillow shows it, and when it ends."""
    with Image.open(io.BytesIO(data)) as image:
        found, time = [], 0.0
        for index in range(1 if image.info.get("default_image") else 0, image.n_frames):
            image.seek(index)
            image.load()
            time += float(image.info["duration"])
            found.append((np.asarray(image.convert("RGBA")).astype(int), time))
        return found


@pytest.mark.parametrize("kind", ["trace", "rates"])
@pytest.mark.parametrize("pace", PACES.values(), ids=PACES)
def test_a_gif_shows_every_frame_and_clears_what_has_gone(kind: str, pace: Timing) -> None:
    look = Look(size=(320, 240), dpi=50, transparent=True, timing=pace)
    made = scene(kind, look)
    found = frames(drawn("gif", made, look))
    with settings():
        time = 0.0
        for frame in Stage(film(made, look.timing), look).frames():
            time += frame.milliseconds
            # the picture that is seen a hundredth of a second before the frame ends
            seen = next(picture for picture, end in found if end > time - 10)
            alpha = frame.pixels[..., 3]
            assert ((seen[..., 3] > 0) == (alpha >= 64)).all()
            assert set(np.unique(seen[..., 3])) == {0, 255}
            near = np.abs(seen - frame.pixels.astype(int))[..., :3].max(axis=-1)
            assert near[alpha == 255].mean() < 2
    assert found[-1][1] == pytest.approx(time, abs=1)


@pytest.mark.parametrize("name", ["apng", "webp"])
def test_a_film_in_true_colour_keeps_how_opaque_its_pixels_are(name: str) -> None:
    made = scene("rates")
    found = frames(drawn(name, made))
    with settings():
        stage = Stage(film(made, LOOK.timing), LOOK)
        first, last = (stage.show(step).astype(int) for step in stage.film.steps[[0, -1]])
    for wanted, (seen, _) in ((first, found[0]), (last, found[-1])):
        assert (seen[..., 3] == wanted[..., 3]).all()
        inked = wanted[..., 3] > 0
        assert (seen[inked] == wanted[inked]).all()


def test_a_video_refuses_to_have_no_background() -> None:
    with pytest.raises(NoEffect, match="a video has a background"):
        render.check(LOOK, ["mp4"])


def corner(made: Scene) -> tuple[int, int]:
    """A pixel just inside the panel, in its outermost band: row and column in a PNG."""
    with Image.open(io.BytesIO(drawn("png", made))) as image:
        rows, columns = np.nonzero(np.asarray(image)[..., 3] == 255)
    middle = np.bincount(rows).argmax()  # a row that is within the panel
    return int(middle), int(columns[rows == middle].max()) - 3


def test_an_svg_fills_the_panel_of_a_landscape_and_not_the_page() -> None:
    root = ElementTree.fromstring(drawn("svg", scene()))
    styles = [shape.get("style", "") for shape in root.iter("{http://www.w3.org/2000/svg}path")]
    assert "fill: none" in styles[0]
    assert "fill: #dbe4ed" in styles[1]
    assert not [style for style in styles if "opacity: 0" in style.replace("opacity: 0.", "")]


def test_a_pdf_fills_the_panel_of_a_landscape_and_not_the_page() -> None:
    pdfium = pytest.importorskip("pypdfium2")
    made = scene()
    page = pdfium.PdfDocument(drawn("pdf", made))[0]
    bitmap = page.render(scale=50 / 72, fill_color=(0, 0, 0, 0), maybe_alpha=True)
    pixels = np.asarray(bitmap.to_pil().convert("RGBA").resize(LOOK.size))
    assert pixels[2, 2, 3] == 0
    assert pixels[corner(made)][3] == 255
