"""Modification times for Make and Ninja: no output stays older than what it is made from."""

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from optviz.batch._plan import Plan


def freshen(plan: Plan, outputs: Iterable[str]) -> None:
    """Sets the times of outputs that are older than a spec or data file of the plan to now.

    Their content is unchanged and was not written, and Make would run the batch every time. A file
    that is missing, or belongs to another user, is passed over.
    """
    sources = [*plan.inputs, *(path for item in plan.items for path in item.data)]
    newest = max(map(_time, sources), default=0)
    for output in outputs:
        if _time(output) < newest:
            with suppress(OSError):
                now = max(time.time_ns(), newest)
                os.utime(output, ns=(now, now))


def _time(path: str) -> int:
    try:
        return Path(path).stat().st_mtime_ns
    except OSError:
        return 0
