"""Films: what is in the file is what was decided, opened by programs that are not ours."""

import io
import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from optviz import figures, render, spec
from optviz.errors import Unfit
from optviz.render.draw.figure import draw, settings
from optviz.render.draw.moving import Growing
from optviz.render.fast.stage import Stage
from optviz.render.formats import frames
from optviz.scene import Look, Scene, Timing
from optviz.scene.film import film
from optviz.spec import RunSpec

SMALL = Look(size=(320, 240), dpi=50)
CASES = {
    "book": RunSpec(),
    "two": RunSpec(opt=("adagrad:eta=0.4", "adagrad:eta=2")),
    "diverging": RunSpec(opt=("gd:eta=0.6",)),
    "called off": RunSpec(opt=("gd:eta=99",), steps=400),
    "crossing": RunSpec(opt=("rmsprop:eta=0.4",), steps=120),
    "one": RunSpec(steps=1),
    "line": RunSpec(objective="x^2", start=("10",), opt=("gd:eta=1.1",), steps=10),
}
needs_ffmpeg = pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")


def scene(case: str = "book", view: str = "trace", look: Look = SMALL) -> Scene:
    return figures.scene(view, [walk.run() for walk in spec.walks(CASES[case])], look)


def drawn(name: str, made: Scene, look: Look = SMALL) -> bytes:
    stream = io.BytesIO()
    render.write(made, look, name, stream)
    return stream.getvalue()


def still(made: Scene, look: Look = SMALL) -> np.ndarray:
    with Image.open(io.BytesIO(drawn("png", made, look))) as image:
        return np.asarray(image.convert("RGB")).astype(int)


def shown(data: bytes) -> list[tuple[np.ndarray, float]]:
    """Every frame as Pillow shows it, with its milliseconds."""
    with Image.open(io.BytesIO(data)) as image:
        found = []
        first = 1 if image.info.get("default_image") else 0
        for index in range(first, getattr(image, "n_frames", 1)):
            image.seek(index)
            image.load()
            picture = np.asarray(image.convert("RGB")).astype(int)
            found.append((picture, float(image.info.get("duration", 0))))
        return found


@pytest.mark.parametrize("view", figures.plotted())
@pytest.mark.parametrize(("case", "counter"), [("two", False), *((c, True) for c in CASES)])
def test_every_frame_equals_a_full_draw_of_its_step(case: str, view: str, counter: bool) -> None:
    look = Look(size=(320, 240), dpi=50, counter=counter)
    made = film(scene(case, view, look), Timing(duration=1.0, fps=6, smooth=True))
    with settings():
        stage = Stage(made, look)
        for step in made.steps:
            quick = stage.show(float(step)).copy()
            for one in stage.moving:
                if isinstance(one, Growing):
                    points, whole = one.visible()
                    one.line.set_data(*points.T)
                    if one.line.get_marker() not in ("", "None"):
                        one.line.set_markevery(slice(0, whole))
            for artist in stage.artists:
                artist.set_animated(False)
            stage.canvas.draw()
            assert (quick == np.asarray(stage.renderer.buffer_rgba())).all(), step
            for artist in stage.artists:
                artist.set_animated(True)


@pytest.mark.parametrize("view", figures.plotted())
@pytest.mark.parametrize("more", [{}, {"tail": 6}, {"smooth": True, "tail": 3}])
def test_what_is_said_to_have_changed_is_all_that_has(view: str, more: dict[str, int]) -> None:
    timing = Timing(fps=7, **more)  # type: ignore[arg-type]
    for case in CASES:
        look = Look(size=(320, 240), dpi=50, counter=True)
        with settings():
            before = None
            for frame in Stage(film(scene(case, view, look), timing), look).frames():
                now = frame.pixels.copy()
                if before is not None:
                    left, top, right, bottom = frame.box or (0, 0, 0, 0)
                    before[top:bottom, left:right] = now[top:bottom, left:right]
                    assert (before == now).all()
                before = now


