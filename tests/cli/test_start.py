"""What a command does without, and a program that imports the library keeps."""

import subprocess
import sys
from pathlib import Path


def test_a_command_does_not_wait_for_three_dimensions_nor_for_windows(tmp_path: Path) -> None:
    words = ["trace", "--size", "300x220", "-q", "-o", str(tmp_path / "a.png")]
    command = [sys.executable, "-X", "importtime", "-m", "optviz", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "matplotlib.projections" in done.stderr
    assert "mplot3d" not in done.stderr
    assert "pyplot" not in done.stderr


def test_a_program_that_imports_the_library_has_them_still() -> None:
    script = """
import optviz, sys
optviz.figure(optviz.run("d2l", "gd"))._repr_png_()
assert "matplotlib.pyplot" not in sys.modules  # it would choose where windows are shown
from matplotlib.figure import Figure
Figure().add_subplot(projection="3d")
"""
    subprocess.run([sys.executable, "-c", script], check=True)
