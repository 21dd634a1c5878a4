"""Every picture format: valid, the same bytes twice, with the alt text in."""

import io
import shutil
import threading
from contextlib import suppress
from typing import Any

import matplotlib
import numpy as np
import pytest
from PIL import Image

from optviz import figures, render, spec
from optviz.errors import BadValue, Unfit, UnknownName
from optviz.scene import Look, Scene, Timing
from optviz.spec import RunSpec

FIRST = {
    "png": b"\x89PNG",
    "svg": b"<?xml",
    "pdf": b"%PDF",
    "pgf": b"%% optviz pgf",
    "html": b"<!doctype html>",
    "gif": b"GIF89a",
    "apng": b"\x89PNG",
    "webp": b"RIFF",
    "mp4": b"\0\0\0 ftyp",
}
NAMES = [name for name in render.registry.names if not render.registry[name].many]
SMALL = Look(size=(320, 240), dpi=50)
if not shutil.which("ffmpeg"):
    NAMES.remove("mp4")


def scene(view: str = "trace", look: Look | None = None, **run: object) -> Scene:
    walks = spec.walks(RunSpec(**run))  # type: ignore[arg-type]
    return figures.scene(view, [walk.run() for walk in walks], look)


def drawn(name: str, made: Scene, look: Look | None = None) -> bytes:
    stream = io.BytesIO()
    render.write(made, look or Look(), name, stream)
    return stream.getvalue()


def pixels(made: Scene, look: Look | None = None) -> np.ndarray:
    with Image.open(io.BytesIO(drawn("png", made, look))) as image:
        return np.asarray(image)


@pytest.mark.parametrize("name", NAMES)
def test_a_format_is_what_it_says_and_the_same_twice(name: str) -> None:
    made = scene()
    data = drawn(name, made, SMALL)
    assert data.startswith(FIRST[name])
    assert drawn(name, made, SMALL) == data


@pytest.mark.parametrize("name", NAMES)
def test_a_file_tells_no_date_and_no_place(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = scene()
    data = drawn(name, made, SMALL)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")  # what matplotlib would take for a date
    monkeypatch.setenv("USER", "somebody-else")
    monkeypatch.chdir("/")
    assert drawn(name, made, SMALL) == data
    assert b"CreationDate" not in data
    assert b"<dc:date>" not in data


def test_a_png_has_its_size_its_dpi_and_its_alt_text() -> None:
    made = scene()
    look = Look(size=(640, 480), dpi=80)
    with Image.open(io.BytesIO(drawn("png", made, look))) as image:
        assert image.size == (640, 480)
        assert image.info["dpi"] == pytest.approx((80, 80), abs=0.01)
        assert image.info["Description"] == made.alt


def test_an_svg_has_its_alt_text_and_no_pixels() -> None:
    made = scene()
    data = drawn("svg", made).decode()
    assert made.alt.split(":")[0] in data
    assert "<image" not in data


def test_a_background_is_white_or_none() -> None:
    assert (pixels(scene())[2, 2] == 255).all()
    assert pixels(scene(), Look(transparent=True))[2, 2, 3] == 0


SIZES = [("light", (960, 720)), ("dark", (320, 200)), ("print", (1600, 400)), ("dark", (300, 900))]


@pytest.mark.parametrize("view", figures.plotted())
@pytest.mark.parametrize(("theme", "size"), SIZES)
def test_every_view_can_be_drawn_in_every_theme_and_in_odd_sizes(
    view: str, theme: str, size: tuple[int, int]
) -> None:
    look = Look(theme=theme, size=size)
    made = scene(view, look, opt=("gd:eta=0.6", "adam", "adagrad:eta=2"))
    assert np.ptp(pixels(made, look)) > 100


def test_a_print_is_grey() -> None:
    colours = pixels(scene(), Look(theme="print"))[..., :3].astype(int)
    assert np.ptp(colours, axis=-1).max() == 0


def test_drawing_leaves_matplotlib_as_it_was() -> None:
    before = dict(matplotlib.rcParams)
    drawn("svg", scene())
    assert dict(matplotlib.rcParams) == before


def odd_settings() -> dict[str, Any]:
    """Every setting of matplotlib with a value that is not its own, where one can be guessed."""
    found: dict[str, Any] = {}
    for key, value in matplotlib.rcParamsDefault.items():
        guesses = [not value] if isinstance(value, bool) else ["red", "30", "3", "dotted", "serif"]
        for guess in guesses:
            with suppress(ValueError, RuntimeError):
                known = matplotlib.rcParamsDefault.copy()
                known[key] = guess
                if known[key] != value:
                    found[key] = guess
                    break
    return found


@pytest.mark.filterwarnings("ignore")  # some settings are deprecated
@pytest.mark.parametrize("form", ["png", "svg", "pdf", "gif"])
def test_a_matplotlibrc_of_the_users_does_not_change_a_byte(form: str) -> None:
    look = Look(size=(320, 240), timing=Timing(duration=0.2))
    made, odd = scene(look=look), odd_settings()
    assert len(odd) > 200 and {"text.usetex", "font.size", "savefig.facecolor"} <= odd.keys()
    plain = drawn(form, made, look)
    with matplotlib.rc_context(odd):
        assert drawn(form, made, look) == plain


def test_threads_draw_the_same_as_one() -> None:
    made = scene()
    alone, found = drawn("png", made), []
    threads = [threading.Thread(target=lambda: found.append(drawn("png", made))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alone] * 4


def test_words_may_be_in_any_installed_script_and_never_become_boxes() -> None:
    look = Look(title="Ζυγός, маятник, çığ")
    assert drawn("png", scene(look=look), look)
    look = Look(title="\U0001fae0 \u4e2d\u6587")
    try:
        assert drawn("png", scene(look=look), look)  # where a font for it is installed
    except Unfit as error:
        assert "no installed font has" in str(error)


def test_a_font_that_is_not_installed_is_named() -> None:
    look = Look(font="No Such Font")
    with pytest.raises(BadValue, match="installed font"):
        drawn("png", scene(look=look), look)


def test_mathematics_that_cannot_be_read_is_named() -> None:
    look = Look(title=r"$\frac{1$ and $2$")
    with pytest.raises(BadValue, match="cannot be read"):
        drawn("png", scene(look=look), look)


def test_an_unknown_format_or_theme_is_named() -> None:
    with pytest.raises(UnknownName):
        drawn("jpg", scene())
    with pytest.raises(UnknownName, match="light"):
        drawn("png", scene(), Look(theme="lihgt"))
