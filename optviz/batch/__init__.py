"""Many figures from spec files: read, checked whole, and drawn where something changed.

    from optviz import batch

    plan = batch.read(["course.toml"])
    reports = batch.run(plan, jobs=2)

An optimizer that brings code of its own is refused unless `allow_code` is said. From a program that
uses `jobs`, call this below `if __name__ == "__main__":`, as multiprocessing wants it.
"""

from optviz.batch._cache import cache_folder
from optviz.batch._faults import Fault, WrongBatch
from optviz.batch._fresh import freshen
from optviz.batch._items import Item
from optviz.batch._plan import Plan, read
from optviz.batch._report import Report, counts, depfile
from optviz.batch._run import check, run
from optviz.batch._specimen import SPECIMEN

__all__ = [
    "SPECIMEN", "Fault", "Item", "Plan", "Report", "WrongBatch", "cache_folder", "check", "counts",
    "depfile", "freshen", "read", "run",
]  # fmt: skip
