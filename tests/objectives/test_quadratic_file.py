"""Objectives are read from files, and a file that holds none is told what it lacks."""

import io
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optviz.errors import BadFile, TextError, UnknownName, WorldError
from optviz.objectives import Model, read

WRITTEN = {
    "q.json": '{"Q": [[0.2, -1], [-1, 4]], "c": [1, 2], "b": -3}',
    "q.toml": "Q = [[0.2, -1], [-1, 4]]\nc = [1, 2]\nb = -3",
    "q.JSON": '\ufeff{"Q": [[0.2, -1], [-1, 4]], "c": [1, 2], "b": -3}',
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", WRITTEN)
def test_a_text_file_is_read(folder: Path, name: str) -> None:
    (folder / name).write_text(WRITTEN[name], encoding="utf-8")
    _is_the_one(read(f"@{name}"))
    assert read(f" @{name}").text == f"@{name}"


def test_an_npz_archive_is_read(folder: Path) -> None:
    np.savez(folder / "q.npz", Q=np.array([[0.2, -1], [-1, 4]]), c=np.array([1, 2]), b=-3)
    _is_the_one(read("@q.npz"))


def _is_the_one(q: Any) -> None:
    assert q.Q.tolist() == [[0.2, -1], [-1, 4]]
    assert q.c.tolist() == [1, 2]
    assert q.b == -3


def test_c_and_b_may_be_left_out(folder: Path) -> None:
    (folder / "q.json").write_text('{"Q": [[2]]}')
    assert (read("@q.json").c.tolist(), read("@q.json").b) == ([0], 0)


def test_what_the_program_writes_reads_back(folder: Path) -> None:
    q = read("0.1x1^2 - x1x2 + x2/3 + 7")
    (folder / "q.json").write_text(json.dumps(q.as_dict()))
    again = read("@q.json")
    assert np.array_equal(again.Q, q.Q)
    assert np.array_equal(again.c, q.c)
    assert again.b == q.b


def test_standard_input_is_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"Q": [[2, 0], [0, 3]]}')))
    assert read("@-").Q.tolist() == [[2, 0], [0, 3]]


def test_the_home_folder_is_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder))
    (folder / "q.json").write_text('{"Q": [[2]]}')
    assert read("@~/q.json").Q.tolist() == [[2]]


MISTAKES = [
    ("{", "q.json, line 1: not JSON"),
    ('{"Q": [[1]],\n  c: 2}', "q.json, line 2: not JSON"),
    ("[1]", "an object with Q"),
    ("{}", "holds no Q"),
    ('{"Q": 3}', "Q: a list"),
    ('{"Q": []}', "Q: a list"),
    ('{"Q": [1]}', "row 1 of Q: a list"),
    ('{"Q": [[1, 2], [3]]}', "2 rows but 1 numbers in row 2"),
    ('{"Q": [[1, 2, 3], [1, 2, 3]]}', "2 rows but 3 numbers in row 1"),
    ('{"Q": [[1, 2], [2.5, 1]]}', "Q12 = 2.0 but Q21 = 2.5"),
    ('{"Q": [["1"]]}', "number 1 of row 1 of Q: a number"),
    ('{"Q": [[true]]}', "a number is wanted"),
    ('{"Q": [[null]]}', "a number is wanted"),
    ('{"Q": [[NaN]]}', "NaN is no finite number"),
    ('{"Q": [[1e999]]}', "a finite number"),
    ('{"Q": [[1' + "0" * 400 + "]]}", "a finite number"),
    ('{"Q": [[1' + "0" * 9000 + "]]}", "too many digits"),
    ('{"Q": [[1]], "c": [1, 2]}', "c has 2 numbers; 1 are wanted"),
    ('{"Q": [[1]], "c": 1}', "c: a list"),
    ('{"Q": [[1]], "b": [1]}', "b: a number"),
    ('{"Q": [[1]], "Q": [[2]]}', "Q is given twice"),
    ("[" * 100000, "nested more than 50 deep"),
]


@pytest.mark.parametrize(("content", "said"), MISTAKES, ids=lambda text: text[:30])
def test_a_json_file_that_holds_no_objective_says_why(
    folder: Path, content: str, said: str
) -> None:
    (folder / "q.json").write_text(content)
    with pytest.raises(BadFile) as caught:
        read("@q.json")
    assert said in str(caught.value)
    assert str(caught.value).startswith("q.json")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Q = [[1]]\nc = ", "q.toml, line 2: no value: leave the line out"),
        ("Q = [[nan]]", "a finite number"),
        ("Q = [[1979-05-27]]", "a number is wanted"),
        ("", "holds no Q"),
        ("Q = " + "[" * 5000, "nested more than 50 deep"),
    ],
    ids=lambda text: text[:20],
)
def test_a_toml_file_that_holds_no_objective_says_why(
    folder: Path, content: str, said: str
) -> None:
    (folder / "q.toml").write_text(content)
    with pytest.raises(BadFile) as caught:
        read("@q.toml")
    assert said in str(caught.value)


