"""What CONTRIBUTING.md names is there."""

import re
import subprocess
from pathlib import Path

import pytest

import optviz

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
DRAWN = re.search(r"\*\*How a scene is drawn\.\*\*(.*?)\n\*\*", TEXT, re.S)
MODULES = re.findall(r"`([a-z_]+)`", "".join(re.findall(r"^- .*", DRAWN[1], re.M))) if DRAWN else []
PATTERNS = TEXT.partition("| one more | commit |\n|---|---|\n")[2].partition("\n\n")[0]
COMMITS = re.findall(r"^\| [^|]+ \| (?:`([0-9a-f]{7,})` )?(.+) \|$", PATTERNS, re.M)
PATHS = sorted({name for name in re.findall(r"`([\w./*-]+/[\w.-]*)`", TEXT) if "NAME" not in name})


def test_the_drawing_of_a_scene_is_described() -> None:
    assert len(MODULES) > 3


@pytest.mark.parametrize("module", MODULES)
def test_a_module_that_draws_is_where_it_is_said_to_be(module: str) -> None:
    assert (ROOT / "optviz/render/draw" / f"{module}.py").is_file()


@pytest.mark.parametrize("name", PATHS)
def test_a_path_exists(name: str) -> None:
    folders = (ROOT, ROOT / "optviz", ROOT / "optviz/render", ROOT / ".venv")
    assert name.startswith(".venv") or any((folder / name).exists() for folder in folders)


def test_the_commits_that_are_patterns_are_in_the_history() -> None:
    log = ["git", "-C", str(ROOT), "log", "--format=%H %s"]
    done = subprocess.run(log, capture_output=True, text=True)
    history = [line.partition(" ")[::2] for line in done.stdout.splitlines()]
    if len(history) < 100:
        pytest.skip("this copy has no history")
    assert len(COMMITS) == PATTERNS.count("\n") + 1 > 10
    for short, subject in COMMITS:
        assert subject in {text for whole, text in history if whole.startswith(short)}


def test_the_citation_and_the_package_have_one_version() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {optviz.__version__}\n" in citation
