"""How matplotlib is imported: whatever the environment says, silently, with the fonts there are."""

import ast
import io
import logging
import os
import subprocess
import sys
import time
from pathlib import Path

import matplotlib
import pytest
from matplotlib.figure import Figure

from optviz import figures, render, spec
from optviz.errors import WorldError
from optviz.render.draw import backend
from optviz.render.draw.figure import settings
from optviz.scene import Look

NOTEBOOK = "module://matplotlib_inline.backend_inline"
SMALL = ["--size", "300x220", "-q"]


def python(*arguments: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        env=os.environ | more,
    )


def optviz(*arguments: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return python("-m", "optviz", *arguments, *SMALL, folder=folder, **more)


def test_a_command_draws_whatever_backend_is_named(tmp_path: Path) -> None:
    done = optviz("trace", folder=tmp_path, MPLBACKEND=NOTEBOOK)
    assert (done.returncode, done.stdout, done.stderr) == (0, "trace.png\n", "")


@pytest.mark.parametrize("backend", [NOTEBOOK, "TkAgg"])
def test_a_program_draws_too_and_its_backend_stays_as_it_is(backend: str, tmp_path: Path) -> None:
    script = f"""
import os, optviz
optviz.figure(optviz.run("d2l", "gd"), size=(300, 220), title="$x^2$").save("a.png")
assert os.environ["MPLBACKEND"] == {backend!r}
import matplotlib
known = dict.get(matplotlib.rcParams, "backend")
theirs = matplotlib.rcsetup.validate_backend
try:
    expected = theirs({backend!r})
except ValueError:
    pass  # no program could have it
else:
    assert known == expected, known
"""
    done = python("-c", script, folder=tmp_path, MPLBACKEND=backend)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_program_that_chose_a_backend_keeps_it(tmp_path: Path) -> None:
    script = """
import matplotlib
matplotlib.use("svg")
import optviz
optviz.figure(optviz.run("d2l", "gd"), size=(300, 220))._repr_png_()
assert matplotlib.get_backend() == "svg"
"""
    done = python("-c", script, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_broken_file_of_settings_and_a_folder_that_is_none_are_not_heard_of(
    tmp_path: Path,
) -> None:
    optviz("trace", "-o", "plain.png", folder=tmp_path)
    home, file = tmp_path / "home", tmp_path / "file"
    (home / ".config" / "matplotlib").mkdir(parents=True)
    (home / ".config" / "matplotlib" / "matplotlibrc").write_bytes(b"font.size: \xff\nno\n")
    file.touch()
    known = {"HOME": str(home), "XDG_CONFIG_HOME": "", "MPLCONFIGDIR": str(file)}
    done = optviz("trace", folder=tmp_path, **known)
    assert (done.returncode, done.stdout, done.stderr) == (0, "trace.png\n", "")
    assert (tmp_path / "trace.png").read_bytes() == (tmp_path / "plain.png").read_bytes()


def test_where_there_is_no_folder_for_its_cache_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> str:
        raise OSError("Matplotlib requires access to a writable cache directory")

    monkeypatch.setattr(matplotlib, "get_cachedir", fails)
    with pytest.raises(WorldError, match=r"MPLCONFIGDIR.*writable"):
        render.load()


def test_a_lock_that_was_left_is_removed_and_one_that_is_held_is_not(tmp_path: Path) -> None:
    left, held = tmp_path / "a.json.matplotlib-lock", tmp_path / "b.json.matplotlib-lock"
    for lock in (left, held):
        lock.touch()
    ago = time.time() - 3600
    os.utime(left, (ago, ago))
    backend._unlock(tmp_path)
    assert list(tmp_path.iterdir()) == [held]


def test_nothing_is_said_of_fonts_while_a_figure_is_drawn(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("matplotlib.font_manager")
    with caplog.at_level(logging.WARNING, "matplotlib"):
        with settings():
            Figure().text(0, 0, "a", family="No Such Font").get_window_extent()
        assert not caplog.records
        logger.warning("and as ever afterwards")
    assert len(caplog.records) == 1


@pytest.mark.parametrize("ours", [True, False])
def test_a_command_builds_no_docstrings_and_a_program_has_them(ours: bool) -> None:
    code = (
        "from optviz import process, render\n"
        f"if {ours}: process.settle()\n"
        "render.load()\n"
        "from matplotlib.lines import Line2D\n"
        "print('linestyle' in Line2D.set.__doc__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == (f"{not ours}\n", "")


def modules() -> list[Path]:
    every = sorted(Path(__file__).parents[2].joinpath("optviz").rglob("*.py"))
    return [path for path in every if "matplotlib" in path.read_text("utf-8")]


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in NAMED_TUPLES


NAMED_TUPLES = {"_replace", "_asdict", "_fields"}  # public, and cannot collide with a field


def private_names(tree: ast.AST) -> list[str]:
    """The names with an underscore that a module takes from matplotlib or from an object."""
    found: list[str] = []
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), names=names) if "matplotlib" in module:
                parts = [*module.split("."), *(name.name for name in names)]
                found += filter(is_private, parts)
            case ast.Import(names=names):
                parts = [
                    part for n in names if "matplotlib" in n.name for part in n.name.split(".")
                ]
                found += filter(is_private, parts)
            case ast.Attribute(value=ast.Name(id="self" | "cls")):
                pass
            case ast.Attribute(attr=name) if is_private(name):
                found.append(name)
            case ast.Call(
                func=ast.Name(id="getattr" | "setattr"), args=[_, ast.Constant(name), *_]
            ):
                found += filter(is_private, [str(name)])
    return found


@pytest.mark.parametrize(
    "line",
    [
        "from matplotlib._mathtext import Parser",
        "import matplotlib._path",
        "axes._position.bounds",
        "Line2D._subslice = False",
        "getattr(figure, '_suptitle')",
    ],
)
def test_a_private_name_is_seen(line: str) -> None:
    assert private_names(ast.parse(line))


@pytest.mark.parametrize("line", ["self._kept", "axes.__class__", "from optviz import _check"])
def test_a_name_of_our_own_is_none(line: str) -> None:
    assert not private_names(ast.parse(line))


@pytest.mark.parametrize("module", modules(), ids=lambda path: path.stem)
def test_a_module_uses_public_names_of_matplotlib_only(module: Path) -> None:
    assert not private_names(ast.parse(module.read_text("utf-8")))


def patched(tree: ast.AST) -> list[str]:
    """The attributes of matplotlib's modules and classes that a module sets."""
    theirs: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), names=names) if module.startswith("matplotlib"):
                theirs |= {name.asname or name.name for name in names}
            case ast.Import(names=names):
                theirs |= {(n.asname or n.name) for n in names if n.name.startswith("matplotlib")}
    found = []
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            if isinstance(target, ast.Attribute) and ast.unparse(target.value) in theirs:
                found.append(ast.unparse(target))
    return found


@pytest.mark.parametrize("module", modules(), ids=lambda path: path.stem)
def test_a_module_patches_nothing_of_matplotlib(module: Path) -> None:
    allowed = {"matplotlib.artist.kwdoc"}  # public, and only in a process of our own
    assert set(patched(ast.parse(module.read_text("utf-8")))) <= allowed


def test_the_settings_of_a_user_are_back_after_a_picture() -> None:
    odd = {"font.size": 30.0, "axes.grid": True, "path.simplify": True, "svg.hashsalt": "mine"}
    look = Look(size=(300, 220))
    scene = figures.scene("trace", [walk.run() for walk in spec.walks(spec.RunSpec())], look)
    render.write(scene, look, "svg", plain := io.BytesIO())
    with matplotlib.rc_context(odd):
        before = dict(matplotlib.rcParams)
        render.write(scene, look, "svg", drawn := io.BytesIO())
        assert dict(matplotlib.rcParams) == before
        with pytest.raises(ZeroDivisionError), settings():
            assert matplotlib.rcParams["font.size"] == 10.0
            raise ZeroDivisionError
        assert dict(matplotlib.rcParams) == before
    assert drawn.getvalue() == plain.getvalue()
