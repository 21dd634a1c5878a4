"""`optviz batch --gallery` as its users meet it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SPEC = """\
# What the course is about.

[a]
size = "200x150"

# The second.
[b]
size = "200x150"
view = "rates"
"""


def optviz(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "optviz", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        env=os.environ | {"XDG_CACHE_HOME": str(folder / "home")},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "course.toml").write_text(SPEC)
    return tmp_path


def test_a_page_is_written_after_the_figures_and_only_where_it_changed(folder: Path) -> None:
    asked = ("batch", "course.toml", "--out-dir", "out", "--gallery", "out/page/index.html")
    done = optviz(*asked, folder=folder)
    assert (done.returncode, done.stderr) == (0, "2 drawn\n")
    assert done.stdout.split() == [
        str(Path("out/a.png")),
        str(Path("out/b.png")),
        "out/page/index.html",
    ]
    page = folder / "out" / "page" / "index.html"
    text, time = page.read_text(encoding="utf-8"), page.stat().st_mtime_ns
    assert "<h1" in text
    assert "What the course is about." in text
    assert "The second." in text
    assert str(folder) not in text
    done = optviz(*asked, folder=folder)
    assert (done.stdout, done.stderr) == ("", "2 unchanged\n")
    assert page.stat().st_mtime_ns == time
    (folder / "out" / "a.png").unlink()
    page.write_text("old")
    done = optviz(*asked, "--only", "b", folder=folder)
    assert done.stdout == "out/page/index.html\n"
    assert page.read_text(encoding="utf-8").count("<article") == 1


def test_a_page_may_go_into_a_pipe_alone(folder: Path) -> None:
    done = optviz("batch", "course.toml", "--gallery", "-", folder=folder)
    assert done.returncode == 0
    assert done.stdout.startswith("<!doctype html>")
    assert done.stdout.endswith("</html>\n")


def test_a_page_of_what_is_not_drawn_is_refused(folder: Path) -> None:
    for more in ("--check", "--dry-run"):
        done = optviz("batch", "course.toml", "--gallery", "new/index.html", more, folder=folder)
        assert done.returncode == 2
        assert f"gallery: {more} has no use for it" in done.stderr
        assert not (folder / "new").exists()


def test_a_figure_that_fails_is_on_the_page_and_status_3(folder: Path) -> None:
    (folder / "course.toml").write_text(SPEC + "[bad]\noutput = 'bad.gif'\nmax_size = 10\n")
    done = optviz("batch", "course.toml", "--gallery", "i.html", folder=folder)
    assert done.returncode == 3
    assert done.stdout.endswith("i.html\n")
    assert (folder / "i.html").read_text(encoding="utf-8").count('class="error') == 1


def test_json_has_a_line_a_figure_and_make_knows_the_page(folder: Path) -> None:
    more = ("--json", "--depfile", "d")
    done = optviz("batch", "course.toml", "--gallery", "i.html", *more, folder=folder)
    assert [json.loads(line)["figure"] for line in done.stdout.splitlines()] == ["a", "b"]
    told = (folder / "d").read_text().replace(" \\\n ", "")
    assert told == "a.png b.png i.html: course.toml\n"


WRONG = [
    (["--gallery", "page.txt"], 2, "gallery: page.txt given, a name that ends in .html is wanted"),
    (["--gallery", ""], 2, "a name that ends in .html is wanted"),
    (["--gallery", "course.toml"], 2, "a name that ends in .html is wanted"),
    (["--gallery", "-", "--json"], 2, "both want standard output"),
    (["--gallery", "d.html", "--depfile", "./d.html"], 2, "are one file"),
    (["--gallery", "folder.html"], 1, "cannot write folder.html: it is a folder"),
]


@pytest.mark.parametrize(("arguments", "status", "said"), WRONG)
def test_a_page_that_cannot_be_is_one_sentence_before_anything_is_drawn(
    arguments: list[str], status: int, said: str, folder: Path
) -> None:
    (folder / "folder.html").mkdir()
    done = optviz("batch", "course.toml", *arguments, folder=folder)
    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (folder / "a.png").exists()


def test_a_page_takes_no_file_of_the_batch(folder: Path) -> None:
    (folder / "q.html").write_text('{"x": {"size": "200x150"}}')
    done = optviz("batch", "course.toml", "q.html", "--gallery", "Q.html", folder=folder)
    assert done.returncode == 2
    assert "but the batch itself has that file" in done.stderr
    assert (folder / "q.html").read_text().startswith("{")
