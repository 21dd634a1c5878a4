"""Matrices alone in files: npy, Matrix Market, a bare list, and those of quadratic programs."""

import io
import json
from pathlib import Path

import numpy as np
import pytest

from optviz import notes
from optviz.errors import BadFile, UnknownName
from optviz.objectives import matrix_market, read

RECORDED = json.loads(
    (Path(__file__).parent.parent / "recorded/matrices.json").read_text(encoding="utf-8")
)["files"]
CONVENTION = "the matrix is Q of f(x) = ½xᵀQx"
Q = [[4.0, 1.0], [1.0, 3.0]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", RECORDED)
def test_a_file_of_scipy_is_read_as_scipy_reads_it(name: str) -> None:
    content = RECORDED[name]["text"].encode()
    assert matrix_market.read("q.mtx", content).tolist() == RECORDED[name]["Q"]


def test_a_matrix_market_file_is_an_objective(folder: Path) -> None:
    text = "%%MatrixMarket matrix coordinate real symmetric\n% lower\n2 2 3\n1 1 4\n2 1 1\n2 2 3\n"
    (folder / "q.mtx").write_text(text)
    with notes.collected() as noted:
        q = read("@q.mtx").quadratic_for("Q")
    assert (q.Q.tolist(), list(noted)) == (Q, [CONVENTION])


ARRAYS = {
    "floats": np.array(Q),
    "whole numbers": np.array(Q, dtype=np.int32),
    "another order": np.asfortranarray(Q),
    "single precision": np.array(Q, dtype=">f4"),
}


@pytest.mark.parametrize("name", ARRAYS)
def test_an_npy_file_is_read(folder: Path, name: str) -> None:
    np.save(folder / "q.npy", ARRAYS[name])
    with notes.collected() as noted:
        q = read("@q.npy").quadratic_for("Q")
    assert (q.Q.tolist(), list(noted)) == (Q, [CONVENTION])


def test_the_only_array_of_an_archive_is_the_matrix(folder: Path) -> None:
    np.savez(folder / "q.npz", np.array(Q))
    with notes.collected() as noted:
        q = read("@q.npz").quadratic_for("Q")
    assert (q.Q.tolist(), list(noted)) == (Q, [CONVENTION])


def test_a_bare_list_is_read(folder: Path) -> None:
    (folder / "q.json").write_text("[[4,1],[1,3]]\n")
    with notes.collected() as noted:
        q = read("@q.json").quadratic_for("Q")
    assert (q.Q.tolist(), q.c.tolist(), list(noted)) == (Q, [0, 0], [CONVENTION])


@pytest.mark.parametrize(("P", "q"), [("P", "q"), ("H", "f")])
def test_the_words_of_quadratic_programs_are_read(folder: Path, P: str, q: str) -> None:
    (folder / "qp.json").write_text(json.dumps({P: Q, q: [1, 2]}))
    (folder / "qp.toml").write_text(f"{P} = {Q}\n{q} = [1, 2]\n")
    np.savez(folder / "qp.npz", **{P: np.array(Q), q: np.array([1, 2])})
    for suffix in ("json", "toml", "npz"):
        with notes.collected() as noted:
            objective = read(f"@qp.{suffix}").quadratic_for("Q")
        assert (objective.Q.tolist(), objective.c.tolist()) == (Q, [1, 2])
        assert list(noted) == [f"{P} and {q} are Q and c of f(x) = ½xᵀQx + cᵀx"]


def test_what_is_symmetric_but_for_rounding_is_made_symmetric_and_noted(folder: Path) -> None:
    np.save(folder / "q.npy", np.array([[1, 0.1], [0.1 + 1e-16, 2]]))
    with notes.collected() as noted:
        q = read("@q.npy").quadratic_for("Q")
    assert np.array_equal(q.Q, q.Q.T)
    assert list(noted)[-1] == "Q is symmetric but for rounding; ½(Q + Qᵀ) is used"
    np.save(folder / "q.npy", np.array([[1, 0.1], [0.1 + 1e-9, 2]]))
    with pytest.raises(BadFile, match="Q must be symmetric"):
        read("@q.npy")


def test_constraints_are_refused(folder: Path) -> None:
    (folder / "qp.json").write_text('{"P": [[1]], "q": [1], "A": [[1]], "l": [0], "u": [1]}')
    with pytest.raises(BadFile, match="A is of a constraint; only ½xᵀQx"):
        read("@qp.json")
    (folder / "qp.json").write_text('{"P": [[1]], "Q": [[1]]}')
    with pytest.raises(BadFile, match="Q is there twice"):
        read("@qp.json")
    (folder / "qp.json").write_text('{"": [[1]], "r": 3}')
    with pytest.raises(UnknownName):
        read("@qp.json")


HEAD = "%%MatrixMarket matrix coordinate real general\n"
MISTAKES = [
    ("", 1, "opens otherwise than %%MatrixMarket"),
    ("2 2\n1\n", 1, "opens otherwise than %%MatrixMarket"),
    ("%%MatrixMarket matrix coordinate complex general\n", 1, "coordinate complex; real numbers"),
    ("%%MatrixMarket matrix coordinate pattern general\n", 1, "real numbers are wanted"),
    ("%%MatrixMarket matrix array real skew-symmetric\n", 1, "a symmetric matrix is wanted"),
    ("%%MatrixMarket vector array real general\n", 1, "opens otherwise"),
    (HEAD, 1, "3 whole numbers are wanted"),
    (HEAD + "2 2\n", 2, "3 whole numbers are wanted"),
    (HEAD + "2 3 1\n1 1 1\n", 2, "is 2 × 3; a square matrix"),
    (HEAD + "0 0 0\n", 2, "is 0 × 0"),
    (HEAD + "1001 1001 0\n", 2, "at most 1000"),
    (HEAD + "99999999 99999999 0\n", 2, "at most 1000"),
    (HEAD + "% c\n2 2 2\n1 1 1\n", 4, "holds 1 entries and says 2"),
    (HEAD + "2 2 1\n1 1 1\n\n2 2 1\n", 5, "holds 2 entries and says 1"),
    (HEAD + "2 2 1\n3 1 1\n", 3, "from 1 to 2"),
    (HEAD + "2 2 1\n0 1 1\n", 3, "from 1 to 2"),
    (HEAD + "2 2 1\n1 1\n", 3, "a row, a column and a number"),
    (HEAD + "2 2 1\n1 1 nan\n", 3, "nan is no finite number"),
    (HEAD + "2 2 1\n1 1 1e999\n", 3, "no finite number"),
    (HEAD + "2 2 1\n1 1 1_0\n", 3, "no finite number"),
    (HEAD.replace("general", "symmetric") + "2 2 1\n1 2 3\n", 3, "on and below the diagonal"),
    (HEAD.replace("coordinate", "array") + "2 2\n1\n2\n2\n", 5, "ends before 4 numbers"),
    (HEAD.replace("coordinate", "array") + "1 1\n1\n2\n", 4, "holds more than 1 numbers"),
]


@pytest.mark.parametrize(("text", "line", "said"), MISTAKES)
def test_a_mistake_in_a_matrix_market_file_has_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(BadFile) as caught:
        matrix_market.read("q.mtx", text.encode())
    assert said in caught.value.message
    assert caught.value.line == line


def _saved(array: object, **how: bool) -> bytes:
    stream = io.BytesIO()
    np.save(stream, np.asarray(array), **how)  # type: ignore[arg-type]
    return stream.getvalue()


WRONG = [
    (b"", "no npy file"),
    (b"[[4,1],[1,3]]", "no npy file"),
    (b"\x93NUMPY\x01\x00", "no npy file"),
    (_saved([[1.0, 2.0], [2.0, 3.0]])[:-1], "its header tells of"),
    (_saved([1.0, 2.0]), "the array is 2; a square matrix is wanted"),
    (_saved([[1.0, 2.0, 3.0]]), "Q must be square"),
    (_saved([[[1.0]]]), "1 × 1 × 1"),
    (_saved([["a"]]), "real numbers are wanted"),
    (_saved([[1j]]), "real numbers are wanted"),
    (_saved([[float("nan")]]), "finite"),
    (_saved([[None]], allow_pickle=True), "pickled objects"),
    (_saved(np.zeros((1001, 1))), "at most 1000"),
]


@pytest.mark.parametrize(("content", "said"), WRONG)
def test_an_npy_file_that_holds_no_matrix_says_why(folder: Path, content: bytes, said: str) -> None:
    (folder / "q.npy").write_bytes(content)
    with pytest.raises(BadFile) as caught:
        read("@q.npy")
    assert said in caught.value.message
