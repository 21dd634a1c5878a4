"""A theme file in a batch: found beside the spec, carried by the figure, part of its cache key."""

from pathlib import Path

import pytest

from optviz import batch, recipe
from optviz.batch import WrongBatch

SPEC = '[a]\ntheme = "own.toml"\nsize = "300x200"\n[b]\ntheme = "dark"\nsize = "300x200"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / "own.toml").write_text('paper = "#ffeecc"\n')
    (tmp_path / "spec" / "s.toml").write_text(SPEC)
    return tmp_path


def drawn(folder: Path, jobs: int = 1) -> list[str]:
    plan = batch.read([str(folder / "spec" / "s.toml")])
    return [report.status for report in batch.run(plan, jobs=jobs, cache=folder / "kept")]


def test_a_theme_is_found_beside_its_spec_and_named_as_what_the_figure_depends_on(
    folder: Path,
) -> None:
    item, _ = batch.read([str(folder / "spec" / "s.toml")]).items
    assert item.data == (str(folder / "spec" / "own.toml"),)
    assert item.figure.look.theme == 'own.toml\npaper = "#ffeecc"\n'


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_changed_theme_is_drawn_again_and_no_other_figure(jobs: int, folder: Path) -> None:
    assert drawn(folder, jobs) == ["drawn", "drawn"]
    assert drawn(folder, jobs) == ["unchanged", "unchanged"]
    before = (folder / "spec" / "a.png").read_bytes()
    (folder / "spec" / "own.toml").write_text('paper = "#ccffee"\n')
    assert drawn(folder, jobs) == ["drawn", "unchanged"]
    assert (folder / "spec" / "a.png").read_bytes() != before


def test_the_picture_is_drawn_again_without_the_file(folder: Path) -> None:
    drawn(folder)
    (folder / "spec" / "own.toml").unlink()
    data = (folder / "spec" / "a.png").read_bytes()
    found = recipe.read("a.png", data)
    assert found is not None
    assert str(recipe.verify(found, data)) == "a.png: same"


def test_what_is_wrong_with_a_theme_is_told_with_everything_else(folder: Path) -> None:
    (folder / "spec" / "own.toml").write_text('paper = "blue"\n')
    with (folder / "spec" / "s.toml").open("a") as stream:
        stream.write('steps = "many"\n')
    with pytest.raises(WrongBatch) as caught:
        batch.run(batch.read([str(folder / "spec" / "s.toml")]))
    first, second = map(str, caught.value.faults)
    assert '[a] theme = "own.toml": ' in first
    assert first.endswith(
        "own.toml, line 1: paper: 'blue' given, a colour such as #1f3a93 is wanted"
    )
    assert "[b] steps" in second
