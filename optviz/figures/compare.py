"""Small multiples: a column an optimizer, a row a figure kind, with shared axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from optviz import figures
from optviz.errors import Unfit, UnknownName
from optviz.figures._kind import Idle, Kind
from optviz.figures._trajectory_kind import (
    TrajectoryKind,
    check_colors,
    check_labels,
    labelled,
    rows_of,
)
from optviz.text.options import check, listed, option, options

if TYPE_CHECKING:
    from dataclasses import Field

    from optviz.scene import Look, Scene
    from optviz.walks.engine import Walk
    from optviz.walks.parallel import Workers
    from optviz.walks.trajectory import Trajectory

_TUNED = 41  # learning rates tried for each optimizer


def read_rows(name: str, text: str) -> tuple[str, ...]:
    """Names of kinds in `figures.trajectory_kinds`. Raises `UnknownName`."""
    del name
    rows = tuple(part.strip().lower() for part in text.split(","))
    for row in rows:
        if row not in figures.trajectory_kinds():
            raise UnknownName("row of compare", row, figures.trajectory_kinds())
    return rows


def _own(kind: str) -> Mapping[str, Field[Any]]:
    return figures.registry[kind].options()


class Comparison(NamedTuple):
    """The runs, and a remark on how their learning rates were chosen."""

    runs: list[Trajectory]
    remark: str = ""


@dataclass(frozen=True)
class Compare(Kind[Comparison]):
    """The panels of other figure kinds in rows, a column an optimizer; or all runs in each panel.

    `inner` holds options of the kinds in the rows, by name.
    """

    says = "small multiples: a column an optimizer, a row a kind of figure"
    does = "Draw small multiples: a column an optimizer, a row a kind."
    examples = """
Four optimizers, their paths above their rates:
  optviz compare --opt gd,momentum,rmsprop,adam
Losses too, and every optimizer at its best rate:
  optviz compare --opt gd,adagrad,adam --rows trace,loss --fair tuned
All in one panel:
  optviz compare --opt momentum,nesterov --eta 0.3 --rows loss --overlay
One rule with two momenta, under names of your own:
  optviz compare --opt momentum:beta=0.5 --opt momentum:beta=0.9 --eta 0.1 \\
    --label short --label long
On the valley turned by 45 degrees:
  optviz compare -f d2l-rotated --opt gd:eta=0.2 --opt adagrad:eta=2
"""

    data_options = frozenset({"fair"})
    walk_options = frozenset({"fair"})

    rows: str = option(
        "trace,rates", "figure kinds, one below the other", value="VIEWS", read=read_rows
    )
    overlay: bool = option(False, "draw all optimizers in each panel, rows side by side")
    fair: str = option(
        "as-given",
        "as-given, same-eta, same-first-step, tuned",
        value="RULE",
        choices=("as-given", "same-eta", "same-first-step", "tuned"),
    )
    inner: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def options(cls) -> Mapping[str, Field[Any]]:
        rows = [figures.registry[name].options() for name in figures.trajectory_kinds()]
        inner = {name: field for row in rows for name, field in row.items() if name != "anatomy"}
        return {**options(cls), **inner}

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Kind[Any]:
        own = {name: value for name, value in values.items() if name in options(cls)}
        inner = tuple((name, value) for name, value in values.items() if name not in own)
        return cls(**own, inner=inner)

    def changed(self) -> dict[str, Any]:
        fields = self.options()
        inner = {name: value for name, value in self.inner if value != fields[name].default}
        return {**super().changed(), **inner}

    @cached_property
    def kinds(self) -> list[TrajectoryKind]:
        """The rows, with such options as each has. Raises `UnknownName`, `BadValue`."""
        rows = []
        for name in read_rows("rows", self.rows):
            row = figures.registry[name]
            kind = row.read({key: value for key, value in self.inner if key in row.options()})
            check(kind)
            assert isinstance(kind, TrajectoryKind)
            rows.append(kind)
        return rows

    def idle(self, walks: Sequence[Walk], look: Look) -> Idle:
        for name, _ in self.inner:
            if not any(name in row.options() for row in self.kinds):
                having = listed(
                    tuple(kind for kind in figures.trajectory_kinds() if name in _own(kind))
                )
                yield name, f"an option of {having}, which is no row of {self.rows}"
        found = [(row, dict(row.idle(walks, look))) for row in self.kinds]
        for name, reason in {n: why for _, own in found for n, why in own.items()}.items():
            if all(name in own for row, own in found if name in row.options()):
                yield name, reason

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        if walks:
            count = len({walk.optimizer for walk in walks})
            check_labels(look, count)
            check_colors(look, count)
        for row in self.kinds:
            if row.panels() > 1:
                words = " ".join(f"{name}={value}" for name, value in row.changed().items())
                raise Unfit(f"{row.word()} has {row.panels()} panels with {words}; a row has one")
            row.check(walks, replace(look, labels=(), colors=()))

    def content(self, walks: Sequence[Walk], workers: Workers) -> Comparison:
        from optviz.studies.fair import with_fair_rates

        walks, remark = with_fair_rates(walks, self.fair)
        return Comparison([workers.run(walk) for walk in walks], remark)

    def of_runs(self, runs: list[Trajectory]) -> Comparison:
        if self.fair != "as-given":
            raise Unfit("these runs are over, so no rates can be chosen; leave --fair out")
        for row in self.kinds:
            row.of_runs(runs)
        return Comparison(runs)

    def runs(self, content: Comparison) -> list[Trajectory]:
        return content.runs

    def size(self, content: Comparison) -> tuple[int, int]:
        from optviz.figures import _compare_sheet

        if self.overlay:
            return 620 * len(self.kinds), 560
        return _compare_sheet.size(len(content.runs), len(self.kinds))

    def scene(self, content: Comparison, look: Look) -> Scene:
        import numpy as np

        from optviz.figures import _compare_scene

        with np.errstate(all="ignore"):
            runs = labelled(rows_of(content.runs), look)
            if not runs:
                raise Unfit("nothing to compare: a run is wanted")
            return _compare_scene.scene(
                runs, look, self.kinds, content.remark, overlay=self.overlay
            )

    def trials(self) -> int:
        return _TUNED if self.fair == "tuned" else 1
