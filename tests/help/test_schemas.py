"""What help says of schemas and statuses is what the program writes."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from trainings import write_examples

from optviz import cli, help
from optviz.walks import status

WORDS = set(re.findall(r"\w+", help.text("schemas")))
NAMES_OF_THEIR_OWN = {"settings", "axes", "at", "best", "outlook", "final"}  # keys are names
SPEC = '[a]\nsteps = 3\nsize = "300x200"\n'
LINES = [
    "trace --json -q -o t.csv",
    'trace --gradient "noise(1)" --json -q -o t.csv',
    'loss --gradient "noise(1)" --seeds 3 --json -q -o t.csv',
    'run -f "f(w, b) = w^2 + b^2" --opt adam --every 5 --format jsonl -q',
    "inspect --json --opt gd --opt adagrad",
    "sweep --over eta=[0.1,0.2] --json -q -o w.csv",
    'schedule "OneCycleLR(0.1,total_steps=9)" -n 9 --json -q -o s.csv',
    "edge run.jsonl --json -q -o e.csv",
    "norms run.jsonl --json -q -o n.csv",
    "ratio run.jsonl --json -q -o r.csv",
    "loss --log run.jsonl --json -q -o l.csv",
    "batch s.toml --json -q --no-cache",
    "batch wrong.toml --json --check",
    "list formats --json",
    "list schedules --json",
]


def keys(value: Any) -> Iterator[str]:
    """All keys of a document that are the schema's."""
    for key, one in value.items() if isinstance(value, dict) else ():
        yield key
        if key not in NAMES_OF_THEIR_OWN:
            yield from keys(one)
    for one in value if isinstance(value, list) else ():
        yield from keys(one)


@pytest.mark.parametrize("line", LINES)
def test_every_key_of_a_document_is_described(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_examples(tmp_path)
    Path("s.toml").write_text(SPEC)
    Path("wrong.toml").write_text("[a]\nstep = 3")
    cli.main(shlex.split(line))
    written = [json.loads(one) for one in capsys.readouterr().out.splitlines()]
    assert written
    kinds = {"formats", "schedules"} if line.startswith("list") else set()
    assert {key for one in written for key in keys(one)} - kinds - WORDS == set()


def test_the_keys_of_a_log_of_training_are_described() -> None:
    log = Path(__file__).parents[2] / "gallery/digits-adam.jsonl"
    with log.open(encoding="utf-8") as lines:
        first = [json.loads(next(lines)) for _ in range(2)]
    assert {key for one in first for key in keys(one)} - WORDS == set()


def test_there_is_a_paragraph_for_each_status_and_its_command_ends_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    paragraphs = help.text("statuses").split("\n\n")[1:]
    shown = {word: text for text in paragraphs if (word := text.partition(":")[0]).isalpha()}
    assert shown.keys() == set(status.STATUSES)
    for word, text in shown.items():
        line = text.splitlines()[-1].removeprefix("  optviz ")
        assert cli.main([*shlex.split(line), "--json", "-q"]) == 0
        assert json.loads(capsys.readouterr().out)["runs"][0]["status"] == word
