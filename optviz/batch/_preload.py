"""Imports all that a worker needs to draw; workers forked from this process have it loaded.

It opens no font, because forked processes share the position in an open file.
"""

import gc
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
gc.freeze()  # or a collection would touch, and so copy, all that the workers share
