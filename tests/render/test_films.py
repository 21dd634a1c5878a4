"""Films: what is in the file is what was decided, opened by programs that are not ours."""

import io
import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from matplotlib.artist import Artist
from PIL import Image
from render.kinds import MOVING

from optviz import figures, render, spec
from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.render.draw.boxes import Box, dense, hull
from optviz.render.draw.figure import draw, settings
from optviz.render.draw.moving import Growing
from optviz.render.draw.overlay import MovingNames
from optviz.render.fast.background import renderer_of
from optviz.render.fast.pixels import screen
from optviz.render.fast.stage import Stage
from optviz.render.fast.still import picture
from optviz.render.formats import frames
from optviz.scene import Look, Minimum, Scene, Timing, layout
from optviz.scene import Path as Trail
from optviz.scene.film import Film, film
from optviz.spec import RunSpec

SMALL = Look(size=(320, 240), dpi=50, counter=False)
COUNTED = replace(SMALL, counter=True)
EASED = 11  # frames at the end in which names move to the places of the still
CASES = {
    "book": RunSpec(),
    "two": RunSpec(opt=("adagrad:eta=0.4", "adagrad:eta=2")),
    "four": RunSpec(opt=("gd:eta=0.4", "momentum:eta=0.1", "adagrad:eta=2", "adam:eta=0.3")),
    "diverging": RunSpec(opt=("gd:eta=0.6",)),
    "called off": RunSpec(opt=("gd:eta=99",), steps=400),
    "crossing": RunSpec(opt=("rmsprop:eta=0.4",), steps=120),
    "one": RunSpec(steps=1),
    "line": RunSpec(objective="x^2", start=("10",), opt=("gd:eta=1.1",), steps=10),
}
SOME = ("two", "line")
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


@pytest.mark.parametrize("view", MOVING)
@pytest.mark.parametrize(("case", "tail"), [("two", 3), ("diverging", None)])
def test_every_frame_equals_a_full_draw_of_its_step(view: str, case: str, tail: int | None) -> None:
    timing = Timing(duration=1.0, fps=3, smooth=True, tail=tail)
    look = replace(COUNTED, timing=timing)
    made = film(scene(case, view, look), timing)
    with settings():
        stage = Stage(made, look)
        figure = stage.background.over[0].get_figure(root=True)
        assert figure
        for step in made.steps.tolist():
            quick = stage.show(step).copy()
            figure.draw(stage.renderer)  # over what is there: it begins with the paper
            assert (quick == screen(stage.renderer)).all(), step


@pytest.mark.parametrize("view", MOVING)
def test_a_frame_shows_what_had_been_reached_at_its_step(view: str) -> None:
    """The witness is a page of its own, whose lines are set by hand."""
    made = film(scene("two", view), Timing(duration=1.0, fps=3, smooth=True))
    with settings():
        stage, page = Stage(made, SMALL), draw(made.scene, SMALL)
        names = MovingNames(page, made)
        for step in made.steps.tolist():
            last = step == made.steps[-1]
            for one in page.moving:
                one.at(step, last)
            names.at(step, last)
            page.figure.draw(renderer := renderer_of(page.canvas))
            assert (stage.show(step) == screen(renderer)).all(), step


@pytest.mark.parametrize("view", MOVING)
@pytest.mark.parametrize("more", [{}, {"smooth": True, "tail": 3}])
def test_what_is_said_to_have_changed_is_all_that_has(view: str, more: dict[str, int]) -> None:
    timing = Timing(duration=1.5, fps=7, **more)  # type: ignore[arg-type]
    for case in ("line",) if more else ("two",):
        with settings():
            before = None
            for frame in Stage(film(scene(case, view, COUNTED), timing), COUNTED).frames():
                now = frame.pixels.copy()
                if before is not None:
                    left, top, right, bottom = frame.box or (0, 0, 0, 0)
                    before[top:bottom, left:right] = now[top:bottom, left:right]
                    assert (before == now).all()
                before = now


@pytest.mark.parametrize("look", [SMALL, COUNTED], ids=["plain", "with a counter"])
@pytest.mark.parametrize("view", MOVING)
def test_the_last_frame_is_the_still_picture(view: str, look: Look) -> None:
    for case in ("called off", "two") if look == SMALL else ("two",):
        made = scene(case, view, look)
        with settings():
            whole = picture(made, look).copy()
            stage = Stage(film(made, Timing(tail=5)), look)
            stage.show(1.0)
            last = stage.show(stage.film.steps[-1])
        assert (last == whole).all(), case


def heads(stage: Stage) -> list[Growing]:
    return [one for one in stage.moving if one.kind == "head"]


