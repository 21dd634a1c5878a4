"""NumPy archives: what numpy.load finds in them, other people's, and bad ones."""

import io
import json
import zipfile
from typing import Any

import numpy as np
import pytest

from optviz import optimizers, records
from optviz.errors import BadFile, Unfit
from optviz.objectives import Quadratic
from optviz.walks.engine import Walk
from optviz.walks.trajectory import Trajectory

BOWL = Quadratic(np.diag([2.0, 4.0]), np.zeros(2), text="x1^2 + 2x2^2")
STARTS = np.array([[-4.0, 1.0], [8.0, 0.0]])
WALK = Walk(BOWL, optimizers.read("gd:eta=0.25"), STARTS, 3)


def written(*runs: records.Run, every: int = 1) -> bytes:
    stream = io.BytesIO()
    records.write(stream, "npz", runs, every)
    return stream.getvalue()


def saved(**arrays: Any) -> bytes:
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def read(data: bytes) -> list[Trajectory]:
    return records.read(data, "a.npz")


def test_numpy_finds_the_documented_arrays() -> None:
    found = np.load(io.BytesIO(written(WALK)))
    assert sorted(found) == ["f", "grad", "meta", "rate", "x"]
    assert found["x"].shape == (2, 4, 2)
    assert found["f"].shape == (2, 4)
    assert found["grad"].shape == found["rate"].shape == (2, 3, 2)
    assert found["x"][1].tolist() == [[8, 0], [4, 0], [2, 0], [1, 0]]


def test_meta_is_the_line_of_jsonl_without_its_arrays() -> None:
    lines = io.StringIO()
    records.write(lines, "jsonl", [WALK])
    wanted = [json.loads(line) for line in lines.getvalue().splitlines()]
    for line in wanted:
        for part in ("x", "f", "grad", "rate"):
            del line[part]
    assert json.loads(str(np.load(io.BytesIO(written(WALK)))["meta"])) == wanted


def test_nothing_in_it_tells_the_day_or_the_system() -> None:
    members = zipfile.ZipFile(io.BytesIO(written(WALK))).infolist()
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    assert {member.create_system for member in members} == {3}


@pytest.mark.parametrize(
    "other",
    [
        Walk(BOWL, WALK.optimizer, STARTS, 4),
        Walk(Quadratic(np.eye(1), np.zeros(1)), WALK.optimizer, np.ones((1, 1)), 3),
    ],
)
def test_runs_of_another_size_do_not_fit(other: records.Run) -> None:
    with pytest.raises(Unfit, match=r"runs of one size only, not 3 steps in .* and "):
        written(*sorted([WALK, other], key=lambda walk: walk.steps))


def test_no_run_does_not_fit() -> None:
    with pytest.raises(Unfit):
        written()


def test_positions_alone_are_runs() -> None:
    one, two = read(saved(x=np.arange(12).reshape(2, 3, 2)))
    assert one.x.tolist() == [[[0, 1]], [[2, 3]], [[4, 5]]]
    assert two.x[0].tolist() == [[6, 7]]
    assert two.objective is two.optimizer is None


def test_compressed_and_single_precision_are_read() -> None:
    stream = io.BytesIO()
    np.savez_compressed(stream, x=np.float32([[[1], [0.5]]]), unknown=np.array(["a"]))
    assert read(stream.getvalue())[0].x.tolist() == [[[1.0]], [[0.5]]]


class Bomb:
    def __reduce__(self) -> Any:
        return print, ("boom",)


def test_a_pickle_is_refused_and_not_run(capsys: pytest.CaptureFixture[str]) -> None:
    for part in ("x", "meta"):
        arrays = {"x": np.ones((1, 1, 1)), part: np.array([Bomb()], dtype=object)}
        with pytest.raises(BadFile, match="pickled objects, which are not loaded"):
            read(saved(**arrays))
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"y": np.ones(3)}, "it holds no trajectory"),
        ({"x": np.ones((2, 2))}, "x: an array of float64 with 2 axes given"),
        ({"x": np.array([[["1"]]])}, "x: an array of <U1 with 3 axes given"),
        ({"x": np.ones((1, 1, 1), dtype=bool)}, "x holds bool"),
        ({"x": np.ones((1, 0, 2))}, "x: an empty list given"),
        ({"x": np.ones((1, 2, 2)), "f": np.ones((1, 3))}, "f: 3 numbers given, 2 are wanted"),
        ({"x": np.ones((1, 2, 2)), "f": np.ones((2, 2))}, "but others of the arrays have"),
        ({"x": np.ones((1, 2, 2)), "meta": np.array("[]")}, "a list of 1 objects is wanted"),
        ({"x": np.ones((1, 2, 2)), "meta": np.array("[5]")}, "a list of 1 objects is wanted"),
        ({"x": np.ones((1, 2, 2)), "meta": np.array("{")}, "meta: a text given, not JSON"),
        ({"x": np.ones((1, 2, 2)), "meta": np.array('[{"optviz": 2}]')}, "reads version 1"),
    ],
)
def test_a_bad_archive_is_refused(arrays: dict[str, Any], said: str) -> None:
    with pytest.raises(BadFile, match=said):
        read(saved(**arrays))


def test_an_archive_cut_off_anywhere_is_refused() -> None:
    whole = written(WALK)
    for length in range(0, len(whole) - 1, 97):
        with pytest.raises(BadFile):
            read(whole[:length])


def test_broken_parts_are_refused() -> None:
    def packed(content: bytes) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("x.npy", content)
        return stream.getvalue()

    header = b"\x93NUMPY\x01\x00\x40\x00{'descr': '<f8', 'fortran_order': False, 'shape': "
    for content in (b"", b"x", header, header + b"(10**9,), }\n", header + b"(1,1,1), }".ljust(11)):
        with pytest.raises(BadFile, match="no npz file that can be read"):
            read(packed(content))
