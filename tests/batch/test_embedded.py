"""Tables in a batch: the rows travel with the figure, and count for cache and recipe."""

from pathlib import Path

import pytest

from optviz import batch, recipe
from optviz.batch import WrongBatch

SPEC = """
[a]
view = "loss"
objective = "@data/t.csv"
target = "y"
gradient = "minibatch(2)"
against = "epoch"
opt = ["gd:eta=0.05"]
steps = 6
size = "300x200"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "t.csv").write_text("a,b,y\n1,2,1\n2,1,5\n3,1,2\n")
    (tmp_path / "s.toml").write_text(SPEC)
    return tmp_path


def drawn(folder: Path) -> str:
    (report,) = batch.run(batch.read([str(folder / "s.toml")]), cache=folder / "kept")
    assert not report.error
    return report.status


def test_a_table_is_found_from_the_folder_of_its_spec(folder: Path) -> None:
    (item,) = batch.read([str(folder / "s.toml")]).items
    assert item.data == (str(folder / "data" / "t.csv"),)
    assert item.figure.run.objective == "@t.csv\na,b,y\n1,2,1\n2,1,5\n3,1,2\n"


def test_what_is_in_the_table_decides_whether_the_figure_is_drawn_again(folder: Path) -> None:
    assert [drawn(folder), drawn(folder)] == ["drawn", "unchanged"]
    (folder / "data" / "t.csv").write_text("a,b,y\n1,2,1\n2,1,5\n3,1,2.5\n")
    assert [drawn(folder), drawn(folder)] == ["drawn", "unchanged"]


def test_the_picture_is_drawn_again_without_its_table(folder: Path) -> None:
    drawn(folder)
    (folder / "data" / "t.csv").unlink()
    data = (folder / "a.png").read_bytes()
    found = recipe.read("a.png", data)
    assert found is not None
    assert str(recipe.verify(found, data)) == "a.png: same"
    assert str(folder).encode() not in data


def test_a_recipe_with_a_table_is_a_spec_again(folder: Path) -> None:
    drawn(folder)
    picture = (folder / "a.png").read_bytes()
    found = recipe.read("a.png", picture)
    assert found is not None
    text = recipe.table("a", found.options)
    assert 'objective = """\n@t.csv\na,b,y\n1,2,1\n' in text
    other = folder / "other"
    other.mkdir()
    (other / "s.toml").write_text(text)
    drawn(other)
    assert (other / "a.png").read_bytes() == picture


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('target = "y"', 'target = "z"', "no column is called 'z' in t.csv"),
        ('target = "y"', "", "t.csv is a table: --target says which"),
        ("@data/t.csv", "@t.csv", "no such file"),
        ("minibatch(2)", "minibatch(9)", "the data set has 3 rows"),
        ('target = "y"', 'target = "y"\nl2 = -1', "a finite number from 0 up is wanted"),
        ("@data/t.csv", "d2l", "--target is for a table"),
    ],
)
def test_what_is_wrong_with_a_table_is_a_mistake_of_its_figure(
    folder: Path, old: str, new: str, sentence: str
) -> None:
    (folder / "s.toml").write_text(SPEC.replace(old, new))
    with pytest.raises(WrongBatch, match=r"\[a\]") as caught:
        batch.check(batch.read([str(folder / "s.toml")]))
    assert sentence in str(caught.value)


def test_a_table_that_no_picture_can_carry_is_refused(folder: Path) -> None:
    rows = "\n".join("0.123456789,0.123456789,1" for _ in range(50_000))
    (folder / "data" / "t.csv").write_text(f"a,b,y\n{rows}\n")
    with pytest.raises(WrongBatch, match="more than 900 kB; a figure of a batch carries"):
        batch.check(batch.read([str(folder / "s.toml")]))
