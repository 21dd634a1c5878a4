"""Values that people have in notebooks, and how an error shows those that do not fit."""

from pathlib import Path
from typing import Any

import pytest
from matplotlib.colors import to_hex

import optviz
from optviz.errors import BadValue, UnknownName


class Frame:
    """A table that shows itself in many lines, as those of pandas do."""

    def __repr__(self) -> str:
        return "   x\n0  1\n1  2"


def test_what_shows_itself_in_lines_is_named_by_its_type_in_an_error() -> None:
    frame: Any = Frame()
    with pytest.raises(BadValue, match=r"^figure: Frame given, runs such as"):
        optviz.figure(frame)
    with pytest.raises(BadValue, match=r"^opt: Frame given, a text such as"):
        optviz.trace(opt=frame)


def test_colours_may_be_three_numbers_as_matplotlib_has_them() -> None:
    numbers = (0.2, 0.5, 1)
    colors: Any = ["red", numbers]
    look = optviz.trace(opt=["gd", "adam"], colors=colors).look
    assert look.colors == ("red", to_hex(numbers))


@pytest.mark.parametrize("colour", [(0, 0), (0, 0, 255), (0, 0, float("nan")), ("r", "g", "b")])
def test_other_numbers_are_no_colours(colour: Any) -> None:
    with pytest.raises(BadValue, match="three numbers from 0 to 1 are wanted"):
        optviz.trace(opt=["gd", "adam", "adagrad"], colors=[colour])


def test_an_unknown_suffix_is_answered_with_what_means_the_same(tmp_path: Path) -> None:
    figure = optviz.trace()
    with pytest.raises(UnknownName, match="no format is called 'json'; write jsonl"):
        figure.save(tmp_path / "a.json")
    with pytest.raises(UnknownName, match=r"known: apng, .*, svg, webp, csv, jsonl, "):
        figure.save(tmp_path / "a.abcdef")
    assert not [*tmp_path.iterdir()]