def test_a_key_that_means_nothing_is_named(folder: Path) -> None:
    (folder / "q.json").write_text('{"Q": [[1]], "texts": 1}')
    with pytest.raises(UnknownName, match=r"'texts' in q\.json; did you mean text\?"):
        read("@q.json")


def test_bytes_that_are_no_text_are_refused(folder: Path) -> None:
    (folder / "q.json").write_bytes(b'{"Q":\n [[1]], "\xff"')
    with pytest.raises(BadFile, match="line 2: byte 0xff is not UTF-8"):
        read("@q.json")


def test_pickled_objects_are_never_loaded(folder: Path) -> None:
    class Trap:
        def __reduce__(self) -> Any:
            return (os.mkdir, ("sprung",))

    np.savez(folder / "q.npz", Q=np.array([Trap()], dtype=object))
    with pytest.raises(BadFile, match="pickled"):
        read("@q.npz")
    assert not (folder / "sprung").exists()


@pytest.mark.parametrize("array", [np.array([["a"]]), np.array([[1j]]), np.array([[True]])])
def test_arrays_of_other_things_are_refused(folder: Path, array: Any) -> None:
    np.savez(folder / "q.npz", Q=array)
    with pytest.raises(BadFile, match="real numbers are wanted"):
        read("@q.npz")


@pytest.mark.parametrize("shape", [(), (0, 0), (2,), (1, 1, 1), (1, 2)])
def test_arrays_of_other_shapes_are_refused(folder: Path, shape: Any) -> None:
    np.savez(folder / "q.npz", Q=np.ones(shape))
    with pytest.raises(BadFile):
        read("@q.npz")


def test_a_broken_archive_is_refused_wherever_it_is_cut(folder: Path) -> None:
    np.savez_compressed(folder / "q.npz", Q=np.eye(3))
    whole = (folder / "q.npz").read_bytes()
    for length in range(0, len(whole), 7):
        (folder / "q.npz").write_bytes(whole[:length])
        with pytest.raises(BadFile):
            read("@q.npz")


def test_a_single_array_is_no_archive(folder: Path) -> None:
    np.save(folder / "q.npy", np.eye(2))
    (folder / "q.npy").rename(folder / "q.npz")
    with pytest.raises(BadFile, match="a single array"):
        read("@q.npz")


def test_a_missing_file_is_the_worlds_fault(folder: Path) -> None:
    with pytest.raises(
        WorldError, match=r"cannot read nope\.json: there is no such file"
    ) as caught:
        read("@nope.json")
    assert caught.value.exit_code == 1


def test_a_folder_is_no_file(folder: Path) -> None:
    (folder / "q.json").mkdir()
    with pytest.raises(WorldError, match="it is a folder"):
        read("@q.json")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_the_worlds_fault(folder: Path) -> None:
    (folder / "q.json").write_text("{}")
    (folder / "q.json").chmod(0)
    with pytest.raises(WorldError, match="permission denied"):
        read("@q.json")


@pytest.mark.parametrize("name", ["a\0.json", "a" * 5000 + ".json", "~nobody-of-that-name/q.json"])
def test_a_name_no_file_can_have_is_the_worlds_fault(name: str) -> None:
    with pytest.raises(WorldError):
        read(f"@{name}")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is nothing endless here")
def test_an_endless_file_is_left_alone(folder: Path) -> None:
    (folder / "endless.json").symlink_to("/dev/zero")
    with pytest.raises(BadFile, match="larger than"):
        read("@endless.json")


@pytest.mark.parametrize("name", ["d.data", "d", "d.out.gz.txt", "d.CSV"])
def test_a_file_of_any_other_suffix_is_a_table(folder: Path, name: str) -> None:
    (folder / name).write_text("a y\n1 2\n2 3\n")
    assert read(f"@{name}", model=Model("y")).Q.tolist() == [[2.5]]  # (1 + 4) / 2


def test_standard_input_may_be_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"a,y\n1,2\n2,3\n")))
    assert read("@-", model=Model("y")).Q.tolist() == [[2.5]]


def test_a_sign_without_a_name_is_a_mistake() -> None:
    with pytest.raises(TextError, match="the name of a file"):
        read(" @ ")
