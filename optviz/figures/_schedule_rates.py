"""The rates of schedules at steps 1, 2, …, and these as data."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from optviz import schedules
from optviz.arrays import Array
from optviz.errors import TextError
from optviz.schedules import Schedule
from optviz.text.numbers import shortest
from optviz.text.schema import numbered

_ASSIGNED = re.compile(r"^\s*+[^\W\d]\w*+\s*+=(?!=)\s*+")


@dataclass(frozen=True, eq=False)
class Rates:
    """A schedule with its rate (steps,) at steps 1, 2, …, and its momentum if it moves that."""

    schedule: Schedule
    rate: Array
    momentum: Array | None

    def facts(self) -> dict[str, Any]:
        """Plain data: the text of the schedule, and its values."""
        momentum = {} if self.momentum is None else {"momentum": self.momentum.tolist()}
        text, steps = str(self.schedule), len(self.rate)
        return {"schedule": text, "steps": steps, "rate": self.rate.tolist(), **momentum}


def read(what: str, text: str) -> Schedule:
    """The schedule of a text, which may be assigned: `scheduler = StepLR(0.1,30)`.

    Raises `TextError` or `UnknownName`.
    """
    text = _ASSIGNED.sub("", text)
    if not text.strip():
        raise TextError(what, text, 0, "a schedule such as cosine(0.3,60) is wanted")
    return schedules.parse(what, text)


def of(schedule: Schedule, steps: int) -> Rates:
    """The rates of the first steps."""
    with np.errstate(all="ignore"):
        rate = np.array([schedule(t) for t in range(1, steps + 1)], dtype=np.float64)
        if schedule.momentum(1) is None:
            return Rates(schedule, rate, None)
        momentum = [schedule.momentum(t) for t in range(1, steps + 1)]
    return Rates(schedule, rate, np.array(momentum, dtype=np.float64))


def _csv(content: list[Rates]) -> str:
    """One step a row: schedule, step, rate, momentum; the last is empty where it does not move."""
    lines = ["schedule,step,rate,momentum"]
    for one in content:
        name = '"' + str(one.schedule).replace('"', '""') + '"'
        momenta = [""] * len(one.rate) if one.momentum is None else map(shortest, one.momentum)
        rows = zip(map(shortest, one.rate), momenta, strict=True)
        lines += [f"{name},{step},{rate},{m}" for step, (rate, m) in enumerate(rows, start=1)]
    return "\n".join(lines) + "\n"


def _jsonl(content: list[Rates]) -> str:
    return "".join(json.dumps(numbered(one.facts()), ensure_ascii=False) + "\n" for one in content)


def _npz(content: list[Rates]) -> bytes:
    """Arrays `rate` and `momentum` (schedules, steps), nan where it does not move, and `meta`."""
    nothing = np.full(len(content[0].rate), np.nan)
    momenta = [nothing if one.momentum is None else one.momentum for one in content]
    meta = json.dumps([str(one.schedule) for one in content], ensure_ascii=False)
    stream = io.BytesIO()
    rates = np.array([one.rate for one in content])
    np.savez(stream, rate=rates, momentum=np.array(momenta), meta=np.array(meta))
    return stream.getvalue()


WRITERS: dict[str, Callable[[list[Rates]], str | bytes]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "npz": _npz,
}
