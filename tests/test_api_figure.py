"""What a call gives back: matplotlib's figure, files, notebooks, tables."""

import io
import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from PIL import Image

import optviz
from optviz.errors import BadValue, NoEffect, OptvizError, Unfit, UnknownName
from optviz.files import dataframe


def test_a_figure_is_matplotlibs_to_annotate_and_save(tmp_path: Path) -> None:
    figure = optviz.compare("d2l", ["adam", "gd"], eta=0.3, size=(480, 360))
    figure.save(tmp_path / "plain.png")
    assert isinstance(figure.figure, Canvas)
    assert figure.figure is figure.figure
    assert figure.axes == tuple(figure.figure.axes)
    assert len(figure.axes) == len(figure.scene.panels)
    figure.save(tmp_path / "drawn.png")
    plain, drawn = (pixels((tmp_path / name).read_bytes()) for name in ("plain.png", "drawn.png"))
    assert plain.shape == drawn.shape
    assert np.abs(plain - drawn).max() <= 2  # matplotlib's writer rounds in another place
    figure.axes[0].axhline(0, color="red", linewidth=9)
    figure.save(tmp_path / "red.png", tmp_path / "red.svg")
    red = pixels((tmp_path / "red.png").read_bytes())
    assert (red[..., 0] - red[..., 1]).max() == 255
    assert (drawn[..., 0] - drawn[..., 1]).max() < 255
    assert b"#ff0000" in (tmp_path / "red.svg").read_bytes()
    shown = figure._repr_png_()
    assert shown is not None
    assert (pixels(shown)[..., 0] - pixels(shown)[..., 1]).max() == 255


def pixels(data: bytes) -> Any:
    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(image.convert("RGB")).astype(int)


def test_an_annotated_figure_is_no_film_any_more(tmp_path: Path) -> None:
    figure = optviz.trace("d2l", "gd", steps=3, size=(200, 150))
    assert figure.axes
    with pytest.raises(Unfit, match="make it anew for gif"):
        figure.save(tmp_path / "a.png", tmp_path / "a.gif")
    assert not list(tmp_path.iterdir())


def test_every_path_is_written_in_the_format_of_its_suffix(tmp_path: Path) -> None:
    figure = optviz.trace("d2l", "gd", steps=3, size=(200, 150))
    names = ("a.png", "a.svg", "a.pdf", "a.gif", "a.csv", "a.jsonl", "a.npz", "a.md")
    figure.save(*(tmp_path / name for name in names))
    assert {path.name for path in tmp_path.iterdir()} == set(names)
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").startswith("run,step,f,x1,x2")
    with Image.open(tmp_path / "a.gif") as film:
        assert film.format == "GIF"


def test_what_cannot_be_written_is_refused_before_anything_is(tmp_path: Path) -> None:
    figure = optviz.trace("d2l", "gd", steps=3, fps=5)
    for path, error in (("a.jpg", UnknownName), ("/", OptvizError), ("a", UnknownName)):
        with pytest.raises(error):
            figure.save(tmp_path / "a.gif", tmp_path / path)
    with pytest.raises(NoEffect, match="fps: for films"):
        figure.save(tmp_path / "a.png")
    wrong: list[tuple[Any, ...]] = [(), (3,), (tmp_path / "a.gif", None)]
    for paths in wrong:
        with pytest.raises(BadValue, match="save"):
            figure.save(*paths)
    assert not list(tmp_path.iterdir())


def test_a_notebook_shows_png_at_twice_the_resolution_or_svg() -> None:
    figure = optviz.trace("d2l", "gd", size=(480, 360))
    data, about = figure._repr_mimebundle_()
    assert pixels(data["image/png"]).shape == (720, 960, 3)
    assert about == {"image/png": {"width": 480, "height": 360}}
    vector = figure.shown_as("svg")
    assert vector._repr_png_() is None
    assert str(vector._repr_svg_()).startswith("<?xml")
    assert set(vector._repr_mimebundle_()[0]) == {"text/plain", "image/svg+xml"}
    auto = optviz.trace("d2l", "gd", theme="auto", size=(480, 360))
    assert auto._repr_png_() is None
    assert "prefers-color-scheme" in str(auto._repr_svg_())
    with pytest.raises(BadValue, match="png or svg"):
        figure.shown_as("gif")


def test_texts_of_figures_and_runs_are_short() -> None:
    figure = optviz.trace("d2l", "adagrad:eta=0.4")
    assert repr(figure) == f"<optviz trace: {figure.scene.title}>"
    (run,) = figure.runs
    assert repr(run) == "<Trajectory of adagrad:eta=0.4,eps=1e-06 on d2l: 20 steps, stalled>"
    many = optviz.run("d2l", "gd:eta=0.6", start=[(1, 1), (1, 0)], steps=2000)
    assert repr(many).endswith("2000 steps, 1 diverged, 1 converged>")
    assert "κ           20" in repr(optviz.inspect("d2l"))  # its report


def test_a_figure_of_one_panel_is_drawn_into_axes() -> None:
    canvas = Canvas()
    left, right = canvas.subplots(1, 2)
    figure = optviz.loss("d2l", ["adam", "gd"], eta=0.3, ax=left, xlabel="t")
    assert figure.axes == (left,)
    assert figure.figure is canvas
    assert left.get_title().replace("\n", " ") == figure.scene.title
    assert left.get_yscale() == "log"
    assert left.get_xlabel() == "t"
    assert {"Adam", "Gradient descent"} <= words(left)
    assert left.get_legend() is None
    assert figure._repr_png_() is None  # the notebook shows the axes' own figure
    optviz.figure(figure.runs, "trace", ax=right, heading="none", legend="none")
    assert right.get_title() == ""
    assert right.get_legend() is None
    assert not {"Adam", "Gradient descent"} & words(right)
    canvas.savefig(io.BytesIO(), format="png")


