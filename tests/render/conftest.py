"""Pages to place words on, without a figure of the program's."""

from collections.abc import Callable, Iterator

import pytest
from browser import browser  # noqa: F401  # a fixture

from optviz.render.draw.figure import paper, settings
from optviz.render.draw.page import Page
from optviz.scene import Look, Panel, Scene

EMPTY = Scene("", "", (Panel((), (0.0, 1.0), (0.0, 1.0), "", ""),), "")


@pytest.fixture
def page() -> Iterator[Callable[..., Page]]:
    """Makes empty pages of a look for a scene."""

    def make(scene: Scene = EMPTY, **look: object) -> Page:
        return paper(scene, Look(**look))  # type: ignore[arg-type]

    with settings():
        yield make
