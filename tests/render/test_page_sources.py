"""The sources of a page's program: small modules, each of one concern, without a build step."""

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from optviz.render.page import library, script
from optviz.spec import LookSpec, RunSpec
from optviz.text.options import options

FOLDER = Path(script.__file__).parent
SOURCES = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.js")}
NODE = shutil.which("node")
TOP = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.M)


def test_every_module_is_in_the_page() -> None:
    assert sorted(library.MODULES) == sorted(SOURCES)


@pytest.mark.parametrize("name", SOURCES)
def test_a_module_is_short_and_says_what_it_is(name: str) -> None:
    lines = SOURCES[name].splitlines()
    assert lines[0].startswith("// ")
    assert len(lines) <= 150
    assert max(map(len, lines)) <= 120
    assert not [line for line in lines if line != line.rstrip() or "\t" in line]


def test_a_name_stands_for_one_thing() -> None:
    names = Counter(name for text in SOURCES.values() for name in TOP.findall(text))
    assert [name for name, count in names.items() if count > 1] == []


def test_every_name_is_used() -> None:
    program = "\n".join(SOURCES.values())
    called = {"optviz", *TOP.findall(SOURCES["arithmetic"])}  # by the page, and by walks
    names = {name for text in SOURCES.values() for name in TOP.findall(text)} - called
    assert [name for name in names if len(re.findall(rf"\b{name}\b", program)) < 2] == []


def test_nothing_is_run_that_was_text() -> None:
    program = "\n".join(SOURCES.values())
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|new Function", program
    )
    assert not re.search(r"\bvar\b(?!\()|[^=!]==[^=]|console\.|debugger|fetch\(|XMLHttp", program)


@pytest.mark.skipif(not NODE, reason="node is not installed")
def test_the_program_is_strict_javascript() -> None:
    source = f'"use strict";{library.library()}'
    done = subprocess.run([str(NODE), "--check", "-"], input=source, capture_output=True, text=True)
    assert not done.returncode, done.stderr


def test_the_command_leaves_out_what_the_page_says_anew() -> None:
    own = re.search(r"const own = \[(.*?)\]", SOURCES["command"], re.S)
    assert own
    rules = [name for name, f in options(RunSpec).items() if f.metadata["group"] == "Optimizers"]
    assert set(re.findall(r'"(\w+)"', own[1])) == {*rules, "start", "steps"}
    each = re.search(r"const each = \[(.*?)\]", SOURCES["command"])
    assert each
    assert set(re.findall(r'"(\w+)"', each[1])) < options(LookSpec).keys()
