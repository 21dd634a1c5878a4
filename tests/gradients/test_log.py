"""`log(FILE)`: how it is read, what the file may hold, and what cannot use it."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optviz import cli, gradients, objectives, optimizers, records, spec
from optviz.errors import BadFile, OptvizError, TextError, Unfit
from optviz.records import _gradient_log
from optviz.spec import RunSpec, replay
from optviz.walks.engine import Walk

GRAD = [[1.0, 0.5], [-2.0, 0.25], [0.5, -1.0]]
TABLE = "w,b\n" + "".join(f"{a},{b}\n" for a, b in GRAD)


def put(folder: Path, content: str | bytes, name: str = "grads.csv") -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return f"log({path})"


def read(folder: Path, content: str | bytes, name: str = "grads.csv") -> Any:
    return records.gradients(gradients.log.read(put(folder, content, name)))


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("log(grads.csv)", "grads.csv"),
        (" log ( my grads (1).csv ) ", "my grads (1).csv"),
        ("log:a/b.csv", "a/b.csv"),
        ("log('it, too.csv')", "it, too.csv"),
        ('log("a)b")', "a)b"),
        ("log(-)", "-"),
        ("log(C:\\runs\\g.npz)", "C:\\runs\\g.npz"),
        ('log("[1].csv")', "./[1].csv"),
    ],
)
def test_the_path_is_taken_as_it_is(text: str, file: str) -> None:
    source = gradients.read(text)
    assert isinstance(source, gradients.Log)
    assert source.file == file
    assert gradients.read(str(source)) == source


@pytest.mark.parametrize("text", ["log", "log()", "log('')", "log(a.csv", "log({})"])
def test_a_file_is_wanted(text: str) -> None:
    with pytest.raises(TextError, match="a file"):
        gradients.read(text)


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (TABLE, ("w", "b")),
        (TABLE.replace("w,b", "g1,g2"), ("g1", "g2")),
        (TABLE.partition("\n")[2], ("g1", "g2")),
        (TABLE.replace(",", ";"), ("w", "b")),
        ("step,w,f,b\n1,1,9,0.5\n2,-2,9,0.25\n3,0.5,,-1\n", ("w", "b")),
        (",w,b\n0,1,0.5\n1,-2,0.25\n2,0.5,-1\n", ("w", "b")),
        ("Step;w;b\n1;1;0,5\n2;-2;0,25\n3;0,5;-1\n", ("w", "b")),
        (",w,b\n5,1,0.5\n9,-2,0.25\n7,0.5,-1\n", ("w", "b")),
        (",0,1\n0,1.0,0.5\n1,-2.0,0.25\n2,0.5,-1.0\n", ("0", "1")),
        ("0,1\n1.0,0.5\n-2.0,0.25\n0.5,-1.0\n", ("0", "1")),
        ("# w b\n1 0.5\n-2 0.25\n.5 -1\n", ("w", "b")),
        ("step,loss,lr,g1,g2\n1,9,.1,1,0.5\n2,8,.1,-2,0.25\n3,,.1,0.5,-1\n", ("g1", "g2")),
        (json.dumps({"grad": GRAD}), ("g1", "g2")),
        ("\n".join(json.dumps({"step": t, "grad": g}) for t, g in enumerate(GRAD)), ("g1", "g2")),
    ],
)
def test_a_table_or_json_of_gradients(content: str, names: tuple[str, ...], tmp_path: Path) -> None:
    (found,) = read(tmp_path, content)
    assert found.names == names
    assert found.grad.tolist() == GRAD


def test_arrays_of_one_run_or_of_many(tmp_path: Path) -> None:
    for array, runs in ((np.array(GRAD), 1), (np.array([GRAD, GRAD]), 2)):
        stream = io.BytesIO()
        np.savez(stream, grad=array)
        found = read(tmp_path, stream.getvalue(), "grads.npz")
        assert [run.grad.tolist() for run in found] == [GRAD] * runs


@pytest.mark.parametrize("form", ["csv", "jsonl", "npz"])
def test_what_run_wrote_gives_the_rates_of_the_run(form: str, tmp_path: Path) -> None:
    rule = optimizers.read("adam:eta=0.3")
    walk = Walk(objectives.read("d2l"), rule, np.array([[-5.0, -2.0]]), 9)
    stream = io.BytesIO() if form == "npz" else io.StringIO()
    records.write(stream, form, [walk])
    written = stream.getvalue()
    (again,) = replay.runs(
        RunSpec(opt=("adam:eta=0.3",), gradient=put(tmp_path, written, f"g.{form}"))
    )
    assert again.rate == pytest.approx(walk.run().rate, rel=1e-12)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("w,b\n1,2\n3,oops\n", r"line 3: column 2 \(b\) is 'oops'"),
        ("w,b\n1,2\n1,\n", "line 3.*empty"),
        ("w,b\n1,nan\n", "finite"),
        ("w,b\n1,2,3\n", "line 2: 3 fields"),
        ("w,w\n1,2\n", "one name"),
        ("step,x1,x2\n0,1,2\n", "g1, g2"),
        ("step,w\n1,2\n3,4\n", "step 3 follows step 1"),
        ("", "no gradients"),
        ("w,b\n", "no gradients"),
        ('{"x": [[1, 2]]}', "no gradients"),
        ('{"grad": [1, "a"]}', "number"),
        ('{"grad": [1]}\n{"grad": [1, 2]}', "line 2"),
        ("PK nonsense", "npz"),
    ],
)
def test_what_a_file_may_not_hold(content: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=said):
        read(tmp_path, content)


def test_every_kth_gradient_is_not_all_of_them(tmp_path: Path) -> None:
    walk = Walk(objectives.read("d2l"), optimizers.read("gd"), np.array([[-5.0, -2.0]]), 8)
    records.write(stream := io.StringIO(), "jsonl", [walk], 2)
    with pytest.raises(BadFile, match="every 2th step"):
        read(tmp_path, stream.getvalue(), "g.jsonl")


def test_the_rates_are_those_by_hand_and_steps_cuts(tmp_path: Path) -> None:
    asked = RunSpec(opt=("adagrad:eta=0.1,eps=0",), gradient=put(tmp_path, TABLE), steps=2)
    (run,) = replay.runs(asked)
    assert (run.steps, run.names, run.gradient) == (2, ("w", "b"), "log(grads.csv)")
    by_hand = 0.1 / np.sqrt(np.cumsum(np.square(GRAD), axis=0))[:2]
    assert run.rate[:, 0] == pytest.approx(by_hand)
    assert np.isnan(run.x).all() and np.isnan(run.f).all()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"opt": ("newton",)}, "the curvature"),
        ({"opt": ("lamb",)}, "the positions"),
        ({"opt": ("polyak",)}, "values of f"),
        ({"opt": ("adam@torch:decay=0.1",)}, "decay pulls x"),
        ({"objective": "x^2"}, "objective has no say"),
        ({"start": ("1,1",)}, "start has no say"),
    ],
)
def test_what_gradients_alone_do_not_tell(
    more: dict[str, tuple[str, ...]], said: str, tmp_path: Path
) -> None:
    with pytest.raises(Unfit, match=said):
        replay.runs(RunSpec(gradient=put(tmp_path, TABLE), **more))


@pytest.mark.parametrize("command", ["trace", "loss", "compare"])
def test_nothing_else_takes_a_log(command: str, tmp_path: Path, capsys: Any) -> None:
    assert cli.main([command, "--gradient", put(tmp_path, TABLE)]) == 2
    assert "only rates and run take a log" in capsys.readouterr().err


def test_the_walks_of_a_spec_refuse_it() -> None:
    with pytest.raises(OptvizError, match="only rates and run"):
        spec.walks(RunSpec(gradient="log(anything)"))


def test_it_is_drawn_and_written(tmp_path: Path, capsys: Any) -> None:
    asked = ["--opt", "adam,rmsprop,adagrad:eta=0.1", "--gradient", put(tmp_path, TABLE)]
    assert cli.main(["rates", *asked, "-q", "-o", str(tmp_path / "a.svg")]) == 0
    words = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "Adam, RMSProp and AdaGrad, on the gradients of grads.csv" in words
    assert cli.main(["run", *asked, "-q", "-o", str(tmp_path / "a.jsonl")]) == 0
    runs = records.read((tmp_path / "a.jsonl").read_bytes(), "a.jsonl")
    assert [(run.names, run.steps) for run in runs] == [(("w", "b"), 3)] * 3


PIECES = st.sampled_from(
    [",", ";", "\t", " ", "\n", "\n", '"', "#", "a", "1", "2.5", "1,5", "nan", "", "x1", "x2",
     "g1", "g2", "step", "run", "loss", "0", "1,234", "f", "rate1", "{", "}", '"x": [[1]]',
     "[1]", "x1,x2\n", "0,1\n"]
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_is_a_log_or_one_sentence(text: str) -> None:
    for name in ("log.csv", "log"):
        with contextlib.suppress(OptvizError):
            assert all(run.steps >= 0 for run in records.read(text.encode(), name))
    try:
        for log in _gradient_log.read(text.encode(), "log.csv"):
            assert log.grad.shape[1] == len(log.names)
            assert np.isfinite(log.grad).all()
    except OptvizError as error:
        assert "\n" not in str(error)
