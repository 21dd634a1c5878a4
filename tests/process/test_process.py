"""What a process of our own does with what its figures leave behind."""

import gc
import io
import weakref
from typing import Any

import pytest

from optviz import process, render
from optviz.render.draw import figure as plain_figure
from optviz.spec.figure import read


def test_the_figures_of_a_long_batch_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "ours", True)
    monkeypatch.setattr(process, "_figures", 5)  # all is imported, and nothing is to be frozen
    monkeypatch.setattr(process, "_GARBAGE", 3000)
    living = weakref.WeakSet()
    paper = plain_figure.paper

    def noted(*args: Any) -> Any:
        pen = paper(*args)
        living.add(pen.figure)
        return pen

    monkeypatch.setattr(plain_figure, "paper", noted)
    gc.collect()
    gc.disable()  # as good as it is in a process of ours
    try:
        for i in range(8):
            figure, _ = read({"view": "trace", "steps": 3, "eta": f"0.{i + 1}", "size": "320x240"})
            drawn = figure.draw()
            render.write(drawn.scene, drawn.look, "svg", io.BytesIO())
        assert len(living) <= 4
    finally:
        gc.enable()
