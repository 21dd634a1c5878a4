"""Loads all that a worker needs to draw, when imported: once for the workers forked from here.

It opens no font: processes that share an open file share the place in it that is read next.
"""

import importlib

from optviz import process, render
from optviz.spec.figure import read

process.settle()
render.load()
for _name in ("draw.figure", "fast.still", "formats.png"):
    importlib.import_module(f"optviz.render.{_name}")
_figure, _ = read({})
assert _figure is not None
_figure.draw()
