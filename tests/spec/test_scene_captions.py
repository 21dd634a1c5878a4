"""What is typed for the heading and the axes stands in the figure, and nowhere else."""

from dataclasses import replace
from typing import Any

import pytest

from optviz.errors import NoEffect
from optviz.spec.figure import Figure, read


def figure(**options: Any) -> Figure:
    found, errors = read(options)
    assert found, errors
    return found


def test_a_subtitle_stands_below_the_title() -> None:
    scene = figure(subtitle="for $f$ at $5").draw().scene
    assert scene.subtitle == r"for $f$ at \$5"
    assert figure(subtitle="").draw().scene.subtitle == ""


def test_the_name_of_an_axis_stands_on_every_panel_that_has_the_axis() -> None:
    options = {"figure": "compare", "opt": ["gd", "adam"], "eta": "0.1", "rows": "loss"}
    plain = figure(**options).draw().scene
    named = figure(**options, xlabel="t", ylabel="loss").draw().scene
    assert [bool(panel.xlabel) for panel in plain.panels] == [
        panel.xlabel == "t" for panel in named.panels
    ]
    assert {panel.ylabel for panel in named.panels} <= {"loss", ""}
    assert "t" in {panel.xlabel for panel in named.panels}


def test_axes_of_several_names_are_not_given_one() -> None:
    options = {"figure": "compare", "opt": ["gd", "adam"], "eta": "0.1", "rows": "trace,rates"}
    with pytest.raises(NoEffect, match="several horizontal axes"):
        _ = figure(**options, xlabel="t").draw().scene


def test_captions_of_defaults_are_left_out_where_there_is_no_place_for_them() -> None:
    drawn = replace(
        figure(figure="compare", opt=["gd", "adam"], eta="0.1", rows="trace,rates", xlabel="t"),
        typed=frozenset[str](),
    ).draw()
    assert "t" not in {panel.xlabel for panel in drawn.scene.panels}
    assert "xlabel" not in drawn.scene.recipe.still
