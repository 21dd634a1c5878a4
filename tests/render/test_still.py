"""A picture drawn after others is the one drawn alone, and the one that matplotlib draws."""

import io
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optviz import figures, render, spec
from optviz.errors import BadValue
from optviz.render import fast
from optviz.render.draw import figure
from optviz.render.fast import still
from optviz.render.fast.background import renderer_of
from optviz.render.fast.pixels import screen
from optviz.render.lru import LruCache
from optviz.scene import Look, Scene
from optviz.spec import RunSpec

SMALL = (320, 240)
RUNS = {
    "book": RunSpec(),
    "another start": RunSpec(start=("-4,1.5",)),
    "two": RunSpec(opt=("adagrad:eta=0.4", "adagrad:eta=2")),
    "leaving": RunSpec(opt=("gd:eta=0.6", "gd:eta=0.55", "gd:eta=0.4")),
    "many": RunSpec(opt=tuple(f"gd:eta={0.02 * k:.2f}" for k in range(1, 9))),
    "saddle": RunSpec(objective="saddle", opt=("gd:eta=0.1", "adam:eta=0.1")),
    "line": RunSpec(objective="x^2", start=("10",), opt=("gd:eta=0.2", "gd:eta=1.1")),
    "starts": RunSpec(start=("-5,-2", "3,1", "0,2")),
    "still": RunSpec(opt=("gd:eta=0.0001",)),
}
LOOKS: dict[str, dict[str, object]] = {
    "usual": {"size": (480, 360)},
    "dark": {"theme": "dark", "size": SMALL},
    "print": {"theme": "print", "size": (320, 200)},
    "wide": {"size": (900, 300), "dpi": 77},
    "clear": {"transparent": True, "size": (300, 300)},
    "framed": {"xlim": (1.0, 9.0), "ylim": (0.1, 3.0), "size": SMALL},
    "titled": {"title": r"Plain, $\frac{a}{b}$ and tall", "size": SMALL},
    "font": {"font": "DejaVu Serif", "size": SMALL},
    "legend": {"legend": "right", "size": (480, 240)},
    "inches": {"font_size": 8.0, "dpi": 100, "size": (330, 250)},
}
CASES = [(view, run, look) for view in figures.of_trajectories() for run in RUNS for look in LOOKS]
case = st.sampled_from(CASES)


@cache
def made(view: str, run: str, look: str) -> tuple[Scene, Look]:
    wanted = Look(**LOOKS[look])  # type: ignore[arg-type]
    measure = {"measure": "gradient"} if (view, run) == ("loss", "saddle") else {}
    runs = [walk.run() for walk in spec.walks(RUNS[run])]
    return figures.scene(view, runs, wanted, **measure), wanted


def drawn(scene: Scene, look: Look) -> bytes:
    stream = io.BytesIO()
    render.write(scene, look, "png", stream)
    return stream.getvalue()


def forget() -> None:
    still.FRAMES.clear()
    still.CANVASES.clear()


@cache
def alone(view: str, run: str, look: str) -> bytes:
    forget()
    return drawn(*made(view, run, look))


@settings(max_examples=3, suppress_health_check=list(HealthCheck))
@given(st.lists(case, min_size=2, max_size=3, unique=True))
def test_in_any_order_a_picture_has_the_bytes_of_the_one_drawn_alone(
    cases: list[tuple[str, str, str]],
) -> None:
    expected = {one: alone(*one) for one in cases}
    forget()
    for one in [*cases, *cases[::-1]]:
        assert drawn(*made(*one)) == expected[one], one


@pytest.mark.parametrize("view", figures.of_trajectories())
def test_runs_in_one_process_are_each_as_alone(view: str) -> None:
    some = RUNS if view == "trace" else ("two", "line")
    expected = {run: alone(view, run, "print") for run in some}
    forget()
    for run in [*some, *some]:
        assert drawn(*made(view, run, "print")) == expected[run], run


@pytest.mark.parametrize("look", LOOKS)
def test_without_reuse_the_bytes_are_the_same(look: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for view in figures.of_trajectories() if look == "print" else ("trace",):
        scene, wanted = made(view, "two", look)
        quick = drawn(scene, wanted)
        with monkeypatch.context() as patch:
            patch.setattr(fast, "REUSE", False)
            assert quick == drawn(scene, wanted), view


@pytest.mark.parametrize("run", RUNS)
def test_a_picture_is_what_matplotlib_draws(run: str) -> None:
    more = [("rates", "framed"), ("loss", "legend")] if run in ("two", "leaving") else []
    for view, look in (("trace", "dark"), *more):
        scene, wanted = made(view, run, look)
        with figure.settings():
            ours = still.picture(scene, wanted).copy()
            page = figure.draw(scene, wanted)
            page.figure.draw(renderer := renderer_of(page.canvas))
            assert (ours == screen(renderer)).all(), (view, look)


def test_a_picture_too_large_to_be_kept_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    some = made("trace", "two", "usual")
    expected = drawn(*some)
    monkeypatch.setattr(still.FRAMES, "room", 1000)
    assert drawn(*some) == expected
    assert not still.FRAMES.values


def test_a_picture_that_fails_leaves_nothing_to_the_next() -> None:
    good = made("trace", "two", "usual")
    expected = drawn(*good)
    wrong = Look(labels=(r"$\frac{1$", "b"))
    bad = figures.scene("trace", [walk.run() for walk in spec.walks(RUNS["two"])], wrong)
    with pytest.raises(BadValue, match="cannot be read"):
        drawn(bad, wrong)
    assert drawn(*good) == expected


def test_memory_is_bounded_and_keeps_what_was_asked_for_last() -> None:
    kept: LruCache[bytes] = LruCache(10, len)
    for key in "abcab":
        assert kept.get(key, lambda key=key: key.encode() * 4) == key.encode() * 4  # type: ignore[misc]
    assert set(kept.values) == {"a", "b"}
    assert len(kept.get("huge", lambda: b"x" * 11)) == 11
    assert not kept.values


def test_the_pictures_that_are_kept_are_64_mebibytes_at_most() -> None:
    forget()
    scene, _ = made("trace", "book", "usual")
    with figure.settings():
        for width in range(1500, 2100, 150):  # 12 MB each, and more
            still.picture(scene, Look(size=(width, 2000)))
            kept = still.FRAMES.values.values()
            assert sum(one.background.pixels.nbytes for one in kept) <= 2**26
    assert len(still.CANVASES.values) == 1


def test_frames_do_not_pile_up_on_a_picture() -> None:
    scene, look = made("trace", "book", "usual")
    drawn(scene, look)
    frame = next(reversed(still.FRAMES.values.values()))
    before = [len(ax.get_children()) for ax in frame.axes]
    for _ in range(3):
        drawn(scene, look)
    assert [len(ax.get_children()) for ax in frame.axes] == before
