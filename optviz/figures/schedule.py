"""Learning-rate schedules alone: the rate against the step, without an optimizer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from optviz.errors import BadValue, Unfit
from optviz.figures._kind import Idle, Kind
from optviz.figures._log_steps import PLACES, XLOG, check_xlim
from optviz.figures._trajectory_kind import check_colors, check_labels, check_log_limits
from optviz.text.options import option

if TYPE_CHECKING:
    from optviz.figures._schedule_rates import Rates
    from optviz.recorder.training_log import TrainingLog
    from optviz.scene import Look, Scene
    from optviz.walks.engine import Walk
    from optviz.walks.parallel import Workers

_MOST = 1_000_000  # steps, each of which is computed
_EXAMPLE = 'one is wanted, as in optviz schedule "cosine(0.3,60)" (optviz list schedules)'


def read_schedules(name: str, texts: tuple[str, ...]) -> None:
    """Raises `OptvizError` for a text that is no schedule."""
    from optviz.figures import _schedule_rates

    for text in texts:
        _schedule_rates.read(name, text)


@dataclass(frozen=True)
class Schedule(Kind["list[Rates]"]):
    """η(t) of one schedule or several, each a curve."""

    says = "learning-rate schedules against the step, without an optimizer"
    does = "Draw learning-rate schedules, such as cosine(0.3,60)."
    examples = """
Half a cosine, after ten steps of warm-up:
  optviz schedule "cosine(0.3,60,warmup=10)"
A schedule of PyTorch, in its own words, for 40 steps:
  optviz schedule "StepLR(0.4,step_size=10,gamma=0.5)" -n 40
Several as curves, on a log axis:
  optviz schedule "exponential(0.4,0.9)" "invsqrt(0.4)" --ylog
Under names of your own:
  optviz schedule "cosine(0.3,60)" "polynomial(0.3,60)" \\
    --label cosine --label line
The numbers instead of the picture:
  optviz schedule "cosine(0.3,60)" -n 60 -o cosine.csv
"""
    moves = False
    argument = "schedule"
    data_options = frozenset({"schedule"})
    printed_formats = frozenset({"csv", "jsonl", "npz"})
    lacks = frozenset(
        {"objective", "target", "loss", "standardize", "intercept", "l2", "rotate", "opt", "eta"}
        | {
            "beta",
            "rho",
            "beta1",
            "beta2",
            "eps",
            "clip",
            "param",
            "start",
            "gradient",
            "seed",
            "seeds",
        }
        | {"expected", "strict", "color", "jobs", "executor", "scheduler"}
    )
    steps = 100

    schedule: tuple[str, ...] = option(
        (), "schedule, such as StepLR(0.1,step_size=30), repeatable", read=read_schedules
    )
    ylog: bool = option(False, "rates on a log axis")
    xlog: bool = XLOG
    against: str = PLACES

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        if walks:
            if not self.schedule:
                raise BadValue("schedule", "nothing", _EXAMPLE)
            check_labels(look, len(self.schedule), "schedule")
            check_colors(look, len(self.schedule), "schedule")
        check_xlim(look, self.xlog)
        if walks and not 1 <= walks[0].steps <= _MOST:
            raise BadValue("steps", walks[0].steps, f"1 to {_MOST} is wanted")
        if self.ylog:
            check_log_limits(look)

    def idle(self, walks: Sequence[Walk], look: Look) -> Idle:
        if walks:
            yield "against", "of a log of training; a schedule is drawn against the step"

    def of_training(self, logs: list[TrainingLog]) -> Kind[list[TrainingLog]]:
        from optviz.figures._training_kind import against_of
        from optviz.figures._training_loss import TrainingSchedule

        if self.schedule:
            raise Unfit("a log of training has its own learning rates; leave the schedules out")
        return TrainingSchedule(self, self.ylog, self.xlog, against_of(self.against))

    def content(self, walks: Sequence[Walk], workers: Workers) -> list[Rates]:
        from optviz.figures import _schedule_rates

        schedules = [_schedule_rates.read("schedule", text) for text in self.schedule]
        found = [_schedule_rates.of(schedule, walks[0].steps) for schedule in schedules]
        if self.ylog and not any((one.rate > 0).any() for one in found):
            raise Unfit("no rate above 0 to draw on a log axis; leave --ylog out")
        return found

    def scene(self, content: list[Rates], look: Look) -> Scene:
        from optviz.figures import _schedule_scene

        return _schedule_scene.scene(content, look, log=self.ylog, xlog=self.xlog)

    def formats(self) -> Mapping[str, str]:
        return {"csv": ".csv", "jsonl": ".jsonl", "npz": ".npz"}

    def write(self, content: list[Rates], form: str, stream: IO[Any]) -> None:
        from optviz.figures._schedule_rates import WRITERS

        stream.write(WRITERS[form](content))

    def facts(self, content: list[Rates]) -> dict[str, Any]:
        return {"schedules": [one.facts() for one in content]}

    def numbers(self, walks: Sequence[Walk]) -> int:
        return 2 * len(self.schedule) * walks[0].steps if walks else 0

    def trials(self) -> int:
        return max(sum(1 + text.count("(") for text in self.schedule), 1)  # those within others too
