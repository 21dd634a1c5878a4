"""What a page shows of the figures of a batch: the bytes, words and numbers that they have."""

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from optviz import batch, cli, gallery
from optviz.errors import WorldError
from optviz.gallery import PageFigure

SMALL = {"size": "200x150"}
TABLES: dict[str, dict[str, Any]] = {
    "path": {**SMALL, "opt": ["gd", "adam:eta=0.3"], "start": ["-5,-2", "4,2"], "caption": "Two."},
    "tuned": {
        **SMALL,
        "view": "compare",
        "opt": ["gd", "adam"],
        "fair": "tuned",
        "steps": 5,
        "output": ["{name}.png", "sub/{name}.csv"],
    },
    "step": {**SMALL, "opt": "adagrad", "anatomy": 3, "theme": "dark"},
    "film": {**SMALL, "view": "rates", "steps": 4, "output": "film.gif", "hold": 0.5},
    "map": {**SMALL, "view": "sweep", "opt": "gd", "over": ["eta=lin(0.1,0.5,3)"]},
    "wide": {**SMALL, "view": "sweep", "opt": "gd", "over": ["eta=lin(0.1,0.5,9000)"], "steps": 9},
    "known": {**SMALL, "view": "inspect", "objective": "x^2 + y^2"},
    "many": {**SMALL, "opt": "gd", "start": "grid(-6,6,-3,3,40x40)", "starts": "status"},
}


def shown(folder: Path, tables: Any = TABLES, **how: Any) -> dict[str, PageFigure]:
    reports = batch.run(batch.read(tables, out_dir=folder), **how)
    return {report.item.name: gallery.page_figure(report) for report in reports}


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PageFigure]:
    return shown(tmp_path_factory.mktemp("out"))


def test_words_runs_and_files_are_those_of_the_figure(figures: dict[str, PageFigure]) -> None:
    path, tuned = figures["path"], figures["tuned"]
    assert (path.view, path.caption, path.theme) == ("trace", "Two.", None)
    assert path.optimizers == ("gd", "adam")
    assert len(path.runs) == 4
    assert path.alt
    assert [(out.name, out.format) for out in tuned.outputs] == [
        ("tuned.png", "png"),
        ("tuned.csv", "csv"),
    ]
    assert figures["step"].theme == "dark"
    assert figures["film"].optimizers == ("adagrad",)  # which nobody named


@pytest.mark.parametrize("name", TABLES)
def test_its_command_gives_the_same_files_and_the_same_data(
    name: str,
    figures: dict[str, PageFigure],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    figure, data = figures[name], figures[name].data
    more = {"csv": ["-o", f"{name}.csv"], "json": ["--json", "-q"]}
    words = shlex.split(figure.command)[1:]
    assert cli.main([*words, *(more[data.format] if data else [])]) == 0
    for file in figure.outputs:
        assert Path(file.name).read_bytes() == file.data
    if data is None:
        assert name in ("tuned", "many", "wide")  # one has a csv already, of two there is too much
    elif data.format == "csv":
        assert Path(data.name).read_bytes() == data.data
    else:
        told = json.loads(capsys.readouterr().out)
        assert told == {**json.loads(data.data), "outputs": ["known.png"]}


@pytest.mark.parametrize("name", TABLES)
def test_its_table_is_a_spec_of_the_same_figure(
    name: str, figures: dict[str, PageFigure], tmp_path: Path
) -> None:
    (tmp_path / "again.toml").write_text(figures[name].table, encoding="utf-8")
    (item,) = batch.read([str(tmp_path / "again.toml")]).items
    (same,) = batch.read({name: TABLES[name]}).items
    assert (item.name, item.figure, item.outputs, item.caption) == (
        same.name,
        same.figure,
        same.outputs,
        same.caption,
    )


def test_the_page_is_the_same_drawn_unchanged_restored_and_elsewhere(tmp_path: Path) -> None:
    tables = {name: TABLES[name] for name in ("path", "film")}
    cache, pages = tmp_path / "cache", []
    for folder in ("here", "here", "elsewhere"):
        pages.append(gallery.page(list(shown(tmp_path / folder, tables, cache=cache).values())))
    (tmp_path / "here" / "film.gif").unlink()
    pages.append(gallery.page(list(shown(tmp_path / "here", tables, cache=cache).values())))
    assert len(set(pages)) == 1
    assert str(tmp_path) not in pages[0]


def test_a_figure_that_failed_has_its_reason_and_no_place_of_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = {"bad": {**SMALL, "output": "a.gif", "max_size": "10"}, "next": SMALL}
    found = shown(tmp_path, tables, fail_fast=True)
    assert "cannot be kept" in found["bad"].error
    assert not found["bad"].outputs
    assert found["next"].error == "not drawn: an earlier figure failed"

    def broken(work: Any, result: Any) -> None:
        raise KeyError("oh")

    monkeypatch.setattr("optviz.batch._task._draw", broken)
    assert shown(tmp_path, {"a": SMALL})["a"].error == "KeyError: 'oh' (a fault in the program)"
    monkeypatch.undo()
    (tmp_path / "dir" / "b.png").mkdir(parents=True)
    assert "it is a folder" in shown(tmp_path / "dir", {"b": SMALL})["b"].error


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    (report,) = batch.run(batch.read({"a": SMALL}, out_dir=tmp_path))
    (tmp_path / "a.png").unlink()
    with pytest.raises(WorldError, match=r"a\.png"):
        gallery.page_figure(report)
