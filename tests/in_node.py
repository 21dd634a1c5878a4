"""The program of a page, run in node."""

import json
import shutil
import subprocess
from typing import Any

from optviz.render.page import library

NODE = shutil.which("node")
READ = """
const list = (a) => Array.from(a, (v) => (Number.isFinite(v) ? v : null));
const answer = (walk, start, settings, steps) => {
  const path = run(walk, start, settings || walk.settings, steps);
  return Object.fromEntries(["x", "f", "grad", "rate"].map((part) => [part, list(path[part])]));
};
"""


def node(program: str) -> Any:
    """What a program with the modules of the page prints, as JSON."""
    source = library.library(("arithmetic", "engine", "rows")) + READ + program
    done = subprocess.run([str(NODE), "-"], input=source, capture_output=True, text=True)
    assert not done.returncode, done.stderr[:2000]
    return [json.loads(line) for line in done.stdout.splitlines()]
