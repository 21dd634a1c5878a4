"""Outputs stay in their folder, and no two are one file on any file system."""

import os
from pathlib import Path

import pytest

from optviz import batch
from optviz.errors import WorldError

REFUSED = [
    ("../a.png", "without .."),
    ("a/../../b.png", "without .."),
    ("/tmp/a.png", "under the folder"),
    ("~/a.png", "under the folder"),
    ("C:/a.png", "under the folder"),
    ("C:a.png", "under the"),
    ("\\\\host\\a.png", "under the folder"),
    ("a\\b.png", "without any of"),
    ("a\n.png", "control"),
    ("a\0.png", "control"),
    ("-", "name of a file"),
    ("", "name of a file"),
    ("b/", "name of a"),
    ("nul.png", "no device"),
    ("COM1.svg", "no device"),
    ("a /b.png", "end in a letter"),
    ("x" * 251 + ".png", "at most 250 bytes"),
    ("a.jpg", "a known suffix"),
    ("a", "a known suffix"),
    ("frame-%03d.jpeg", "a known suffix"),
]


def faults(folder: Path, *outputs: str, other: str = "z.png") -> list[str]:
    tables = {"a": {"output": list(outputs)}, "b": {"output": other}}
    return [fault.error for fault in batch.read(tables, out_dir=folder).faults]


@pytest.mark.parametrize(("output", "said"), REFUSED)
def test_what_leads_out_or_is_no_name_everywhere_is_refused(
    output: str, said: str, tmp_path: Path
) -> None:
    (only,) = faults(tmp_path, output)
    assert said in only
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.png", "a.png"),
        ("a.png", "./A.PNG"),
        ("é.png", "e\u0301.png"),
        ("É.png", "é.png"),
        ("straße.png", "STRASSE.png"),
        ("x.png", "x.png/y.png"),
        ("x.png/y.png", "X.png"),
    ],
)
def test_names_that_some_file_system_takes_for_one_are_refused(
    one: str, other: str, tmp_path: Path
) -> None:
    (only,) = faults(tmp_path, one, other=other)
    assert "but " in only


def test_links_that_lead_out_are_refused_and_those_within_are_not(tmp_path: Path) -> None:
    home, outside = tmp_path / "home", tmp_path / "outside"
    for folder in (home / "real", outside):
        folder.mkdir(parents=True)
    (home / "out").symlink_to(outside)
    (home / "file.png").symlink_to(outside / "new.png")
    (home / "within").symlink_to(home / "real")
    for output in ("out/a.png", "file.png"):
        (only,) = faults(home, output)
        assert "a link leads out" in only
    assert faults(home, "within/a.png") == []
    (only,) = faults(home, "within/a.png", other="real/A.png")
    assert "has that file" in only


def test_links_that_lead_round_in_a_circle_are_told_by_the_check(tmp_path: Path) -> None:
    (tmp_path / "round.png").symlink_to(tmp_path / "round.png")
    (tmp_path / "one").symlink_to(tmp_path / "other")
    (tmp_path / "other").symlink_to(tmp_path / "one")
    for output in ("round.png", "one/a.png", "other/b/a.png"):
        (only,) = faults(tmp_path, output)
        assert "its links lead round in a circle" in only
    (only,) = faults(tmp_path / "one", "a.png", other="../b.png")[:1]
    assert "its links lead round in a circle" in only


def test_a_spec_behind_links_in_a_circle_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "round.toml"
    path.symlink_to(path)
    with pytest.raises(WorldError, match=r"cannot read .*links"):
        batch.read([str(path)])
    (tmp_path / "a.toml").write_text("include = ['round.toml']")
    (fault,) = batch.read([str(tmp_path / "a.toml")]).faults
    assert "cannot read" in fault.error


def test_a_link_made_after_the_check_is_refused_too(tmp_path: Path) -> None:
    plan = batch.read({"a": {"output": "sub/a.png"}}, out_dir=tmp_path / "home")
    (tmp_path / "home").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "home" / "sub").symlink_to(tmp_path / "out")
    (report,) = batch.run(plan)
    assert (report.status, "a link leads out" in report.error) == ("failed", True)
    assert not list((tmp_path / "out").iterdir())


def test_the_batch_does_not_write_over_what_it_reads(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"name": "a", "output": "a.jsonl"}')
    (fault,) = batch.read([str(path)]).faults
    assert "the batch itself has that file" in fault.error


def test_a_name_with_a_stroke_is_a_folder_and_a_file(tmp_path: Path) -> None:
    reports = batch.run(batch.read({"d2l/a": {"size": "200x150"}}, out_dir=tmp_path))
    assert reports[0].paths == [f"{tmp_path}{os.sep}d2l/a.png"]
    assert (tmp_path / "d2l" / "a.png").exists()
