"""A file that is read is never written over, and frames go where nothing else is."""

import json
import os
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import pytest

from optviz import batch, cli
from optviz.render.formats import frames

TABLE = "u,v,y\n1,2,3\n2,1,5\n4,4,1\n3,7,2\n"
RUN = {"optviz": 1, "optimizer": "gd", "x": [[1.0, 2.0], [0.5, 1.0]], "f": [3.0, 1.0]}
LOG = "g1,g2\n1,2\n0.5,1\n"
RULE = "from optviz.optimizers.gd import GD\n\n\nclass Mine(GD):\n    pass\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    with chdir(tmp_path):
        Path("d.csv").write_text(TABLE)
        Path("a.jsonl").write_text(json.dumps(RUN) + "\n")
        Path("log.csv").write_text(LOG)
        Path("q.json").write_text('{"Q": [[2, 0], [0, 1]]}')
        Path("mine.py").write_text(RULE)
        Path("t.json").write_text('{"one": {"output": "one.csv", "size": "300x200"}}')
        Path("a.png").touch()
        yield tmp_path


FIT = "-f @d.csv --target y -n 2"
OVER = [  # a command without its output, and the file that it reads
    (f"run {FIT}", "d.csv"),
    (f"trace {FIT} -o a.png", "d.csv"),
    (f"rates {FIT}", "d.csv"),
    (f"loss {FIT}", "d.csv"),
    (f"compare {FIT}", "d.csv"),
    (f"inspect {FIT} --format png", "d.csv"),
    (f"sweep {FIT} --over eta=[0.1,0.2]", "d.csv"),
    (f"trace --anatomy 1 {FIT}", "d.csv"),
    (f"explain gd adam --diff {FIT}", "d.csv"),
    ("trace -f @q.json --format png", "q.json"),
    ("plot trace a.jsonl", "a.jsonl"),
    ("plot trace a.jsonl -f @q.json --format png", "q.json"),
    ("plot trace a.jsonl -o a.png", "a.jsonl"),
    ("rates --gradient log(log.csv)", "log.csv"),
    ("run --gradient log(log.csv)", "log.csv"),
    ("run --gradient log('log.csv')", "log.csv"),
    ("trace --opt ./mine.py:Mine --format png", "mine.py"),
]


WAYS = [(*one, "itself") for one in OVER]
WAYS += [(*OVER[0], way) for way in ("link", "hard link", "other name")]


