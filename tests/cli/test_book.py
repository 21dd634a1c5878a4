import json
import re
from pathlib import Path

import pytest
import trainings

from optviz import cli

LESSON = """\
# A lesson

```optviz
trace --opt adagrad --eta 0.4 -n 5 --size 300x200 -o path.png
```

Text.

<!-- optviz pair width=320
figure = "rates"
opt = ["adagrad:eta=2", "adam"]
size = "300x200"
-->

- an item

  ```optviz values
  $ optviz loss gd:eta=0.1 \\
    -n 10 --size 300x200
  ```

```optviz
explain gd
```
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    Path("lesson.md").write_text(LESSON, encoding="utf-8")
    return tmp_path


def states() -> dict[str, tuple[int, bytes]]:
    files = (p for p in Path().rglob("*") if p.is_file() and "cache" not in p.parts)
    return {str(p): (p.stat().st_mtime_ns, p.read_bytes()) for p in files}


def text() -> str:
    return Path("lesson.md").read_text(encoding="utf-8")


def test_blocks_get_their_results(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["book", "lesson.md"]) == 0
    out, err = capsys.readouterr()
    pictures = ["path.png", "lesson-rates.png", "lesson-rates-dark.png", "lesson-loss.png"]
    assert out.splitlines() == [*pictures, "lesson.md"]
    assert err == "4 drawn\n"
    assert all(Path(name).read_bytes().startswith(b"\x89PNG") for name in pictures)
    lines = text().splitlines()
    assert lines[5].startswith("![AdaGrad, η = 0.4, on f(x)")
    assert lines[5].endswith("](path.png)")
    (pair,) = [line for line in lines if line.startswith("<picture>")]
    assert 'srcset="lesson-rates-dark.png"><img src="lesson-rates.png"' in pair
    assert pair.endswith(' width="320"></picture>')
    assert "  | Gradient descent | η = 0.1  |    10 |" in text()
    assert "\n```text\nGradient descent  (gd, sgd)\n" in text()
    assert text().endswith("\n```\n\n<!-- /optviz -->\n")


def test_a_second_run_changes_no_byte_and_draws_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["book", "lesson.md"]) == 0
    before = states()
    capsys.readouterr()
    assert cli.main(["book", "lesson.md"]) == 0
    assert capsys.readouterr() == ("", "4 unchanged\n")
    assert cli.main(["book", "lesson.md", "--check"]) == 0
    assert capsys.readouterr() == ("", "4 unchanged\n")
    assert states() == before


def test_another_rate_changes_one_picture_and_one_line() -> None:
    assert cli.main(["book", "lesson.md"]) == 0
    Path("lesson.md").write_text(text().replace("--eta 0.4", "--eta 0.5"), encoding="utf-8")
    before, lines = states(), text().splitlines()
    assert cli.main(["book", "lesson.md"]) == 0
    after = states()
    assert {name for name in after if after[name] != before[name]} == {"path.png", "lesson.md"}
    changed = [(a, b) for a, b in zip(lines, text().splitlines(), strict=True) if a != b]
    assert len(changed) == 1
    assert "η = 0.5" in changed[0][1]


def test_check_shows_what_is_not_as_it_would_be_and_writes_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["book", "lesson.md"]) == 0
    edited = text().replace("![AdaGrad", "![My").replace("−4.085", "−4.086")
    edited = edited.replace("Gradient descent  (gd, sgd)", "GD")
    Path("lesson.md").write_text(edited, encoding="utf-8")
    Path("path.png").unlink()
    Path("lesson-loss.png").write_bytes(Path("lesson-rates.png").read_bytes())
    before = states()
    capsys.readouterr()
    for cache in ("--no-cache", "-q"):
        assert cli.main(["book", "lesson.md", "--check", cache]) == 3
        out = capsys.readouterr().out.splitlines()
        assert out[0] == "path.png: missing"
        assert re.fullmatch(r"lesson-loss.png: differs: \d+ pixels within .*", out[1])
        assert [line[:9] for line in out if line.startswith(("-", "+"))] == [
            "--- lesso", "+++ lesso", "-![My, η ", "+![AdaGra",
            "-  | Grad", "+  | Grad", "-GD", "+Gradient",
        ]  # fmt: skip
        assert states() == before


def test_standard_input_is_printed_with_its_results(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path("lesson.md").open(encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert cli.main(["book", "-", "--out-dir", "pictures"]) == 0
    out = capsys.readouterr().out
    assert "](pictures/path.png)\n" in out
    assert 'src="pictures/document-rates.png"' in out
    assert Path("pictures/document-loss.png").exists()
    assert text() == LESSON


def test_json_has_a_line_for_each_figure_and_each_document(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["book", "lesson.md", "--json"]) == 0
    *figures, document = map(json.loads, capsys.readouterr().out.splitlines())
    assert [one["line"] for one in figures] == [3, 9, 9, 17]
    assert document == {"optviz": 1, "document": "lesson.md", "status": "written"}


@pytest.mark.parametrize("cache", ["--no-cache", "--cache=cache/optviz/batch"])
def test_a_check_passes_over_how_pixels_are_packed_but_not_over_what_they_are_of(
    cache: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["book", "lesson.md"]) == 0
    path = Path("path.png")
    data = path.read_bytes()
    path.write_bytes(data + b"\0" * 20)
    assert cli.main(["book", "lesson.md", "--check", cache]) == 0
    same = ["trace", "adagrad:eta=0.4", "-n", "5", "--size", "300x200", "-q", "-o", "path.png"]
    assert cli.main(same) == 0
    capsys.readouterr()
    assert cli.main(["book", "lesson.md", "--check", cache]) == 3
    assert capsys.readouterr().out == "path.png: differs: its recipe\n"


def test_an_option_of_the_environment_is_for_figures_that_say_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPTVIZ_STEPS", "7")
    monkeypatch.setenv("OPTVIZ_OUTPUT", "elsewhere.png")
    Path("lesson.md").write_text(
        "```optviz\ntrace --size 300x200\n```\n\n```optviz\ntrace -n 3 --size 300x200\n```\n"
    )
    assert cli.main(["book", "lesson.md"]) == 0
    assert "after 7 steps.](lesson-trace.png)" in text()
    assert "after 3 steps.](lesson-trace-2.png)" in text()


def test_a_picture_that_is_named_anew_is_drawn_under_its_new_name() -> None:
    assert cli.main(["book", "lesson.md"]) == 0
    Path("lesson.md").write_text(text().replace("-o path.png", "-o other.png"), encoding="utf-8")
    assert cli.main(["book", "lesson.md"]) == 0
    assert "](other.png)" in text()
    assert "](path.png)" not in text()
    assert Path("other.png").read_bytes() == Path("path.png").read_bytes()


def test_a_block_that_prints_instead_of_drawing_has_its_text_in_the_place_of_its_picture() -> None:
    drawn = "```optviz\ntrace -n 3 --size 300x200\n```\n\nText.\n"
    Path("lesson.md").write_text(drawn)
    assert cli.main(["book", "lesson.md"]) == 0
    first = text()
    Path("lesson.md").write_text(
        first.replace("trace -n 3 --size 300x200", "list formats"), encoding="utf-8"
    )
    assert cli.main(["book", "lesson.md"]) == 0
    assert "![" not in text()
    assert "<!-- /optviz -->\n\nText.\n" in text()
    Path("lesson.md").write_text(
        text().replace("list formats", "trace -n 3 --size 300x200"), encoding="utf-8"
    )
    assert cli.main(["book", "lesson.md"]) == 0
    assert text() == first


def test_only_some_figures_are_drawn_and_other_results_stay(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["book", "lesson.md", "--only", "*rates*"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "lesson-rates.png", "lesson-rates-dark.png", "lesson.md",
    ]  # fmt: skip
    assert "![" not in text()
    assert "```text" not in text()


def test_a_dry_run_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    before = states()
    assert cli.main(["book", "lesson.md", "--dry-run"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out == ["path.png", "lesson-rates.png", "lesson-rates-dark.png", "lesson-loss.png"]
    assert states() == before


def test_data_files_are_beside_the_document_and_several_outputs_are_made() -> None:
    Path("docs").mkdir()
    Path("docs/data.csv").write_text("a,y\n1,2\n2,3\n3,5\n")
    Path("docs/a.md").write_text(
        "```optviz\nloss -f @data.csv --target y gd -n 3 -o a.csv -o img/a.svg -o img/b.png\n```\n"
    )
    assert cli.main(["book", "docs/a.md"]) == 0
    assert Path("docs/a.md").read_text(encoding="utf-8").endswith("](img/a.svg)\n")
    assert {path.name for path in Path("docs").rglob("*.*")} == {
        "a.md", "data.csv", "a.csv", "a.svg", "b.png",
    }  # fmt: skip


def test_documents_share_a_run_and_its_names(capsys: pytest.CaptureFixture[str]) -> None:
    one = "```optviz\ntrace -n 3 --size 300x200\n```\n"
    for folder in ("a", "b"):
        Path(folder).mkdir()
        Path(folder, "lesson.md").write_text(one)
    assert cli.main(["book", "a/lesson.md", "b/lesson.md", "--out-dir", "pictures"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out == [
        "pictures/lesson-trace.png", "a/lesson.md",
        "pictures/lesson-trace-2.png", "b/lesson.md",
    ]  # fmt: skip
    assert "](../pictures/lesson-trace-2.png)" in Path("b/lesson.md").read_text(encoding="utf-8")
    assert cli.main(["book", "a/lesson.md", "b/lesson.md", "--out-dir", "pictures"]) == 0
    assert capsys.readouterr().out == ""


def test_the_specimen_is_a_document_that_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["new", "first.md"]) == 0
    assert cli.main(["book", "first.md", "-q"]) == 0
    assert "`optviz book first.md`" in Path("first.md").read_text(encoding="utf-8")
    assert cli.main(["book", "first.md", "--check"]) == 0


def test_a_caption_is_the_title_of_the_image() -> None:
    table = 'figure = "trace"\nsteps = 3\nsize = "300x200"\ncaption = "A \\"short\\" path"'
    Path("lesson.md").write_text(f"```optviz\n{table}\n```\n")
    assert cli.main(["book", "lesson.md"]) == 0
    assert text().endswith('](lesson-trace.png "A \\"short\\" path")\n')
    assert cli.main(["book", "lesson.md", "--check"]) == 0


def test_windows_line_ends_stay(capsys: pytest.CaptureFixture[str]) -> None:
    plain = "```optviz\ntrace -n 3 --size 300x200\n```\nText, and no last newline"
    Path("lesson.md").write_bytes(plain.replace("\n", "\r\n").encode())
    assert cli.main(["book", "lesson.md"]) == 0
    data = Path("lesson.md").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") == 5
    assert data.endswith(b"](lesson-trace.png)\r\n\r\nText, and no last newline")
    capsys.readouterr()
    assert cli.main(["book", "lesson.md"]) == 0
    assert capsys.readouterr().out == ""


def test_a_text_about_a_picture_of_the_document_comes_after_it() -> None:
    recipe = "```optviz\nrecipe a.png\n```\n"
    Path("docs").mkdir()
    Path("docs/a.md").write_text(
        f"{recipe}\n```optviz\ntrace -n 3 --size 300x200 -o a.png\n```\n", encoding="utf-8"
    )
    assert cli.main(["book", "docs/a.md"]) == 0
    assert '[a]\nfigure = "trace"\nsteps = 3\n' in Path("docs/a.md").read_text(encoding="utf-8")
    assert cli.main(["book", "docs/a.md", "--check"]) == 0


def test_defaults_are_for_the_blocks_of_their_document_that_follow() -> None:
    small = 'size = "300x200"\nsteps = 3'
    Path("lesson.md").write_text(
        f"```optviz\ntrace -n 4 --size 300x200\n```\n\n<!-- optviz defaults\n{small}\n-->\n\n"
        '```optviz\ntrace\n```\n\n```optviz\nfigure = "trace"\nopt = "gd"\n```\n'
    )
    assert cli.main(["book", "lesson.md"]) == 0
    alts = [line for line in text().splitlines() if line.startswith("![")]
    assert [alt.partition(" after ")[2].partition(".")[0] for alt in alts] == [
        "4 steps", "3 steps", "3 steps",
    ]  # fmt: skip


def test_a_line_of_plot_draws_logs_as_the_figure_itself_does(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("docs").mkdir()
    trainings.write_examples(Path("docs"))
    blocks = ("plot edge run.jsonl other.jsonl", "edge run.jsonl other.jsonl -o same.png")
    more = ("plot --size 300x200 loss run.jsonl", "$ optviz plot ratio run.jsonl --format csv")
    document = Path("docs/a.md")
    document.write_text("".join(f"```optviz\n{line}\n```\n\n" for line in (*blocks, *more)))
    assert cli.main(["book", "docs/a.md"]) == 0
    assert Path("docs/a-edge.png").read_bytes() == Path("docs/same.png").read_bytes()
    written = document.read_text(encoding="utf-8")
    assert "![SGD's loss falls from 2 to 0.01. " in written
    assert "```text\nrun,optimizer,step,time,group,name,log10_ratio\n1,SGD,1," in written
    assert cli.main(["book", "docs/a.md", "--check"]) == 0
    trainings.write(Path("docs/other.jsonl"), lambda _: 0.5)
    capsys.readouterr()
    assert cli.main(["book", "docs/a.md", "--check"]) == 3
    assert "docs/a-edge.png" in capsys.readouterr().out
