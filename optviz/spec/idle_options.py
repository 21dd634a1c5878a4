"""Which options of a figure change nothing, and why: in its outputs, and on its walks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from optviz.figures import Kind
from optviz.spec._fields import FilmSpec, LookSpec, RunSpec
from optviz.spec._size import has_points
from optviz.spec.kind_options import PAGES
from optviz.text import options

if TYPE_CHECKING:
    from optviz.scene import Look
    from optviz.walks.engine import Walk

Reasons = Iterator[tuple[str, str]]  # options, and why each changes nothing

_NO_RESOLUTION = "for sizes in inches, and no output here holds a resolution; leave it out"


def in_outputs(kind: Kind[Any], pictures: bool, films: bool) -> Reasons:
    """The options of films where there are none, those of pictures where there are none."""
    for name in () if films else options.options(FilmSpec):
        yield name, "for films; an output that ends in .gif, .mp4, … is wanted"
    if not pictures:
        for name in {**options.options(LookSpec), **kind.options()}:
            if name not in kind.data_options:
                yield name, "for pictures, and no output is one; leave it out"


def in_formats(
    look: LookSpec, resolution: bool, idle: Collection[str], used: Collection[str]
) -> Reasons:
    """The options that none of the formats of the outputs can use, as `FigureSpec.fit` has them."""
    unplayed = ((name, "for films that are played, not for frames") for name in idle)
    undrawn = [] if resolution or has_points(look) else [("dpi", _NO_RESOLUTION)]
    pages = "for pages; an output that ends in .html is wanted"
    unused = ((name, pages) for name in PAGES if name not in used)
    return chain(unplayed, undrawn, unused)


def in_walks(kind: Kind[Any], run: RunSpec, walks: list[Walk], look: Look) -> Reasons:
    """The options of what runs, and those of the kind, that change nothing on these walks."""
    if walks and not walks[0].oracle.source.random:
        gradient = f"{walks[0].oracle.source} gradients are"
        yield "seed", f"for gradients that are drawn, such as noise(1); {gradient} not"
    if walks and all(walk.expected for walk in walks) and run.seeds == 1:
        yield "seed", "the exact law draws nothing; leave it out, or draw with --seeds"
    if run.log:
        for name in options.options(RunSpec):
            if name != "log":
                yield name, "of what optimizers do, and a log of training has it; leave it out"
    for name, reason in kind.idle(walks, look):
        yield name, reason
        if any(pair.partition("=")[0].strip() == name for pair in run.param):
            yield "param", f"{name} is {reason}"
