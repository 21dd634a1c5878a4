"""A fault of the program is three lines; its traceback is there when asked for."""

import errno
import importlib
import os
import pickle
from pathlib import Path
from typing import Any

import pytest

from optviz import batch, cli
from optviz.errors import bug
from optviz.walks import status
from optviz.workers import done, processes

RULE = """
from optviz.optimizers.gd import GD

class Mine(GD):
    def update(self, point, state):
        return 1 / 0
"""


COPIES = ("_run_text", "_sweep_data", "_sweep_theory", "_trace_grid")


@pytest.fixture(autouse=True)
def broken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Judging a run fails, somewhere within optviz.

    The modules that copy `STATUSES` are loaded before, as they would keep what it is here.
    """
    for name in (*(f"figures.{n}" for n in COPIES), "studies._rows"):
        importlib.import_module(f"optviz.{name}")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OPTVIZ_DEBUG", raising=False)
    monkeypatch.setattr(status, "STATUSES", None)
    monkeypatch.setattr(status, "_diverging", lambda _: None)


COMMANDS = [
    "trace",
    "rates",
    "loss",
    "compare --opt gd,adam",
    "run",
    "trace --anatomy 3",
    "explain gd adam --diff",
    "sweep --over eta=[0.1,0.2] --of status",
    "run --opt gd --gradient noise(1) --seeds 4",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_it_is_three_lines_and_status_1(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(command.split()) == 1
    said = capsys.readouterr()
    what, whose, how = said.err.splitlines()
    assert what.startswith("optviz: ")
    assert "Error: " in what
    assert whose.strip() == "this is a fault of optviz, not of what was asked"
    assert "please report it, with the command line and: optviz 0" in how
    assert how.endswith("OPTVIZ_DEBUG=1 shows the traceback")
    assert "Traceback" not in said.out + said.err


def test_the_traceback_is_shown_when_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPTVIZ_DEBUG", "1")
    assert cli.main(["trace"]) == 1
    said = capsys.readouterr().err
    assert "Traceback (most recent call last)" in said
    assert "judge(objective, x, rate)" in said


def test_of_a_person_s_own_rule_it_is_that_file_s_fault(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "mine.py").write_text(RULE)
    assert cli.main(["trace", "--opt", "./mine.py:Mine"]) == 1
    what, whose, how = capsys.readouterr().err.splitlines()
    assert what.startswith("optviz: ZeroDivisionError: division by zero (")
    assert what.endswith("mine.py, line 6)")
    assert "mine.py, not of what was asked" in whose
    assert "report" not in how


def test_in_a_batch_it_costs_its_figure(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    spec = '[bad]\nview = "trace"\n[good]\nview = "inspect"\n'
    (tmp_path / "a.toml").write_text(spec)
    (bad, good) = batch.run(batch.read(["a.toml"]))  # from Python too: no check runs before
    assert (bad.status, good.status) == ("failed", "drawn")
    assert len(bad.error.splitlines()) == 3
    assert "this is a fault of optviz" in bad.error


def _shared(_: int) -> Any:
    with bug.reported():
        raise KeyError("oh")


@pytest.mark.parametrize("jobs", [1, 2])
def test_of_a_worker_it_is_no_lost_worker(jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(Path(__file__).parents[2])  # where a worker finds `_shared`
    with pytest.raises(bug.Bug, match="KeyError: 'oh'"):
        list(done(_shared, [1], processes(jobs)))


def failing(code: str, library: Path) -> Exception:
    """What an import of a library with that code raises."""
    (library / "__init__.py").write_text(code)
    with pytest.raises(Exception) as caught:
        importlib.import_module(library.name)
    return caught.value


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import absent_library", "cannot load absent_library: No module named 'absent_library'"),
        (
            "try: raise MemoryError\nexcept MemoryError: raise ImportError('Read this:\\n  …')",
            "not enough memory",
        ),
        (
            "try: raise ImportError('x.so: failed to map')\nexcept ImportError as e:\n"
            "  raise ImportError('\\n\\nRead this:') from e",
            "x.so: failed to map",
        ),
    ],
)
def test_a_library_that_cannot_be_loaded_is_no_bug_but_one_line(
    code: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    library = tmp_path / f"library_{abs(hash(code))}"
    library.mkdir()
    message = str(bug.diagnose(failing(code, library)))
    assert message.startswith("cannot load ")
    assert message.endswith(said)
    assert len(message.splitlines()) == 1


def test_a_module_of_optviz_that_is_missing_is_a_bug() -> None:
    with pytest.raises(ImportError) as caught:
        importlib.import_module("optviz.absent")
    assert isinstance(bug.diagnose(caught.value), bug.Bug)


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENOMEM, errno.ENOSPC])
def test_a_system_that_has_run_out_of_something_is_no_bug(number: int) -> None:
    message = str(bug.diagnose(OSError(number, os.strerror(number), "font.ttf")))
    assert (
        message
        == f"cannot use font.ttf: {os.strerror(number)[0].lower()}" + (os.strerror(number)[1:])
    )


def test_it_survives_a_pickle() -> None:
    error = bug.diagnose(ValueError("a\x1b[31m\nb"))
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    assert len(str(error).splitlines()) == 3
    assert "\x1b" not in str(error)
