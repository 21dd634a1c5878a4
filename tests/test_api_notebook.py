"""A notebook of 28 cells: each shows something, or says what to write.

Jupyter is no part of the test extra: what it needs are 36 packages. So the cells are executed
here, and what the last line of each gives is shown by the methods that a notebook asks; where
nbclient and ipykernel are installed, the notebook runs in a real kernel too.
"""

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from optviz.errors import OptvizError

NOTEBOOK = Path(__file__).parent / "api_notebook.ipynb"
CELLS = ["".join(c["source"]) for c in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]]
REFUSED = {  # by the number of the cell: what it says
    17: "pip install pandas",
    19: "steps: 1.5 given, a whole number is wanted",
    23: "seeds= is for gradients that are drawn",
    24: "nothing is printed here",
}
PICTURES = {1, 2, 3, 6, 7, 8, 10, 14, 15, 16, 18, 20, 21, 27}
FILES = {"loss.png", "loss.svg", "loss.csv", "run.jsonl", "film.gif", "both.png"}


def executed(cell: str, names: dict[str, Any]) -> Any:
    """The value of the last line of a cell, None if it is a statement."""
    body = ast.parse(cell).body
    last = body.pop() if isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "cell", "exec"), names)
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)


def shown(value: Any) -> set[str]:
    """The kinds of data that a notebook gets of a value."""
    if hasattr(value, "_repr_mimebundle_"):
        data, _ = value._repr_mimebundle_(include=None, exclude=None)
        return set(data)
    return {"text/plain"} if value is not None else set()


def test_each_cell_shows_something_or_says_what_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("optviz.files.dataframe.find_spec", lambda _name: None)
    names: dict[str, Any] = {}
    assert len(CELLS) == 28
    for number, cell in enumerate(CELLS):
        if number in REFUSED:
            with pytest.raises(OptvizError, match=REFUSED[number]):
                executed(cell, names)
            continue
        data = shown(executed(cell, names))
        assert bool(data & {"image/png", "image/svg+xml"}) == (number in PICTURES), cell
    assert {path.name for path in tmp_path.iterdir()} == FILES
    assert capfd.readouterr() == ("", "")


def test_a_kernel_shows_the_same(tmp_path: Path) -> None:
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    client = nbclient.NotebookClient(
        notebook, allow_errors=True, resources={"metadata": {"path": str(tmp_path)}}
    )
    client.execute()
    for number, cell in enumerate(notebook.cells):
        data = {key for output in cell.outputs for key in output.get("data", {})}
        errors = [output.evalue for output in cell.outputs if output.output_type == "error"]
        assert not [o for o in cell.outputs if o.output_type == "stream"], cell.source
        assert all(REFUSED.get(number, "-") in error for error in errors)
        if number in PICTURES:
            assert data & {"image/png", "image/svg+xml"}, cell.source
