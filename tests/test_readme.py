"""Everything the README shows is run."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.S)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if line.startswith("optviz")]
PYTHON = re.findall(r"```python\n(.*?)```", README, re.S)
PICTURES = re.findall(r"!\[[^\]]*\]\((gallery/[^)]*)\)\n\n```sh\n(.*?)\n```", README, re.S)
DRAWN = {command.splitlines()[0] for _, command in PICTURES}  # by a test of their own


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    if "gallery/" in command:
        shutil.copytree(ROOT / "gallery", folder / "gallery", dirs_exist_ok=True)
    line = command.replace("optviz ", f"{sys.executable} -m optviz ")
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line], cwd=folder, capture_output=True, text=True
    )


@pytest.mark.parametrize("command", [line for line in COMMANDS if line not in DRAWN])
def test_a_command_of_the_readme_works(command: str, tmp_path: Path) -> None:
    if "adam.csv" in command and "-o adam.csv" not in command:
        shell(next(c for c in COMMANDS if c.endswith("-o adam.csv") and " run " in c), tmp_path)
    done = shell(command, tmp_path)
    if "no installed font has" in done.stderr:
        pytest.skip(done.stderr)
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
    done = shell(f"{command} -o {name}", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert name in done.stdout.splitlines()
    with Image.open(ROOT / picture) as shown, Image.open(tmp_path / name) as drawn:
        key = "Description" if picture.endswith("png") else "comment"
        assert shown.info[key] == drawn.info[key]
        assert shown.size == drawn.size


def test_the_printed_table_is_what_the_first_command_prints(tmp_path: Path) -> None:
    table = re.search(r"```text\n(.*?)```", README, re.S)
    assert table is not None
    assert shell(COMMANDS[0], tmp_path).stderr == table[1]


def test_the_training_of_the_readme_is_recorded(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    code = next(block for block in PYTHON if "optviz.record" in block)
    given = "import torch\nbatches = [torch.randn(8, 4) for _ in range(20)]\n"
    run = [sys.executable, "-c", given + code]
    told = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    assert (tmp_path / "adam.jsonl").read_text(encoding="utf-8").count("\n") > 5
    assert shell("optviz plot rates adam.jsonl", tmp_path).returncode == 0


def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    code = next(block for block in PYTHON if "optviz.run(" in block)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "-2.38256277" in done.stdout
    assert (tmp_path / "adagrad.png").exists()
