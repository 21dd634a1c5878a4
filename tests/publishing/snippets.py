"""The code blocks of the page on tools, so that what people copy is what is built here."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "gallery" / "building-with-tools.md"
SMALL = "--size 320x240"
MISTAKE = "no optimizer is called 'adm'; did you mean adam?"


def snippet(word: str) -> str:
    """The only code block of the page with this word in it, without its fence."""
    blocks = PAGE.read_text(encoding="utf-8").split("\n```")[1::2]
    (found,) = (block for block in blocks if word in block)
    return found.partition("\n")[2] + "\n"


def run(*words: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """A command in a folder, whose cache of figures is there too."""
    # The optviz of this environment comes first, for those that call it by its name.
    scripts = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    own = {"PATH": scripts, "XDG_CACHE_HOME": str(folder / ".cache"), "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(
        list(map(str, words)), cwd=folder, env={**os.environ, **own},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