@pytest.mark.parametrize("view", figures.plotted())
@pytest.mark.parametrize("case", CASES)
def test_the_last_frame_is_the_still_picture(case: str, view: str) -> None:
    made = scene(case, view)
    with settings():
        pen = draw(made, SMALL)
        pen.canvas.draw()
        whole = np.asarray(pen.renderer.buffer_rgba()).copy()
        stage = Stage(film(made, Timing(tail=5)), SMALL)
        for frame in stage.frames():
            last = frame.pixels.copy()
    assert (last == whole).all()


@pytest.mark.parametrize("name", ["apng", "webp"])
@pytest.mark.parametrize("case", CASES)
def test_a_film_in_true_colour_ends_with_the_still_exactly(name: str, case: str) -> None:
    made = scene(case)
    pictures = shown(drawn(name, made))
    assert (pictures[-1][0] == still(made)).all()


@pytest.mark.parametrize("case", CASES)
def test_a_gif_ends_with_the_still_within_its_palette(case: str) -> None:
    made = scene(case)
    picture, truth = shown(drawn("gif", made))[-1][0], still(made)
    assert np.sqrt(((picture - truth) ** 2).mean()) < 3
    assert (picture[truth.min(axis=-1) == 255] == 255).all()  # white is white


@pytest.mark.parametrize("name", ["gif", "apng", "webp"])
@pytest.mark.parametrize("case", CASES)
def test_durations_and_loop_are_what_was_asked(name: str, case: str) -> None:
    made = scene(case)
    look = Look(size=(320, 240), dpi=50, timing=Timing(duration=2.0, hold=0.5, loop=3))
    data = drawn(name, made, look)
    assert sum(duration for _, duration in shown(data)) == pytest.approx(3000, abs=20)
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (320, 240)
        assert image.info["loop"] == (2 if name == "gif" else 3)  # GIF counts repeats


def test_a_gif_without_loop_block_plays_once() -> None:
    look = Look(size=(320, 240), dpi=50, timing=Timing(loop=1))
    with Image.open(io.BytesIO(drawn("gif", scene(), look))) as image:
        assert "loop" not in image.info


def test_a_gif_has_a_frame_a_change_and_its_alt_text() -> None:
    made = scene()
    data = drawn("gif", made)
    assert len(shown(data)) == 21
    with Image.open(io.BytesIO(data)) as image:
        assert made.alt.encode() in image.info["comment"]


def test_a_run_that_stands_still_is_one_long_frame() -> None:
    walks = spec.walks(RunSpec(opt=("gd:eta=0",), steps=50))
    made = figures.scene("trace", [walk.run() for walk in walks], SMALL)
    (only,) = shown(drawn("gif", made))
    assert only[1] == pytest.approx(2000 + 6000)


def test_no_step_at_all_is_a_film_of_one_frame() -> None:
    made = figures.scene("trace", [w.run() for w in spec.walks(RunSpec(steps=0))], SMALL)
    for name in ("gif", "apng", "webp"):
        assert len(shown(drawn(name, made))) == 1


@pytest.mark.parametrize("share", [1.0, 0.7, 0.3, 0.1])
def test_a_budget_is_kept_and_what_it_cost_is_said(share: float) -> None:
    free = Look(size=(640, 480), dpi=80)
    made = scene("crossing", look=free)
    budget = int(share * len(drawn("gif", made, free)))
    stream = io.BytesIO()
    said = render.write(made, replace(free, timing=Timing(max_size=budget)), "gif", stream)
    assert len(stream.getvalue()) <= budget
    assert (said == "") == (share == 1.0)
    assert share == 1.0 or said.startswith("to keep within max-size: ")
    assert sum(time for _, time in shown(stream.getvalue())) == pytest.approx(10_000, abs=10)


def test_a_budget_that_cannot_be_kept_is_said_and_nothing_is_written() -> None:
    look = Look(timing=Timing(max_size=100))
    stream = io.BytesIO()
    with pytest.raises(Unfit, match="100 bytes cannot be kept"):
        render.write(scene(), look, "gif", stream)
    assert not stream.getvalue()