def at(head: Growing) -> Array:
    """The pixel at which a head is drawn."""
    axes, place = head.line.axes, np.column_stack(head.line.get_data())
    assert axes and place.shape == (1, 2)
    return np.asarray(axes.transData.transform(place)[0])


@pytest.mark.parametrize("case", ["book", "two", "one"])
def test_a_head_moves_on_the_path_between_the_points_of_two_steps(case: str) -> None:
    made = film(scene(case), Timing(duration=2.0, fps=9, smooth=True))
    paths = [mark for mark in made.scene.panels[0].marks if isinstance(mark, Trail) and mark.label]
    with settings():
        stage = Stage(made, SMALL)
        for step in made.steps.tolist():
            stage.show(step)
            before = int(step)
            for head, path in zip(heads(stage), paths, strict=True):
                after = min(before + 1, len(path.points) - 1)
                move = path.points[after] - path.points[before]
                expected = path.points[before] + (step - before) * move
                assert np.column_stack(head.line.get_data())[0] == pytest.approx(expected)
                lines = [one for one in stage.moving if one.kind == "line"]
                tips = [np.column_stack(one.line.get_data())[-1] for one in lines]
                assert any(np.allclose(tip, expected) for tip in tips)


NAMED = Look(size=(640, 480), dpi=80)


@pytest.mark.parametrize("smooth", [False, True])
@pytest.mark.parametrize(("case", "far"), [("two", 1.2), ("four", 4.5)])
def test_names_move_with_the_heads(case: str, far: float, smooth: bool) -> None:
    """At most `far` letters off, off one another and the heads, and turning little if they can."""
    made = film(scene(case, look=NAMED), Timing(smooth=smooth))
    em = layout.em(NAMED.size, NAMED.dpi)
    with settings():
        stage = Stage(made, NAMED)
        named = [one for one in stage.names.names if one]
        assert len(named) == len(heads(stage)) > 1
        before: list[Box] = []  # the names about heads at 0
        for step in made.steps.tolist():
            stage.show(step)
            last = step == made.steps[-1]
            for one in named:
                shown = {artist.get_visible() for artist in one.artists}
                assert shown == {step >= 1 and not last}
            if step < 1 or last:
                continue
            boxes = [extent(one.artists, stage) for one in named]
            places = [at(head) for head in heads(stage)]
            paths = pixels(stage)
            for i, (old, place) in enumerate(zip(before, places, strict=False)):
                turn = np.hypot(*(np.array(boxes[i][:2]) - old.moved(*place)[:2]))
                around = old.moved(*place).grown(em)
                others = [*boxes[:i], *boxes[i + 1 :]]
                points = np.array([*places[:i], *places[i + 1 :], minimum(stage, made)])
                near = around.count(points) or any(map(around.overlaps, others))
                assert turn <= em + 0.5 or near or around.count(paths)
            before = [box.moved(*-place) for box, place in zip(boxes, places, strict=True)]
            if step <= made.steps[-EASED]:
                assert max(map(away, boxes, places)) <= far * em
                assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
                assert not any(box.count(np.array(places)) for box in boxes)


@pytest.mark.parametrize(("case", "most"), [("two", 0.0), ("four", 0.15)])
def test_moving_names_keep_off_the_paths_where_they_can(case: str, most: float) -> None:
    """In few frames has a name no place that is clear of what is drawn."""
    made = film(scene(case, look=NAMED), Timing())
    with settings():
        stage = Stage(made, NAMED)
        named = [one for one in stage.names.names if one]
        on = []
        for step in made.steps.tolist()[:-EASED]:
            stage.show(step)
            boxes = [extent(one.artists, stage) for one in named] if step >= 1 else []
            on += [box.count(pixels(stage)) > 0 for box in boxes]
    assert len(on) > 8
    assert np.mean(on) <= most


def pixels(stage: Stage) -> Array:
    """Pixels along all that is drawn of the paths: (n, 2)."""
    lines = [one.line for one in stage.moving if one.kind == "line"]
    points = [(line.axes, np.column_stack(line.get_data())) for line in lines]
    drawn = [dense(axes.transData.transform(xy)) for axes, xy in points if axes and len(xy) > 1]
    return np.concatenate([np.empty((0, 2)), *drawn])


def minimum(stage: Stage, made: Film) -> Array:
    """The pixel of the minimum."""
    (mark,) = made.scene.panels[0].of(Minimum)
    axes = heads(stage)[0].line.axes
    assert axes and isinstance(mark, Minimum)
    return np.asarray(axes.transData.transform((mark.x, mark.y)))


