"""Names of walks in a page: texts, and between them the numbers of the sliders that they tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from optviz.errors import BadValue
from optviz.figures._knobs import with_value
from optviz.figures._optimizer_names import optimizer_name, setting_text
from optviz.figures._trajectory_kind import apart, labelled, roles

if TYPE_CHECKING:
    from optviz.optimizers import Optimizer
    from optviz.scene import Knob, Look
    from optviz.walks.trajectory import Trajectory

Parts = tuple[str | int, ...]  # an integer is the number of the slider whose value stands there


def with_labels(runs: list[Trajectory], look: Look) -> list[Trajectory]:
    """The runs with the labels of the look, if it has one for each optimizer."""
    count = len(set(roles(runs)))
    return labelled(runs, look) if len(apart(look.labels or ("",), count)) == count else runs


def name_and_title(run: Trajectory, name: str, knobs: Sequence[Knob]) -> tuple[Parts, Parts]:
    """The name of a walk with the values of its sliders in it, and what is left without them.

    A schedule stays in both: `cosine(0.4, 60)` has more than its slider.
    """
    if run.optimizer is None or run.label:
        return (name,), (run.label or name,)
    marks = {f"{0.51731 + i / 1e5:.5f}": i for i in range(len(knobs))}
    text = _marked(run.optimizer, name, dict(zip(marks, knobs, strict=True)))
    any_mark = "|".join(map(re.escape, marks)) or "(?!)"
    short = re.sub(rf"(^|, )[^,()]* = ({any_mark})(?=, |$)", "", text).removeprefix(", ")
    pattern = re.compile(f"({any_mark})")
    title = short or optimizer_name(run.optimizer)
    return tuple(_parts(pattern, text, marks)), tuple(_parts(pattern, title, marks))


def _parts(pattern: re.Pattern[str], text: str, marks: dict[str, int]) -> Iterator[str | int]:
    return (marks.get(part, part) for part in pattern.split(text) if part)


def _marked(optimizer: Optimizer, name: str, marks: dict[str, Knob]) -> str:
    """The name with the marks in the place of the values that may be them."""
    for mark, knob in marks.items():
        key = knob.name if knob.name in optimizer.rule.settings() else "eta"
        try:
            other = with_value(optimizer, knob.name, float(mark))
        except BadValue:
            continue
        for room in ("label", "all"):
            typed, moved = (setting_text(one, key, room) for one in (optimizer, other))
            name, found = re.subn(
                f"(^|, ){re.escape(typed)}(?=, |$)", rf"\g<1>{moved}", name, count=1
            )
            if found:
                break
        optimizer = other
    return name
