"""The horizontal axis of logs of training: steps, or the time in which they ran."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures._log_steps import logarithmic
from optviz.phrases import say
from optviz.recorder.training_log import TrainingLog
from optviz.scene import Curve, Look, Panel, Spread

_UNITS = (  # each with its seconds, and up to how many it serves
    ("s", 1.0, 600.0),
    ("min", 60.0, 3 * 3600.0),
    ("h", 3600.0, 4 * 86_400.0),
    ("d", 86_400.0, np.inf),
)


class Part(Protocol):
    """What is measured at steps, and times, of a training: a layer, a curvature, a number."""

    @property
    def steps(self) -> Array:
        """The steps (n,)."""

    @property
    def times(self) -> Array:
        """The times (n,) in seconds."""


@dataclass(frozen=True)
class Axis:
    """Steps, or time in a `unit` of so many `seconds`; logarithmic or not."""

    against: str = "step"
    unit: str = "s"
    seconds: float = 1.0
    xlog: bool = False

    @classmethod
    def of(cls, logs: Iterable[TrainingLog], against: str, *, xlog: bool) -> "Axis":
        """The axis on which all logs have a place. Raises `Unfit` for a log without times."""
        if against == "step":
            return cls(xlog=xlog)
        last = 0.0
        for log in logs:
            known = np.concatenate([np.empty(0), *map(times, parts(log))])
            if not np.isfinite(known).any():
                raise Unfit(f"{log.file or 'the log'} has no times; leave --against time out")
            last = max(last, float(np.nanmax(known)))
        unit, seconds, _ = next(one for one in _UNITS if last <= one[2])
        return cls(against, unit, seconds, xlog)

    def places(self, part: Part) -> Array:
        """Where the measurements of a part stand: (n,)."""
        return part.steps if self.against == "step" else times(part) / self.seconds

    def film_times(self, part: Part) -> Array | None:
        """The steps (n,) at which a film shows the measurements, None where these are the axis."""
        return None if self.against == "step" else part.steps

    @property
    def label(self) -> str:
        """The name of the axis."""
        return say("step axis") if self.against == "step" else say(f"time axis {self.unit}")

    def finished(self, panel: Panel, look: Look) -> Panel:
        """The panel with limits around its curves, its steps on a log axis if that is asked."""
        xs = [mark.points[:, 0] for mark in panel.marks if isinstance(mark, Curve)]
        xs += [mark.steps for mark in panel.marks if isinstance(mark, Spread)]
        every = np.concatenate(xs)
        every = every[np.isfinite(every)]
        first, last = float(every.min()), float(every.max())
        limits = (first, last) if last > first else (first - 1, last + 1)
        panel = replace(panel, xlim=look.xlim or limits, xlabel=self.label)
        if not self.xlog:
            return panel
        if not (every > 0).any():
            raise Unfit("nothing after step 0 to draw on a log axis; leave --xlog out")
        return logarithmic(panel, float(every[every > 0].min()))


def times(part: Part) -> Array:
    """The times (n,) of a part, nan where the log has none."""
    return part.times if len(part.times) else np.full(len(part.steps), np.nan)


def parts(log: TrainingLog) -> list[Part]:
    """All that is measured in a log."""
    return [*log.layers, *log.curvatures, *log.logged]
