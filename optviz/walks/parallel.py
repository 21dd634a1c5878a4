"""Workers that share the rows of a walk or a sweep; results do not depend on how many there are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from optviz.arrays import Array, Ints
from optviz.errors import WorldError, bug
from optviz.gradients import Oracle
from optviz.walks import engine
from optviz.walks.engine import Walk, Watch
from optviz.walks.seeds import concatenate
from optviz.walks.trajectory import Trajectory
from optviz.workers import Lost, Make, done, here

W = TypeVar("W")
R = TypeVar("R")


@dataclass(frozen=True)
class Workers:
    """`jobs` workers, of the executor that `make` opens; 1 is this process alone.

    `watch` is called with the number of steps or rows that are done, and of all.
    """

    jobs: int = 1
    make: Make = here
    watch: Watch | None = None

    def run(self, walk: Walk) -> Trajectory:
        """The trajectory of the walk; walks of many seeds are divided by rows.

        Raises `WorldError` if a worker is lost twice, and what `Walk.run` raises.
        """
        walk = replace(walk, watch=self.watch or walk.watch)
        batch = len(walk.rows)
        if self.jobs == 1 or batch < 2 or len(walk.oracle.streams.seed) != batch:
            return walk.run()
        if walk.expected:
            mean = replace(walk, oracle=walk.oracle.take([0])).run()
            return replace(mean, spread=self.run(replace(walk, expected=False)))
        whole = concatenate(self._parts(walk))
        return replace(whole, objective=walk.objective, optimizer=walk.optimizer)

    def _parts(self, walk: Walk) -> list[Trajectory]:
        """Trajectories of blocks of rows, in the order of the rows."""
        starts, oracle = walk.rows, walk.oracle
        plain = replace(walk, watch=None)
        parts: dict[int, Trajectory] = {}

        def seeds(rows: Ints) -> tuple[str, str]:
            first, last = (oracle.streams.seed[rows[i]] for i in (0, -1))
            return "run", f"seeds {first} to {last}"

        blocks = np.array_split(np.arange(len(starts)), min(2 * self.jobs, len(starts)))
        works = ((plain, starts[rows], oracle.take(rows)) for rows in blocks)
        for rows, part in self.each(_run_rows, works, blocks, seeds):
            parts[int(rows[0])] = part
        return [parts[first] for first in sorted(parts)]

    def each(
        self,
        call: Callable[[W], R],
        works: Iterator[W],
        blocks: list[Ints],
        name: Callable[[Ints], tuple[str, str]],
    ) -> Iterator[tuple[Ints, R]]:
        """Blocks of rows with what `call` returns for the work of each, as they are finished.

        Raises `WorldError`, with the verb and object that `name` gives, if a worker is lost twice.
        """
        finished, total = 0, sum(map(len, blocks))
        for number, result in done(call, works, self.make):
            rows = blocks[number]
            if isinstance(result, Lost):
                raise WorldError(*name(rows), str(result))
            yield rows, result
            finished += len(rows)
            if self.watch:
                self.watch(finished, total)


ALONE = Workers()  # this process


def _run_rows(work: tuple[Walk, Array, Oracle]) -> Trajectory:
    walk, rows, oracle = work
    with bug.reported():
        return engine.run(walk.objective, walk.optimizer, rows, walk.steps, oracle)
