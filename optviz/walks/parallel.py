"""A walk of many seeds and starts, its rows dealt to workers: the same run, whoever makes it."""

from dataclasses import replace

import numpy as np

from optviz.arrays import Array
from optviz.errors import WorldError, bug
from optviz.gradients import Oracle
from optviz.walks import engine
from optviz.walks.engine import Walk
from optviz.walks.seeds import joined
from optviz.walks.trajectory import Trajectory
from optviz.workers import Lost, Make, done, here

_PIECES = 2  # a worker


def run(walk: Walk, jobs: int = 1, crew: Make = here) -> Trajectory:
    """All of the walk, in pieces by `jobs` workers of the `crew` where it has rows for them.

    Raises `WorldError` where a piece is lost twice, and what `Walk.run` raises.
    """
    rows, draws = walk.rows, walk.oracle.draws
    if jobs == 1 or len(rows) < 2 or len(draws.seed) != len(rows):
        return walk.run()
    if walk.expected:
        mean = replace(walk, oracle=walk.oracle.of([0])).run()
        return replace(mean, spread=run(replace(walk, expected=False), jobs, crew))
    walk, watch = replace(walk, watch=None), walk.watch
    places = np.array_split(np.arange(len(rows)), min(jobs * _PIECES, len(rows)))
    pieces = [(walk, rows[some], walk.oracle.of(some)) for some in places]
    found: dict[int, Trajectory] = {}
    for number, result in done(_made, pieces, crew):
        if isinstance(result, Lost):
            first, last = (walk.oracle.draws.seed[places[number][i]] for i in (0, -1))
            raise WorldError("run", f"seeds {first} to {last}", str(result))
        found[number] = result
        if watch:
            watch(len(found), len(pieces))
    whole = joined([found[number] for number in range(len(pieces))])
    return replace(whole, objective=walk.objective, optimizer=walk.optimizer)


def _made(piece: tuple[Walk, Array, Oracle]) -> Trajectory:
    walk, rows, oracle = piece
    with bug.reported():
        return engine.run(walk.objective, walk.optimizer, rows, walk.steps, oracle)
