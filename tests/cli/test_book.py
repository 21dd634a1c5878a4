import json
from pathlib import Path

import pytest

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
    with Path("lesson-loss.png").open("ab") as stream:
        stream.write(b"x")
    before = states()
    capsys.readouterr()
    for cache in ("--no-cache", "-q"):
        assert cli.main(["book", "lesson.md", "--check", cache]) == 3
        out = capsys.readouterr().out.splitlines()
        assert out[:2] == ["path.png: missing", "lesson-loss.png: differs"]
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
