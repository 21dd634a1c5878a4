"""A figure as words: the same in flags, in a batch file, and in the recipe inside a picture."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from optviz import __version__, spec
from optviz.errors import BadValue, OptvizError, UnknownName
from optviz.registry import stems
from optviz.spec import CompareSpec, FilmSpec, JudgeSpec, LookSpec, RunSpec, StepSpec, SweepSpec

if TYPE_CHECKING:
    from optviz.scene import Look, Scene
    from optviz.walks.engine import Walk
    from optviz.walks.trajectory import Trajectory


Made = Callable[["Walk"], "Trajectory"]


class Drawn(NamedTuple):
    """What a figure comes to: what is drawn, how it looks, and the runs that it shows."""

    scene: Scene
    look: Look
    runs: list[Trajectory]

    @property
    def final(self) -> list[dict[str, Any]]:
        """How each run ended, as plain data; of very many, the first."""
        from optviz.walks.seeds import medians

        few = (
            run if len(run.seeds) > 1 else run.take(list(range(run.batch))[:MANY])
            for run in self.runs
        )
        return [_final(row) for row in medians(few)[:MANY]]


VIEWS = stems("optviz.figures")
GROUPS: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(VIEWS, (RunSpec, LookSpec, FilmSpec)),
    "trace": (RunSpec, StepSpec, LookSpec, FilmSpec),
    "compare": (RunSpec, CompareSpec, LookSpec, FilmSpec),
    "sweep": (RunSpec, SweepSpec, LookSpec),
    "inspect": (RunSpec, JudgeSpec, LookSpec),
}
FRAMED = ("fit", "lock", "equal")  # what `--view` of a figure may be, which no figure is called


@dataclass(frozen=True)
class Figure:
    """A view and the groups of words that make it, as `GROUPS` lists them."""

    view: str
    groups: tuple[Any, ...]

    def words(self, film: bool = True) -> dict[str, Any]:
        """Every word that is not the usual one, in a fixed order: plain data.

        The view comes first; where `--view` frames it otherwise than usual and so takes that word,
        the view is the `command`. Without `film`, the words that only move are left out.
        """
        found: dict[str, Any] = {}
        for group in self.groups:
            for f in fields(group):
                value = getattr(group, f.name)
                if value != f.default and (film or not isinstance(group, FilmSpec)):
                    found[f.name] = list(value) if isinstance(value, tuple) else value
        return {"command" if "view" in found else "view": self.view, **found}

    def of(self, kind: type) -> Any:
        """The group of one kind."""
        return next(group for group in self.groups if isinstance(group, kind))

    def draw(self, made: Made = lambda walk: walk.run()) -> Drawn:
        """Runs what is to run and makes the scene, its recipe in it. Raises `OptvizError`.

        `made` makes the run of a walk, by workers for example.
        """
        return self.signed(_DRAW[self.view](made, *self.groups))

    def signed(self, drawn: Drawn) -> Drawn:
        """What was drawn, with the recipe of this figure in its scene."""
        from optviz.scene import Recipe

        final = {"final": drawn.final} if drawn.runs else {}
        still, film = (
            json.dumps({"optviz": __version__, **self.words(moves), **final}, allow_nan=False)
            for moves in (False, True)
        )
        return drawn._replace(scene=replace(drawn.scene, recipe=Recipe(still, film)))


MANY = 50  # runs, and coordinates, whose final values a recipe holds at most


def _final(row: Trajectory) -> dict[str, Any]:
    facts = row.facts()
    facts["x"] = facts["x"][:MANY]
    return {key: facts[key] for key in ("optimizer", "x", "f", "status")}


def read(words: dict[str, Any]) -> tuple[Figure | None, list[OptvizError]]:
    """The figure that the words spell, or None and everything that is wrong with them.

    Words are those of the flags, without dashes. `view` is that of the figure, or, as `--view`, how
    it is framed; `command` says the figure's where both are wanted. It is `trace` if not said.
    """
    words = dict(words)
    view = words.pop("command", None)
    if view is None:
        view = "trace" if words.get("view") in FRAMED else words.pop("view", "trace")
    if not isinstance(view, str) or view not in GROUPS:
        return None, [UnknownName("view", str(view), GROUPS)]
    parts = [_kinds(group) for group in GROUPS[view]]
    known = {name: kind for part in parts for name, kind in part.items()}
    wrong: list[OptvizError] = []
    values: dict[str, Any] = {}
    for key, value in words.items():
        name = key.replace("-", "_")
        if name not in known:
            wrong.append(UnknownName(f"word of {view}", key, known))
            continue
        try:
            values[name] = spec.plain(name, known[name], value)
        except BadValue as error:
            wrong.append(error)
    if wrong:
        return None, wrong
    groups = tuple(
        group(**{name: values[name] for name in part.keys() & values.keys()})
        for group, part in zip(GROUPS[view], parts, strict=True)
    )
    return Figure(view, groups), []


@cache
def _kinds(group: type) -> dict[str, str]:
    """The words of a group and their types, as these are spelled."""
    return {f.name: str(f.type) for f in fields(group)}


def _view(name: str) -> Callable[..., Drawn]:
    def draw(made: Made, run: RunSpec, look: LookSpec, film: FilmSpec) -> Drawn:
        from optviz import figures

        wanted, walks = spec.look(look, film), spec.walks(run)
        figures.check(name, walks, wanted)
        runs = [made(walk) for walk in walks]
        return Drawn(figures.scene(name, runs, wanted), wanted, runs)

    return draw


def _rates(made: Made, run: RunSpec, look: LookSpec, film: FilmSpec) -> Drawn:
    from optviz import figures
    from optviz.spec import replay

    if not replay.is_meant(run):
        return _view("rates")(made, run, look, film)
    wanted = spec.look(look, film)
    figures.check("rates", (), wanted)
    runs = replay.runs(run)
    return Drawn(figures.scene("rates", runs, wanted), wanted, runs)


def _trace(made: Made, run: RunSpec, step: StepSpec, look: LookSpec, film: FilmSpec) -> Drawn:
    if step.anatomy is None:
        return _view("trace")(made, run, look, film)
    from optviz.figures._anatomy import check, scene
    from optviz.studies.anatomy import anatomy

    wanted, walk = spec.look(look, film), spec.one(run)
    check(walk, step.anatomy, wanted)
    parts, done = anatomy(walk, step.anatomy), made(walk)
    return Drawn(scene(parts, done, wanted), wanted, [done])


def _compare(made: Made, run: RunSpec, rule: CompareSpec, look: LookSpec, film: FilmSpec) -> Drawn:
    from optviz import figures

    wanted, walks = spec.look(look, film), spec.walks(run)
    figures.check("compare", walks, wanted)
    walks, remark = spec.fair(walks, rule)
    if look.size == LookSpec.size:
        rows = look.rows.count(",") + 1
        size = f"{max(290 * len(walks) + 100, 640)}x{310 * rows + 110}"
        look = replace(look, size=f"{620 * rows}x560" if look.overlay else size)
        wanted = spec.look(look, film)
    wanted = replace(wanted, remark=remark)
    runs = [made(walk) for walk in walks]
    return Drawn(figures.scene("compare", runs, wanted), wanted, runs)


def _sweep(_made: Made, run: RunSpec, over: SweepSpec, look: LookSpec) -> Drawn:
    from optviz.figures import _sweep as chart

    wanted, marked = spec.look(look), spec.marked(over)
    return Drawn(chart.scene(spec.sweeps(run, over), wanted, marked), wanted, [])


def _inspect(_made: Made, run: RunSpec, done: JudgeSpec, look: LookSpec) -> Drawn:
    from optviz.figures import _inspect as chart

    wanted = spec.look(look)
    chart.check(wanted)
    return Drawn(chart.scene(spec.verdict(run, done.tol), wanted), wanted, [])


_DRAW: dict[str, Callable[..., Drawn]] = {
    **{name: _view(name) for name in VIEWS},
    "trace": _trace,
    "rates": _rates,
    "compare": _compare,
    "sweep": _sweep,
    "inspect": _inspect,
}
