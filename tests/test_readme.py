"""Everything the README shows is run."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from optviz import catalog

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.S)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if line.startswith("optviz")]
PICTURES = re.findall(r"!\[[^\]]*\]\((gallery/[^)]*)\)\n\n```sh\n(.*?)\n```", README, re.S)


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    line = command.replace("optviz ", f"{sys.executable} -m optviz ")
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line], cwd=folder, capture_output=True, text=True
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_works(command: str, tmp_path: Path) -> None:
    if "plot rates adam.csv" in command:
        shell(next(c for c in COMMANDS if c.endswith("-o adam.csv") and " run " in c), tmp_path)
    done = shell(command, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    if " run " not in command:
        assert done.stdout


def test_the_first_picture_is_of_the_first_command() -> None:
    assert README.index("](gallery/") < README.index("```sh") < 300


@pytest.mark.parametrize(("picture", "command"), PICTURES)
def test_a_picture_of_the_readme_says_what_its_command_gives(
    picture: str, command: str, tmp_path: Path
) -> None:
    name, command = f"new{Path(picture).suffix}", command.splitlines()[0]
    assert shell(f"{command} -o {name}", tmp_path).returncode == 0
    with Image.open(ROOT / picture) as shown, Image.open(tmp_path / name) as drawn:
        key = "Description" if picture.endswith("png") else "comment"
        assert shown.info[key] == drawn.info[key]
        assert shown.size == drawn.size


def test_the_printed_table_is_what_the_first_command_prints(tmp_path: Path) -> None:
    table = re.search(r"```text\n(.*?)```", README, re.S)
    assert table is not None
    assert shell(COMMANDS[0], tmp_path).stderr == table[1]


def test_the_table_of_optimizers_is_made_from_the_registry() -> None:
    assert catalog.table() in README


def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    code = re.search(r"```python\n(.*?)```", README, re.S)
    assert code is not None
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code[1]], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "-2.38256277" in done.stdout
    assert (tmp_path / "adagrad.png").exists()
