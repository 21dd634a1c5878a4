"""The batch as one call: `optviz.batch("course.toml")`."""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from optviz import notes, workers
from optviz.batch._plan import read
from optviz.batch._report import Report
from optviz.batch._run import run
from optviz.errors import BadValue
from optviz.spec.in_python import spoken


@spoken()
def draw(
    *specs: str | Path | Mapping[str, Mapping[str, Any]],
    out_dir: str | Path | None = None,
    only: str | Iterable[str] = (),
    jobs: int = 1,
    cache: str | Path | None = None,
    fail_fast: bool = False,
    dry_run: bool = False,
    allow_code: bool = False,
) -> list[Report]:
    """Draws every figure of spec files, or of tables by the names of their figures.

    A report of each figure comes back, with its `paths`, `status` and `error`. out_dir: the folder
    of the outputs, beside the spec by default. only: names of figures, with * for any letters.
    jobs: processes. cache: the folder of drawn figures; without one all are drawn. fail_fast: the
    first figure that fails is the last. dry_run: says what would be done. allow_code: runs
    optimizers that are code from outside. Raises `WrongBatch` with all mistakes, before anything is
    drawn, `WorldError` for a file that cannot be read, `Unfit` for jobs of a script that does not
    call this below `if __name__ == "__main__":`.

    >>> tables = {"both": {"opt": ["adam", "gd"], "eta": 0.3, "output": "both.png"}}
    >>> (report,) = optviz.batch(tables)
    >>> assert report.status == "drawn"
    """
    _refuse_others(specs)
    tables = [spec for spec in specs if isinstance(spec, Mapping)]
    files = [str(spec) for spec in specs if not isinstance(spec, Mapping)]
    if tables and (files or len(tables) > 1):
        raise BadValue("batch", "files and tables", "spec files or one table are wanted")
    plan = read(tables[0] if tables else files, out_dir=out_dir, allow_code=allow_code)
    if jobs > 1:
        workers.check_main()
    names = (only,) if isinstance(only, str) else tuple(only)
    return run(
        plan.only(names) if names else plan,
        jobs=jobs, cache=cache, fail_fast=fail_fast, dry=dry_run, remark=notes.warn,
    )  # fmt: skip


def _refuse_others(specs: tuple[Any, ...]) -> None:
    """Raises `BadValue` for what is neither a path nor tables, and for nothing at all."""
    if not specs:
        raise BadValue("batch", "nothing", 'a spec file such as "course.toml" is wanted')
    for spec in specs:
        if not isinstance(spec, str | Path | Mapping):
            raise BadValue("batch", repr(spec), "spec files or tables are wanted")
        if isinstance(spec, Mapping) and not all(isinstance(t, Mapping) for t in spec.values()):
            raise BadValue("batch", repr(spec), "each figure has a table: {name: {…}}")


class CallableModule(ModuleType):
    """A module that can be called, so that `optviz.batch(…)` is one among the functions."""

    def __call__(self, *sources: Any, **options: Any) -> Any:
        return self.draw(*sources, **options)


def make_callable(name: str) -> None:
    """Makes the module of this name callable: what it does is its function `draw`."""
    sys.modules[name].__class__ = CallableModule
