"""A log of gradients in a spec file: a data file of the figure."""

from pathlib import Path

import pytest

from optviz import batch

SPEC = '[a]\nview = "rates"\nopt = "adam,adagrad"\ngradient = "log(g.csv)"\n'


def items(folder: Path, content: str) -> batch.Plan:
    (folder / "g.csv").write_text(content, encoding="utf-8")
    (folder / "s.toml").write_text(SPEC, encoding="utf-8")
    return batch.read([str(folder / "s.toml")])


def test_its_content_is_in_the_words_and_its_path_among_the_data(tmp_path: Path) -> None:
    (item,) = items(tmp_path, "w,b\n1,2\n").items
    assert item.data == (str(tmp_path / "g.csv"),)
    assert "[1.0, 2.0]" in item.figure.options()["gradient"]
    assert str(tmp_path) not in item.figure.options()["gradient"]
    (other,) = items(tmp_path, "w,b\n1,3\n").items
    assert other.figure != item.figure


def test_the_figure_is_that_of_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from optviz import cli

    plan = items(tmp_path, "w,b\n1,2\n0.5,1\n")
    assert not plan.faults
    monkeypatch.chdir(tmp_path)
    scene = plan.items[0].figure.draw().scene
    assert scene.subtitle.startswith("η = 0.4 on the gradients of g.csv")
    assert cli.main(["batch", "s.toml", "--no-cache", "-q"]) == 0
    assert (tmp_path / "a.png").exists()


def test_a_mistake_in_it_is_a_fault_of_the_spec(tmp_path: Path) -> None:
    (fault,) = items(tmp_path, "w,b\n1,oops\n").faults
    assert "line 2" in str(fault) and "gradient" in str(fault)
