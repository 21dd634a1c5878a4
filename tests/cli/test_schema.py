"""Every JSON document that a command prints has the number of its schema."""

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from trainings import write_examples

from optviz import cli

SPEC = '[a]\nsteps = 3\nsize = "300x200"\n'
# For each command with --json, lines that print documents; of those with an input it is made here.
LINES = {
    "batch": ["batch s.toml --json", "batch wrong.toml --json --check"],
    "book": ["book l.md --json", "book wrong.md --json", "book l.md --json --check"],
    "compare": ["compare --json -o c.csv"],
    "heat": ["heat --json -o h.png"],
    "phase": ["phase --json -o p.csv"],
    "polynomial": ["polynomial --json -o p.csv"],
    "coordinates": ["coordinates --json -o c.csv"],
    "doctor": ["doctor --json"],
    "edge": ["edge run.jsonl --json -o e.csv"],
    "explain": ["explain --diff adam gd --json"],
    "inspect": [
        "inspect --json",
        "inspect --format json",
        "inspect -o i.svg --json",
        "inspect -f beale --json",
    ],
    "list": ["list --json", "list formats --json"],
    "loss": ["loss --json -o c.csv"],
    "norms": ["norms run.jsonl --json -o n.csv"],
    "plot": ["plot loss log.jsonl --json -o p.csv", "plot rates run.jsonl --json -o p.csv"],
    "rates": ["rates --json -o c.csv", "rates --of sharpness --json -o c.jsonl"],
    "ratio": ["ratio run.jsonl --json -o r.csv"],
    "recipe": ["recipe a.png --json", "recipe --verify a.png --json", "recipe a.png -o r.json"],
    "run": ["run", "run --json -o r.csv", "run --json -o r.md"],
    "schedule": ["schedule 0.1 --json -o s.csv"],
    "sweep": [
        "sweep --over eta=[0.1,0.2] --json -o w.csv",
        "sweep --over eta=[0.1] --format jsonl",
    ],
    "trace": ["trace --json -o t.csv"],
}


def with_json() -> set[str]:
    """The commands that have --json."""
    return {
        n
        for n, c in cli.group(cli.commands()).commands.items()
        if any("--json" in p.opts for p in c.params)
    }


def documents(text: str) -> list[Any]:
    """One document, or one a line."""
    try:
        return [json.loads(text)]
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.splitlines()]


def test_there_is_a_line_for_every_command_with_json() -> None:
    assert with_json() == LINES.keys()


@pytest.mark.parametrize("line", [line for lines in LINES.values() for line in lines])
def test_a_document_has_its_schemas_number(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.toml").write_text(SPEC)
    Path("wrong.toml").write_text("[a]\nstep = 3")
    Path("l.md").write_text("```optviz\ntrace -n 3 --size 300x200\n```\n")
    Path("wrong.md").write_text("```optviz\ntrace --step 3\n```\n")
    write_examples(tmp_path)
    assert cli.main(["run", "-q", "-o", "log.jsonl"]) == 0
    assert cli.main(["trace", "-q", "-n", "3", "--size", "300x200", "-o", "a.png"]) == 0
    capsys.readouterr()
    cli.main(shlex.split(line))
    out = capsys.readouterr().out
    text = Path("r.json").read_text() if out == "r.json\n" else out
    found = [
        one for many in documents(text) for one in (many if isinstance(many, list) else [many])
    ]
    assert found
    assert all(one["optviz"] == 1 for one in found)
    assert all(next(iter(one)) == "optviz" for one in found)


def test_the_recipe_of_a_picture_called_optviz_leaves_the_number_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["trace", "-q", "-n", "3", "--size", "300x200", "-o", "optviz.png"]) == 0
    capsys.readouterr()
    assert cli.main(["recipe", "--json", "optviz.png"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["optviz"] == 1
    assert found["optviz-2"]["steps"] == 3
    assert cli.main(["recipe", "optviz.png"]) == 0
    assert capsys.readouterr().out.startswith("[optviz]\n")
