"""Figures of files from Python, as `optviz plot` draws them."""

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

import optviz
from optviz import cli
from optviz.errors import BadValue, OptvizError, Unfit, WorldError


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    optviz.trace("d2l", "adam", eta=0.3, steps=3).save("adam.jsonl", "steps.csv")
    Path("log.csv").write_text("step,g1,g2\n1,3,1\n2,4,0\n3,0,1\n")


@pytest.mark.parametrize(
    ("kind", "paths", "options"),
    [
        ("loss", ["adam.jsonl"], {}),
        ("trace", ["steps.csv"], {"objective": "d2l", "opt": "adam:eta=0.3"}),
        ("rates", ["log.csv"], {"opt": "adagrad:eta=1", "size": "300x240"}),
    ],
)
def test_plot_and_figure_of_files_write_the_same_bytes(
    kind: str, paths: list[str], options: dict[str, str]
) -> None:
    flags = [f"--{name}={value}" for name, value in options.items()]
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        assert cli.main(["plot", kind, *paths, *flags, "-o", "plot.png"]) == 0
    for runs in (paths[0], Path(paths[0]), paths, iter(paths)):
        figure: Any = optviz.figure
        figure(runs, kind, **options).save("figure.png")
        assert Path("plot.png").read_bytes() == Path("figure.png").read_bytes()


def test_a_matrix_is_the_objective_of_a_file_that_names_none() -> None:
    (run,) = optviz.figure("steps.csv", objective=[[0.2, 0], [0, 4]]).runs
    assert run.objective is not None


@pytest.mark.parametrize(
    ("runs", "options", "error", "sentence"),
    [
        ("nope.jsonl", {}, WorldError, "there is no such file"),
        ("adam.jsonl", {"objective": "d2l"}, Unfit, "leave objective out"),
        ("adam.jsonl", {"eta": 0.1}, BadValue, "it belongs to the runs"),
        ("steps.csv", {"rotate": 30}, Unfit, "give that with objective="),
        ([], {}, BadValue, "runs such as"),
        (["adam.jsonl", 3], {}, BadValue, "runs such as"),
    ],
)
def test_what_is_wrong_with_files_is_one_sentence(
    runs: Any, options: dict[str, Any], error: type[OptvizError], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        optviz.figure(runs, **options)
