"""The stub of the public names, and a user's script under mypy."""

import re
import subprocess
import sys
from pathlib import Path

import optviz
from optviz.api import _stub

SCRIPT = Path(__file__).parent / "api_script.py"


def test_the_stub_is_made_of_the_options() -> None:
    stub = Path(optviz.__file__).with_suffix(".pyi")
    wanted = "python -m optviz.api._stub makes it"
    assert stub.read_text(encoding="utf-8") == _stub.text(), wanted
    found = re.findall(r"^(?:def |from .* as |)(\w+)(?:\(|$|: )", _stub.text(), re.M)
    assert {*public()} <= {*found}


def public() -> list[str]:
    return [name for name in optviz.__all__ if name != "__version__"]


def test_a_users_script_names_every_public_function_and_runs(tmp_path: Path) -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    assert all(f"optviz.{name}" in text for name in public())
    command = [sys.executable, "-W", "error", str(SCRIPT)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "a.png").exists()