@pytest.mark.parametrize(("command", "name", "way"), WAYS)
def test_an_output_that_is_an_input_is_refused(
    command: str, name: str, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before, other = Path(name).read_bytes(), Path(f"other{Path(name).suffix}")
    if way == "link":
        other.symlink_to(name)
    if way == "hard link":
        os.link(name, other)
    target = {"itself": name, "other name": f"../{Path.cwd().name}/{name}"}.get(way, str(other))
    assert cli.main([*command.split(), "-o", target]) == 2
    assert "is read" in capsys.readouterr().err
    assert Path(name).read_bytes() == before


def test_standard_input_is_an_input_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("plot trace -o a.jsonl", "plot trace - -o a.jsonl"):
        with Path("a.jsonl").open() as stream, monkeypatch.context() as patch:
            patch.setattr("sys.stdin", stream)
            assert cli.main(command.split()) == 2
        assert "it is standard input, which is read" in capsys.readouterr().err
    assert json.loads(Path("a.jsonl").read_text()) == RUN


def test_what_is_not_read_is_written() -> None:
    for command in (f"run {FIT} -o e.csv", "plot trace a.jsonl -o b.jsonl", "trace -o d.csv"):
        assert cli.main(command.split()) == 0
    with Path("/dev/null").open() as stream, pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", stream)  # a device is read and written
        assert cli.main(["trace", "-o", "/dev/null", "--format", "png"]) == 0


def test_a_recipe_is_not_written_over_its_picture(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["trace", "-o", "p.png", "--size", "300x200", "-q"]) == 0
    before = Path("p.png").read_bytes()
    Path("p.toml").symlink_to("p.png")
    assert cli.main(["recipe", "p.png", "-o", "p.toml"]) == 2
    assert "p.png, which is read" in capsys.readouterr().err
    assert Path("p.png").read_bytes() == before


PAGES = [
    "--depfile t.json",
    "--depfile d",
    "--depfile one.csv",
    "--depfile l.csv",
    "--depfile ./x/../d.csv",
    "--gallery g.html",
]


@pytest.mark.parametrize("option", PAGES)
def test_a_page_and_a_depfile_are_no_file_of_the_batch(
    option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    os.link("t.json", "d")
    os.link("t.json", "g.html")
    os.link("d.csv", "l.csv")
    Path("x").mkdir()
    Path("t.json").write_text(
        json.dumps({"one": {"output": "one.csv"}, "two": {"objective": "@d.csv", "target": "y"}})
    )
    text = Path("t.json").read_text()
    assert cli.main(["batch", "t.json", *option.split()]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert (Path("t.json").read_text(), Path("d.csv").read_text()) == (text, TABLE)
    assert not Path("one.csv").exists()


def test_a_figure_of_a_batch_does_not_write_over_what_another_reads() -> None:
    os.link("d.csv", "hard.csv")
    Path("link.csv").symlink_to("log.csv")
    tables = {
        "fit": {"objective": "@d.csv", "target": "y"},
        "log": {"view": "rates", "gradient": "log(log.csv)"},
        "a": {"output": "d.csv"},
        "b": {"output": "hard.csv"},
        "c": {"output": "link.csv"},
        "d": {"output": "free.csv"},
    }
    plan = batch.read(tables)
    assert [fault.figure for fault in plan.faults] == ["a", "b", "c"]


FILM = "trace --size 200x150 -q -n 6 --fps 20 --duration"


def film(path: str, seconds: float) -> int:
    return cli.main([*FILM.split(), str(seconds), "-o", path])


@pytest.mark.parametrize("path", ["/", "//", "./", "../", "full/", "home/", "link/"])
def test_frames_go_into_a_folder_of_their_own(
    path: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    Path("full").mkdir()
    Path("full/thesis.tex").touch()
    Path("home").mkdir()
    Path("link").symlink_to("full")
    monkeypatch.setattr(frames, "film", None)  # nothing gets so far
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert film(path, 0.1) == 2
    said = capsys.readouterr().err
    assert "is wanted" in said
    assert len(said.splitlines()) == 1
    assert not list(Path().glob("**/*0.png"))


def test_an_empty_folder_a_new_one_and_that_of_older_frames_are_theirs() -> None:
    Path("old").mkdir()
    Path("old/.gitkeep").touch()
    for path in ("old/", "new/deep/", "old/"):
        assert film(path, 0.1) == 0
    assert film("./still-%02d.png", 0.1) == 0  # by a pattern they may go anywhere
    assert Path("still-00.png").exists()
    assert Path("old/.gitkeep").exists()


@pytest.mark.parametrize("path", ["f/", "f/%03d.png", "f/shot %d of me.png", "f/%5d.png"])
def test_a_shorter_film_leaves_no_frame_of_a_longer_one(path: str) -> None:
    assert film(path.replace("f/", "g/"), 0.1) == 0
    assert film(path, 0.3) == 0
    longer = len(list(Path("f").iterdir()))
    assert film(path, 0.1) == 0
    names = [{p.name for p in Path(folder).iterdir()} for folder in ("f", "g")]
    assert names[0] == names[1]
    assert len(names[0]) < longer


def test_a_picture_that_is_not_ours_stays_and_is_told_of(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("f").mkdir()
    kept = ["IMG_0900.png", "IMG_0901.png", "IMG_900.png", "IMG_0900.png.bak", "img_0009.png"]
    for name in kept:
        Path("f", name).write_bytes(b"\x89PNG\r\n\x1a\n a holiday")
    words = FILM.replace(" -q", "").split()
    assert cli.main([*words, "0.1", "-o", "f/IMG_%04d.png"]) == 0
    said = capsys.readouterr().err.splitlines()[0]
    assert said == "f/IMG_%04d.png: IMG_0900.png and 1 more stay, which optviz did not write"
    assert set(kept) < {path.name for path in Path("f").iterdir()}
