"""Which of the kinds that `plot` draws move, and which are drawn in lines alone."""

from optviz import figures, spec
from optviz.scene import Cells
from optviz.spec import RunSpec


def _lined(kind: str) -> bool:
    """Whether a figure of this kind has no map of pixels."""
    panels = figures.scene(kind, [walk.run() for walk in spec.walks(RunSpec(steps=2))]).panels
    return not any(isinstance(mark, Cells) for panel in panels for mark in panel.marks)


MOVING = tuple(kind for kind in figures.of_trajectories() if figures.registry[kind].moves)
LINED = tuple(kind for kind in figures.of_trajectories() if _lined(kind))
