"""Loads all that a worker needs to draw, when imported: once for the workers forked from here."""

import importlib

from optviz import render
from optviz.batch import _work

render.load()
for _name in ("drawing", "views.trace", "render._figure", "render.png"):
    importlib.import_module(f"optviz.{_name}")
_work.versions()
