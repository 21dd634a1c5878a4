"""The program of a page, linted by oxlint: what is not defined, not used, or known to be wrong."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from optviz.render.page import library

RULES = {
    "env": {"browser": True, "es2022": True},
    "categories": {"correctness": "error"},
    "rules": {
        "no-undef": "error",
        "no-unused-vars": ["error", {"ignoreRestSiblings": True}],  # taken out of the rest
        "prefer-const": "error",
        "no-redeclare": "error",
        "no-fallthrough": "error",
    },
}
OXLINT = shutil.which("oxlint", path=str(Path(sys.executable).parent)) or shutil.which("oxlint")
CALLED = "optviz, mod, sign, pow"  # by the page, and by the walks in it


@pytest.mark.skipif(not OXLINT, reason="oxlint is not installed")
def test_the_program_has_no_faults_that_a_linter_finds(tmp_path: Path) -> None:
    modules = "\n".join(library.source(f"{name}.js") for name in library.MODULES)
    (tmp_path / "rules.json").write_text(json.dumps(RULES), encoding="utf-8")
    (tmp_path / "page.js").write_text(
        f"(() => {{\n{modules}\nreturn [{CALLED}];\n}})();\n", "utf-8"
    )
    command = [str(OXLINT), "-c", "rules.json", "page.js"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert not done.returncode, done.stdout
