"""What CONTRIBUTING.md names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
DRAWN = re.search(r"\*\*How a scene is drawn\.\*\*(.*?)\n\*\*", TEXT, re.S)
MODULES = re.findall(r"`([a-z_]+)`", "".join(re.findall(r"^- .*", DRAWN[1], re.M))) if DRAWN else []
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