def extent(artists: Sequence[Artist], stage: Stage) -> Box:
    found = (artist.get_window_extent(stage.renderer) for artist in artists)
    return hull(Box(one.x0, one.y0, one.x1, one.y1) for one in found)


def away(box: Box, point: Array) -> float:
    """How far a point is from a box in pixels."""
    (x, y), (left, bottom, right, top) = point, box
    return float(np.hypot(max(left - x, x - right, 0.0), max(bottom - y, y - top, 0.0)))


def test_the_last_frame_has_the_words_of_the_still() -> None:
    made = film(scene("two", look=NAMED), Timing())
    with settings():
        stage = Stage(made, NAMED)
        for step in made.steps.tolist():
            stage.show(step)
            for tag in stage.names.tags:
                shown = {artist.get_visible() for artist in tag.written.artists}
                assert shown == {step == made.steps[-1]}


@pytest.mark.parametrize("name", ["apng", "webp"])
@pytest.mark.parametrize("case", SOME)
def test_a_film_in_true_colour_ends_with_the_still_exactly(name: str, case: str) -> None:
    made = scene(case)
    pictures = shown(drawn(name, made))
    assert (pictures[-1][0] == still(made)).all()


@pytest.mark.parametrize("case", SOME)
def test_a_gif_ends_with_the_still_within_its_palette(case: str) -> None:
    made = scene(case)
    picture, truth = shown(drawn("gif", made))[-1][0], still(made)
    assert np.sqrt(((picture - truth) ** 2).mean()) < 3
    assert (picture[truth.min(axis=-1) == 255] == 255).all()  # white is white


@pytest.mark.parametrize("name", ["gif", "apng", "webp"])
@pytest.mark.parametrize("case", SOME)
def test_durations_and_loop_are_what_was_asked(name: str, case: str) -> None:
    made = scene(case)
    look = Look(size=(320, 240), dpi=50, timing=Timing(duration=2.0, hold=(0.5, 0.5), loop=3))
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
    assert only[1] == pytest.approx(3100 + 6000)


def test_no_step_at_all_is_a_film_of_one_frame() -> None:
    made = figures.scene("trace", [w.run() for w in spec.walks(RunSpec(steps=0))], SMALL)
    for name in ("gif", "apng", "webp"):
        assert len(shown(drawn(name, made))) == 1


@pytest.mark.parametrize("share", [1.0, 0.15])
def test_a_budget_is_kept_and_what_it_cost_is_said(share: float) -> None:
    free = SMALL
    made = scene("book", look=free)
    budget = int(share * len(drawn("gif", made, free)))
    stream = io.BytesIO()
    said = render.write(made, replace(free, timing=Timing(max_size=budget)), "gif", stream)
    assert len(stream.getvalue()) <= budget
    assert (said == "") == (share == 1.0)
    assert share == 1.0 or said.startswith("to keep within max-size: ")
    assert sum(time for _, time in shown(stream.getvalue())) == pytest.approx(5_500, abs=10)


def test_a_budget_that_cannot_be_kept_is_said_and_nothing_is_written() -> None:
    look = replace(SMALL, timing=Timing(max_size=100, duration=0.2))
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
@pytest.mark.parametrize("case", SOME)
def test_ffmpeg_sees_the_pixels_of_a_gif_as_pillow_does(case: str, tmp_path: Path) -> None:
    path = tmp_path / "film.gif"
    path.write_bytes(drawn("gif", scene(case, look=COUNTED), COUNTED))
    command = ["ffmpeg", "-v", "error", "-i", path, "-fps_mode", "passthrough"]
    done = subprocess.run(
        [*command, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], capture_output=True, check=True
    )
    seen = np.frombuffer(done.stdout, dtype=np.uint8).reshape(-1, 240, 320, 3)
    ours = shown(path.read_bytes())
    assert len(seen) == len(ours)
    assert all((a == b).all() for a, (b, _) in zip(seen, ours, strict=True))


@pytest.mark.parametrize("case", SOME)
def test_every_frame_of_a_gif_is_the_frame_in_the_colours_of_its_palette(case: str) -> None:
    made = scene(case)
    look = Look(size=(320, 240), dpi=50, timing=Timing(tail=4, smooth=True, duration=1.0))
    data = drawn("gif", made, look)
    with Image.open(io.BytesIO(data)) as image:
        kept = np.array(image.getpalette()).reshape(-1, 3)
    seen = [picture for picture, time in shown(data) for _ in range(int(time))]
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
    for name in ("gif", "apng"):
        told: list[tuple[int, int]] = []
        render.write(
            scene(), SMALL, name, io.BytesIO(), lambda k, n, told=told: told.append((k, n))
        )
        assert sorted(set(told)) == [(k, 21) for k in range(1, 22)]
