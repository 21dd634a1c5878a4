"""The same figure from the command line, a batch and Python is the same files, to the byte.

A law over every figure kind and every format of pictures, films and data.
"""

import io
import shutil
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

import optviz
from optviz import batch, cli, figures, render
from optviz.errors import OptvizError
from tests.test_api_functions import KINDS, function, sample

FILES = {"frames": "f/%03d.png"}  # in place of a suffix
LIVE = {"trace", "rates", "loss", "compare"}  # what a page can move
SLOW = {"pgf"}  # a document of TeX, which wants a TeX


def names(kind: str) -> dict[str, str]:
    """What a file is called in every format that the kind has."""
    of_kind = figures.registry[kind]
    pictures = {
        name: FILES.get(name, f"a{render.registry[name].suffix}")
        for name in render.registry.names
        if of_kind.moves or not render.registry[name].moves
    }
    if kind not in LIVE:
        pictures.pop("html", None)
    if not shutil.which("ffmpeg"):
        pictures.pop("mp4", None)
    data = of_kind.formats(of_kind())
    return {**pictures, **{name: f"data{end}" for name, end in data.items()}}


def run(*words: str) -> int:
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return cli.main(list(words))


def flags(options: dict[str, Any]) -> list[str]:
    pairs = [(k, one) for k, v in options.items() for one in (v if isinstance(v, list) else [v])]
    return [f"--{name}={value}" for name, value in pairs]


def content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("kind", KINDS)
def test_flags_a_batch_and_python_write_the_same_bytes_in_every_format(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {**sample(kind), "size": "300x240"}
    if "steps" in figures.registry[kind].lacks or kind == "sweep":
        moving: dict[str, Any] = {}
    else:
        moving = {"steps": 3}
    options |= moving
    formats = [name for name in names(kind) if name not in SLOW]
    paths = [names(kind)[name] for name in formats]
    found = []
    for how in ("flags", "batch", "python"):
        folder = tmp_path / how
        folder.mkdir()
        monkeypatch.chdir(folder)
        if how == "flags":
            assert run(kind, *flags(options), *(f"--output={path}" for path in paths)) == 0
        elif how == "batch":
            single = [path for path in paths if path != FILES["frames"]]  # a batch has no frames
            (report,) = batch.run({"a": {"figure": kind, **options, "output": single}})
            assert report.error == ""
        else:
            function(kind)(**options).save(*paths)
        found.append(content(folder))
    flagged, batched, called = found
    assert len(flagged) >= len(paths)
    assert flagged == called
    if not figures.registry[kind].content_is_logs:  # whose content a batch puts into the picture
        assert {n: data for n, data in flagged.items() if not n.startswith("f/")} == batched


@pytest.mark.parametrize("kind", KINDS)
def test_plot_of_a_record_and_figure_of_runs_write_the_same_bytes(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("run", "--opt=adam", "--opt=gd", "--eta=0.3", "-n", "3", "-o", "runs.jsonl") == 0
    runs = optviz.run("d2l", ["adam", "gd"], eta=0.3, steps=3)
    try:
        figure = optviz.figure(runs, kind, size="300x240")
    except OptvizError:
        assert run("plot", kind, "runs.jsonl", "--size=300x240", "-o", "plot.png") == 2
        return
    ends = ("png", "gif", "csv") if figures.registry[kind].moves else ("png", "csv")
    figure.save(*(f"figure.{end}" for end in ends))
    outputs = [f"--output=plot.{end}" for end in ends]
    assert run("plot", kind, "runs.jsonl", "--size=300x240", *outputs) == 0
    for end in ends:
        assert Path(f"plot.{end}").read_bytes() == Path(f"figure.{end}").read_bytes(), end


def test_a_run_is_the_same_table_from_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("run", "--opt=adam", "--eta=0.3", "-o", "run.csv", "-o", "run.npz") == 0
    figure = optviz.trace("d2l", "adam", eta=0.3)
    figure.save("trace.csv", "trace.npz")
    for end in ("csv", "npz"):
        assert Path(f"run.{end}").read_bytes() == Path(f"trace.{end}").read_bytes()
