"""Draws many figures from spec files: all checked before the first, only changed ones drawn.

    from optviz import batch

    plan = batch.read(["course.toml"])
    reports = batch.run(plan, jobs=2)

`optviz.batch("course.toml", jobs=2)` is both, as is `batch.draw`.
An optimizer from outside optviz is refused unless `allow_code` is True. A program that uses `jobs`
calls this below `if __name__ == "__main__":`, because multiprocessing imports its main module.
"""

from optviz.batch._cache import cache_folder
from optviz.batch._call import draw, make_callable
from optviz.batch._faults import Fault, WrongBatch
from optviz.batch._item import Item
from optviz.batch._placed import PlacedTable
from optviz.batch._plan import Plan, read, read_tables
from optviz.batch._report import Report, counts, depfile
from optviz.batch._run import check, run
from optviz.batch._specimen import SPECIMEN
from optviz.batch._timestamps import freshen

__all__ = [
    "SPECIMEN", "Fault", "Item", "PlacedTable", "Plan", "Report", "WrongBatch", "cache_folder",
    "check", "counts", "depfile", "draw", "freshen", "make_callable", "read", "read_tables", "run",
]  # fmt: skip

make_callable(__name__)