def test_frames_are_numbered_files_that_pillow_opens() -> None:
    pictures = list(frames.pictures(scene(), SMALL))
    assert len(pictures) == 21
    with Image.open(io.BytesIO(pictures[-1])) as image:
        assert (np.asarray(image) == still(scene())).all()
    assert frames.numbered("out/", 7) == "out/007.png"
    assert frames.numbered("a/frame-%04d.png", 7) == "a/frame-0007.png"
    assert frames.numbered("100%/f-%d.png", 7) == "100%/f-7.png"
    assert frames.is_meant("x/") and frames.is_meant("a%3d.png") and not frames.is_meant("a.png")


@needs_ffmpeg
@pytest.mark.parametrize("name", ["gif", "apng", "mp4"])
def test_ffmpeg_reads_the_film(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"film.{name}"
    path.write_bytes(drawn(name, scene()))
    entries = "stream=width,height,nb_read_frames:format=duration"
    done = subprocess.run(
        ["ffprobe", "-v", "error", "-count_frames", "-show_entries", entries, "-of", "json", path],
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""
    found = json.loads(done.stdout)
    (stream,) = found["streams"]
    assert (stream["width"], stream["height"]) == (320, 240)
    count = int(stream["nb_read_frames"])
    # 21 steps; the video shows its 4.4 seconds at 30 frames a second
    assert count in ({"gif": (21,), "apng": (21, 22), "mp4": (132,)}[name])


@needs_ffmpeg
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("counter", [False, True])
def test_ffmpeg_sees_the_pixels_of_a_gif_as_pillow_does(
    case: str, counter: bool, tmp_path: Path
) -> None:
    look = Look(size=(320, 240), dpi=50, counter=counter)
    path = tmp_path / "film.gif"
    path.write_bytes(drawn("gif", scene(case, look=look), look))
    command = ["ffmpeg", "-v", "error", "-i", path, "-fps_mode", "passthrough"]
    done = subprocess.run(
        [*command, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], capture_output=True, check=True
    )
    seen = np.frombuffer(done.stdout, dtype=np.uint8).reshape(-1, 240, 320, 3)
    ours = shown(path.read_bytes())
    assert len(seen) == len(ours)
    assert all((a == b).all() for a, (b, _) in zip(seen, ours, strict=True))


@pytest.mark.parametrize("case", CASES)
def test_every_frame_of_a_gif_is_the_frame_in_the_colours_of_its_palette(case: str) -> None:
    made = scene(case)
    look = Look(size=(320, 240), dpi=50, timing=Timing(tail=4, smooth=True, duration=2.0))
    with Image.open(io.BytesIO(drawn("gif", made, look))) as image:
        kept = np.array(image.getpalette()).reshape(-1, 3)
    seen = [picture for picture, time in shown(drawn("gif", made, look)) for _ in range(int(time))]
    with settings():
        now = 0
        for frame in Stage(film(made, look.timing), look).frames():
            picture = frame.pixels[..., :3].astype(int)
            off = np.abs(picture - seen[now]).sum(axis=-1)
            y, x = np.unravel_index(off.argmax(), off.shape)
            nearest = ((kept[1:] - picture[y, x]) ** 2).sum(axis=-1).min()
            assert ((picture[y, x] - seen[now][y, x]) ** 2).sum() == nearest
            now += frame.milliseconds


@needs_ffmpeg
def test_a_video_of_odd_size_is_padded() -> None:
    look = Look(size=(321, 241), dpi=50)
    assert drawn("mp4", scene(), look)


def test_a_film_without_ffmpeg_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    from optviz.errors import WorldError

    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(WorldError, match=r"pip install optviz\[mp4\]"):
        drawn("mp4", scene())


def test_every_frame_is_told_to_who_watches() -> None:
    for name in ("gif", "apng", "webp"):
        told: list[tuple[int, int]] = []
        render.write(
            scene(), SMALL, name, io.BytesIO(), lambda k, n, told=told: told.append((k, n))
        )
        assert sorted(set(told)) == [(k, 21) for k in range(1, 22)]
