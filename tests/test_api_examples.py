"""Every example in the help of a function, and in `optviz help python`, can be run."""

import pydoc
import re
import warnings
from pathlib import Path
from typing import Any

import pytest
from trainings import write_examples

import optviz
from optviz import figures, help, recorder
from optviz.spec import LookSpec
from optviz.text.options import options

KINDS = figures.registry.names
OTHERS = {
    "run": optviz.run.__doc__,
    "figure": optviz.figure.__doc__,
    "batch": optviz.batch.draw.__doc__,
    "book": optviz.book.draw.__doc__,
    "topic": help.text("python"),
}


def run(lines: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch, **names: Any) -> None:
    monkeypatch.chdir(folder)
    write_examples(folder)
    with warnings.catch_warnings():
        warnings.simplefilter("error", optviz.OptvizWarning)
        exec("\n".join(lines), {"optviz": optviz, **names})


def typed(text: str | None) -> list[str]:
    """The lines that are typed after >>> or its dots."""
    return re.findall(r"^ *(?:>>>|\.\.\.) (.*)", text or "", re.M)


@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_of_a_figure_kind_run(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = getattr(optviz, kind).__doc__.partition("Examples:\n")[2]
    lines = [line.strip() for line in text.splitlines() if line.startswith("  ")]
    assert len(lines) >= 4
    assert all(line.startswith(f"optviz.{kind}(") for line in lines)
    run(lines, tmp_path, monkeypatch)


@pytest.mark.parametrize("name", OTHERS)
def test_the_other_examples_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = typed(OTHERS[name])
    assert lines
    run(lines, tmp_path, monkeypatch)


def test_the_example_of_record_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = typed(recorder.record.__doc__)
    assert lines
    pytest.importorskip("torch")
    run(lines, tmp_path, monkeypatch)
    assert (tmp_path / "adam.jsonl").exists()


def test_the_help_of_figure_names_every_option_of_the_look() -> None:
    assert all(name in str(optviz.figure.__doc__) for name in options(LookSpec))


@pytest.mark.parametrize("name", [*KINDS, "run", "figure"])
def test_the_help_of_a_function_speaks_of_no_flags(name: str) -> None:
    text = getattr(optviz, name).__doc__
    assert not re.search(r"(?<!\w)--?[a-z]", text)
    assert "repeatable" not in text


def test_the_help_of_the_package_names_everything_public() -> None:
    names = {*re.findall(r"\w+", str(optviz.__doc__))}
    assert {name for name in optviz.__all__ if name != "__version__"} <= names


def test_the_help_of_the_package_is_about_optviz() -> None:
    text = pydoc.render_doc(optviz, renderer=pydoc.plaintext)
    assert "class str(" not in text
    assert "casefold" not in text
