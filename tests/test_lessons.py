"""The pages to learn from, followed word for word, each in a folder with the data files alone."""

import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

GALLERY = Path(__file__).parent.parent / "gallery"
PAGES = ("learning-rate", "dialects", "noise", "training", "documents", "python", "tutorial")
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.S | re.M)


def blocks(page: str) -> list[tuple[str, str]]:
    """The language and the text of each block that is for the reader to run, in order."""
    return BLOCK.findall((GALLERY / f"{page}.md").read_text(encoding="utf-8"))


def run(arguments: list[str], folder: Path) -> None:
    done = subprocess.run(arguments, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, f"{arguments[-1]}\n{done.stderr}"
    assert "Traceback" not in done.stderr


def data_files(folder: Path) -> None:
    """The data sets and logs that lie beside the pages."""
    for path in [*GALLERY.glob("*.csv"), *GALLERY.glob("*.jsonl")]:
        shutil.copy(path, folder)


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_work_in_their_order(page: str, tmp_path: Path) -> None:
    data_files(tmp_path)
    if page == "training":  # the logs that its Python writes, which another test runs
        for name in ("adam.jsonl", "adam-large.jsonl"):
            shutil.copy(GALLERY / "digits-adam.jsonl", tmp_path / name)
    for language, text in blocks(page):
        if language == "sh":
            line = re.sub(r"\boptviz (?=[a-z])", f"{sys.executable} -m optviz ", text)
            run(["bash", "-e", "-o", "pipefail", "-c", line], tmp_path)


@pytest.mark.parametrize("page", PAGES)
def test_the_python_of_a_page_runs_as_one_program(page: str, tmp_path: Path) -> None:
    code = "\n".join(text for language, text in blocks(page) if language == "python")
    if "import optviz, torch" in code and find_spec("torch") is None:
        pytest.skip("PyTorch is not installed")
    run(
        [sys.executable, "-W", "error", "-c", "import matplotlib\nmatplotlib.use('agg')\n" + code],
        tmp_path,
    )


def test_the_values_that_the_tutorial_quotes_are_those_of_the_book() -> None:
    """Printed below the figures of sections 12.7 and 12.8, version 1.0.3."""
    for page in ("tutorial.md", "tutorial.ko.md"):
        text = (GALLERY / page).read_text(encoding="utf-8")
        for values in (
            "x1: -2.382563, x2: -0.158591",
            "x1: -0.002295, x2: -0.000000",
            "x1: -0.010599, x2: 0.000000",
        ):
            assert values in text


def test_both_tutorials_have_the_same_commands() -> None:
    english, korean = (
        re.findall(r"^optviz .*$", (GALLERY / name).read_text(encoding="utf-8"), re.M)
        for name in ("tutorial.md", "tutorial.ko.md")
    )
    assert [line.removesuffix(" --size 960x720") for line in korean] == [
        line.removesuffix(" --size 960x720") for line in english
    ]