def words(ax: Axes) -> set[str]:
    """The texts within axes."""
    return {text.get_text() for text in ax.texts}


def test_names_stand_at_their_curves_also_when_the_axes_move() -> None:
    canvas = Canvas(figsize=(6, 4), layout="constrained")
    ax = canvas.subplots()
    optviz.trace("d2l", ["adam", "gd"], eta=0.3, ax=ax)
    canvas.set_size_inches(4, 6)
    canvas.set_dpi(150)
    canvas.draw_without_rendering()
    for name in ("Adam", "Gradient descent"):
        (text,) = (one for one in ax.texts if one.get_text() == name)
        box, frame = text.get_window_extent(), ax.get_window_extent()
        assert frame.x0 <= box.x0 <= box.x1 <= frame.x1
        assert frame.y0 <= box.y0 <= box.y1 <= frame.y1


def test_where_curves_have_no_room_for_names_a_legend_within_has_them() -> None:
    ax = Canvas(figsize=(2, 1.3)).subplots()
    names = ["adam", "gd", "momentum:beta=0.5", "adagrad", "rmsprop", "nesterov"]
    optviz.loss("d2l", names, eta=0.1, ax=ax)
    legend = ax.get_legend()
    assert legend is not None
    entries = [text.get_text() for text in legend.get_texts()]
    assert entries[:2] == ["Adam", "Gradient descent"]
    assert len(entries) == len(names)
    assert not {*entries} & words(ax)


def test_a_title_is_as_wide_as_its_axes_and_named_ticks_do_not_touch() -> None:
    ax = Canvas(figsize=(3, 3)).subplots()
    optviz.sweep("d2l", ["adam", "gd"], over={"eta": np.geomspace(0.01, 3, 40)}, ax=ax)
    optviz.loss("d2l", ["adam", "gd", "rmsprop"], eta=0.1, ax=(other := Canvas((3, 3)).subplots()))
    assert "\n" in other.get_title()
    boxes = [label.get_window_extent() for label in ax.get_xticklabels()]
    assert 2 <= len(boxes) < 10
    assert all(one.x1 < two.x0 for one, two in itertools.pairwise(boxes))


def test_dark_axes_have_the_dark_theme_unless_another_is_named() -> None:
    canvas = Canvas(facecolor="black")
    ax = canvas.subplots()
    ax.set_facecolor("none")
    assert optviz.loss("d2l", "gd", ax=ax).look.theme == "dark"
    assert optviz.figure(optviz.run("d2l", "gd"), "loss", ax=ax).look.theme == "dark"
    assert optviz.loss("d2l", "gd", ax=ax, theme="print").look.theme == "print"
    assert optviz.loss("d2l", "gd", ax=Canvas().subplots()).look.theme is None


@pytest.mark.parametrize(
    ("call", "options", "sentence"),
    [
        (optviz.compare, {"opt": ["adam", "gd"]}, "4 panels, and ax takes one"),
        (optviz.trace, {"start": "grid(-1,1,-1,1,3x3)", "starts": "status"}, "key beside"),
        (optviz.trace, {"size": (480, 360)}, "size: of a page"),
        (optviz.trace, {"subtitle": "a"}, "subtitle: of a page"),
        (optviz.loss, {"opt": ["adam", "gd"], "legend": "right"}, "legend: in axes of yours"),
    ],
)
def test_what_axes_cannot_have_is_one_sentence(
    call: Any, options: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(OptvizError, match=sentence):
        call("d2l", **options, ax=Canvas().subplots())


COLUMNS = ["run", "step", "f", "x1", "x2", "g1", "g2", "rate1", "rate2"]


class Table(dict[str, Any]):
    """A DataFrame as far as its columns go."""


@pytest.fixture
def pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that stands for pandas: its DataFrame is a dictionary of columns."""
    library = type("pandas", (), {"DataFrame": Table})
    monkeypatch.setattr(dataframe, "find_spec", lambda name: name == "pandas")
    monkeypatch.setattr("importlib.import_module", lambda _name: library)


def test_a_run_is_a_table_with_the_columns_of_its_csv(pandas: None) -> None:
    figure = optviz.trace("d2l", ["gd"], start=[(-5, -2), (1, 1)], steps=3)
    (run,) = figure.runs
    own, written = run.to_frame(), figure.to_frame()
    assert list(own) == list(written) == COLUMNS
    for name in written:
        assert np.array_equal(own[name], written[name], equal_nan=True), name


def test_a_sweep_is_a_table_and_arrays(pandas: None) -> None:
    sweep = optviz.sweep("d2l", "gd", over={"eta": [0.1, 0.2, 0.6]})
    table = sweep.to_frame()
    assert table["eta"] == [0.1, 0.2, 0.6]
    assert np.array_equal(table["steps"], sweep.content[0].values, equal_nan=True)
    assert table["diverged"] == [0, 0, 1]
    assert sweep.facts["sweeps"][0]["axes"] == {"eta": [0.1, 0.2, 0.6]}


def test_what_has_no_table_and_no_library_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unfit, match="inspect has no table"):
        optviz.inspect("d2l").to_frame()
    monkeypatch.setattr(dataframe, "find_spec", lambda _name: None)
    run = optviz.run("d2l", "gd")
    with pytest.raises(Unfit, match="pip install pandas"):
        run.to_frame()
    with pytest.raises(Unfit, match="polars is not installed"):
        run.to_frame("polars")
    with pytest.raises(BadValue, match="pandas or polars"):
        run.to_frame("arrow")
