"""Wrong documents: every mistake at its line, exit status 2, nothing written."""

import os
from pathlib import Path
from typing import Any

import pytest

from optviz import batch, cli
from optviz.batch import _task

SMALL = "-n 3 --size 300x200"


def block(content: str, words: str = "", below: str = "") -> str:
    return f"```optviz {words}\n{content}\n```\n{below}"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    Path("foreign.png").write_bytes(b"\x89PNG of somebody else")
    Path("rule.py").write_text("open('ran', 'w')\nclass Mine: pass\n")
    return tmp_path


def files() -> dict[str, bytes]:
    found = (p for p in Path().rglob("*") if p.is_file() and "cache" not in p.parts)
    return {str(path): path.read_bytes() for path in found}


WRONG = [
    ("```optviz\ntrace\n", "line 1: the block has no end; ``` is wanted below it"),
    ("<!-- optviz\ntrace\n", "line 1: the hidden block has no end"),
    ("<!-- optviz trace -->\n", "line 1: a hidden block has <!-- optviz and --> on lines of"),
    (block("trace", "pari"), "line 1: no word of a block is called 'pari'; did you mean pair?"),
    (block("trace", "width=wide"), "line 1: width: wide given, pixels, as in width=640, are"),
    (block("trace", "width=0"), "line 1: width: 0 given"),
    (block("trace", "pair pair"), "line 1: pair: given twice"),
    (block("trace", "pair=yes"), "line 1: pair: yes given, but it has no value"),
    (block("trace", "hide"), "line 1: hide: a hidden block of a file is a comment"),
    (block("trace", "markdown"), "line 1: markdown: of a command that prints"),
    (block("list", "values"), "line 1: values: of a picture"),
    (block("list", "width=9"), "line 1: width: of a picture"),
    (block("steps = 3", "defaults pair"), "line 1: defaults: a block of defaults has no result"),
    (block("steps = 3", "defaults") + block("trace --stepz 1"), "line 4: no option of trace"),
    ("<!-- optviz hide\ntrace\n-->\n", "line 1: hide: a comment is hidden as it is"),
    (block('output = "a.png"', "defaults"), "line 1: output: each block has its own"),
    (block("stepz = 3", "defaults"), "line 1: [defaults] stepz = 3: no word is called"),
    (
        block('over = "eta=[1]"', "defaults") + block("trace"),
        'line 1: [defaults] over = "eta=[1]": an option of sweep',
    ),
    ("> ```optviz\n> trace\n> ```\n", "line 1: a block in a quotation, behind >, keeps no picture"),
    ("> [!NOTE]\n>> ~~~~ {.optviz}\n>> trace\n", "line 2: a block in a quotation"),
    (block(""), "line 1: the block is empty"),
    (block("# a comment"), "line 1: the block is empty"),
    (block("trace\nloss"), "line 1: a block has one command"),
    (block("trace\neta = 0.3"), "line 1: a block is a command line or a table, not both"),
    (block('opt = "gd"\nloss gd'), "line 3: = stands between a word and its value"),
    (block("run | plot loss"), "line 1: |: a block has one command, which no shell reads"),
    (block("trace -o a.png && ls"), "line 1: &&: a block has one command"),
    (block('trace --title "a'), "line 1: no closing quotation"),
    (block("batch a.toml"), "line 1: batch: a command for a terminal"),
    (block("book a.md"), "line 1: book: a command for a terminal"),
    (block("new a.toml"), "line 1: new: a command for a terminal"),
    (block("doctor"), "line 1: doctor: a command for a terminal"),
    (block("plot"), "line 1: plot: of files a block draws logs of training alone, with edge, loss"),
    (block("plot trace a.jsonl"), "line 1: plot trace: of files a block draws logs of training"),
    (block("plot edge"), "line 1: plot: a block has no standard input; write plot edge and a file"),
    (block("plot edge -"), "line 1: plot: a block has no standard input; write plot edge and a fi"),
    (block("plot edge a.jsonl --watch"), "line 1: watch: of a terminal; optviz book --watch"),
    (block("plot edge a.jsonl -q"), "line 1: quiet: of a command of its own"),
    (block("plot edge no.jsonl"), "line 1: log = [\"no.jsonl\"]: cannot read no.jsonl"),
    (block("adam"), "line 1: adam: an optimizer; a command is wanted first"),
    (block("trase"), "line 1: no command is called 'trase'; did you mean trace?"),
    (block("trace --steps x"), "line 1: steps: 'x' given, a whole number is wanted"),
    (block("trace --eta x"), 'line 1: eta = "x": a rate is a number'),
    (block("trace --json"), "line 1: json: of a command of its own"),
    (block("trace --show"), "line 1: show: of a command of its own"),
    (block("trace -j 2"), "line 1: jobs: of a command of its own"),
    (block("trace --format svg"), "line 1: format: of a command of its own"),
    (block("sweep --over eta=[0.1,0.2]", "values"), "final values, a row a run: a sweep has none"),
    (block("trace --theme dark", "pair"), "line 1: theme: pair draws a light and a dark picture"),
    (block("trace -o a.csv"), "line 1: output: a.csv given, a picture for the document is wanted"),
    (block("trace -o ../a.png"), 'line 1: output = "../a.png": a path without .. is wanted'),
    (block("trace -o /a.png"), 'line 1: output = "/a.png": a path under the folder'),
    (block("trace", below="![](../a.png)"), 'line 1: output = "../a.png": a path without ..'),
    (block("trace -o a.md -o a.png"), 'line 1: output = "a.md": but the document has that file'),
    (
        block("trace -o a.png") + block("loss -o a.png"),
        'line 4: output = "a.png": but line 1 of a.md has that file',
    ),
    (block("trace", below="![](https://a.org/a.png)"), "line 1: the image below is at https://"),
    (block("trace", below="![](foreign.png)"), "line 1: the image below, foreign.png, was not"),
    (block("trace -o b.png", below="![](foreign.png)"), "line 1: the image below, foreign.png,"),
    (block("list", below="![](foreign.png)"), "line 1: the image below, foreign.png, was not"),
    (block("trace --opt ./rule.py:Mine"), "code from outside runs only with --allow-code"),
    (block("run --opt ./rule.py:Mine"), "code from outside runs only with --allow-code"),
    (block("explain ./rule.py:Mine"), "code from outside runs only with --allow-code"),
    (block("recipe a.png --verify --allow-code"), "code from outside runs only"),
    (block('opt = ["gd"'), "line 2: a bracket is not closed"),
    (block('optt = "gd"'), "line 1: optt = \"gd\": no option of trace"),
    (block('[a]\nopt = "gd"'), "line 1: [a]: a block is one figure"),
    (block("matrix = {eta = [1, 2]}"), "line 1: matrix: a block has one figure"),
    (block('include = "a"'), "line 1: include: a block includes no files"),
    (block('figure = "nosuch"'), "line 1: figure = \"nosuch\": no figure is called"),
    (block("explain nosuch"), "line 1: no optimizer or schedule is called 'nosuch'"),
    (block("run -o a.csv"), "line 1: --output: a block shows what run prints"),
    (block("recipe a.png --redraw"), "line 1: --redraw: a block shows what recipe prints"),
    (block("run -n 40000"), "line 1: run: it prints more than 1 MB; ask for less"),
    (block("run --format npz"), "line 1: run: what it prints is no text"),
    (block("inspect -f @no.csv -o a.png"), "cannot read no.csv: there is no such file"),
    (block("list") + "\nProse.\n\n<!-- /optviz -->\n", "line 7, <!-- /optviz -->, closes what"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_a_mistake_is_told_at_its_line_and_nothing_is_written(
    text: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.md").write_text(text)
    before = files()
    assert cli.main(["book", "a.md"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("optviz: a mistake, nothing is drawn\n  a.md, line ")
    assert message in err
    assert files() == before


def test_all_mistakes_of_all_documents_are_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text(block("trace --etta 3") + block('opt = ["gd"') + block("explain no"))
    Path("b.md").write_text("\n\n" + block(f"trace {SMALL}", "pari"))
    assert cli.main(["book", "a.md", "b.md"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "optviz: 4 mistakes, nothing is drawn"
    assert [line.partition(":")[0].strip() for line in lines[1:]] == [
        "a.md, line 1", "a.md, line 5", "a.md, line 7", "b.md, line 3",
    ]  # fmt: skip
    assert not list(Path().glob("*trace*"))


@pytest.mark.parametrize(
    ("name", "message", "status"),
    [
        ("missing.md", "cannot read missing.md: there is no such file", 1),
        ("folder.md", "cannot read folder.md: it is a folder", 1),
        ("foreign.png", "foreign.png, line 1: byte 0x89 is not UTF-8", 2),
        ("utf16.md", "utf16.md: a document is in UTF-8", 2),
    ],
)
def test_what_is_no_document_is_refused(
    name: str, message: str, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("folder.md").mkdir()
    Path("utf16.md").write_bytes("a lesson".encode("utf-16"))
    Path("good.md").write_text(block(f"trace {SMALL}"))
    assert cli.main(["book", "good.md", name]) == status
    assert message in capsys.readouterr().err
    assert Path("good.md").read_text() == block(f"trace {SMALL}")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anything")
def test_a_document_that_cannot_be_written_is_refused_before_anything_is_drawn() -> None:
    Path("a.md").write_text(block(f"trace {SMALL}"))
    Path("a.md").chmod(0o444)
    assert cli.main(["book", "a.md"]) == 1
    assert not list(Path().glob("a-*"))


def test_a_document_behind_a_link_is_written_and_the_link_stays() -> None:
    Path("real.md").write_text(block(f"trace {SMALL}"))
    Path("link.md").symlink_to("real.md")
    assert cli.main(["book", "link.md"]) == 0
    assert Path("link.md").is_symlink()
    assert "](link-trace.png)" in Path("real.md").read_text(encoding="utf-8")


def test_a_document_named_twice_is_drawn_once(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text(block(f"trace {SMALL}"))
    assert cli.main(["book", "a.md", "./a.md"]) == 0
    assert capsys.readouterr().out.splitlines() == ["a-trace.png", "a.md"]


def test_code_from_outside_has_not_run() -> None:
    Path("a.md").write_text(block("run --opt ./rule.py:Mine") + block("explain ./rule.py:Mine"))
    assert cli.main(["book", "a.md"]) == 2
    assert not Path("ran").exists()


def test_a_figure_that_fails_leaves_its_document_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = _task.draw

    def failing(task: Any) -> Any:
        if task["figure"].name == "loss":
            return {"data": {}, "remarks": {}, "runs": [], "alt": "", "error": "no luck"}
        return real(task)

    monkeypatch.setattr(batch._run, "draw", failing)  # type: ignore[attr-defined]
    Path("a.md").write_text(block(f"trace {SMALL}") + block(f"loss {SMALL}"))
    Path("b.md").write_text(block(f"trace {SMALL}"))
    before = Path("a.md").read_text()
    assert cli.main(["book", "a.md", "b.md", "-j", "1"]) == 3
    out, err = capsys.readouterr()
    assert out.splitlines() == ["a-trace.png", "b-trace.png", "b.md"]
    assert err.splitlines() == ["optviz: a.md, line 4: no luck", "2 drawn, 1 failed"]
    assert Path("a.md").read_text() == before


def test_what_its_author_wrote_meanwhile_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = _task.draw

    def drawing(task: Any) -> Any:
        Path("a.md").write_text("something new")
        return real(task)

    monkeypatch.setattr(batch._run, "draw", drawing)  # type: ignore[attr-defined]
    Path("a.md").write_text(block(f"trace {SMALL}"))
    assert cli.main(["book", "a.md", "-j", "1"]) == 3
    assert "a.md was changed meanwhile" in capsys.readouterr().err
    assert Path("a.md").read_text() == "something new"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("book a.md --cache a --no-cache", "opposites"),
        ("book a.md --check --dry-run", "--check has no use for it"),
        ("book - --json", "both want standard output"),
        ("book a.md --only nosuch", "no figure's name is like 'nosuch'"),
        ("book a.md --jobs 0", "1 or more is wanted"),
        ("book", "FILE.md"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    line: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.md").write_text(block(f"trace {SMALL}"))
    assert cli.main(line.split()) == 2
    assert message in capsys.readouterr().err
