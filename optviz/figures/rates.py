"""The effective learning rate of each coordinate against the step, under its ceilings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from optviz.errors import Unfit
from optviz.figures._kind import Idle
from optviz.figures._log_steps import PLACES, XLOG, check_xlim
from optviz.figures._trajectory_kind import TrajectoryKind, check_log_limits, rows_of
from optviz.text.options import option

if TYPE_CHECKING:
    from optviz.figures._kind import Kind
    from optviz.recorder.training_log import TrainingLog
    from optviz.scene import Look, Scene
    from optviz.walks.engine import Walk
    from optviz.walks.trajectory import Trajectory


@dataclass(frozen=True)
class Rates(TrajectoryKind):
    """η(t)·scale on a log axis; a coordinate grows while its rate is above its ceiling 2/λ.

    Of the sharpness: λmax(diag(rate)·H) at each step, against the constant C of the rule.
    """

    says = "effective learning rate of each coordinate, with the ceilings 2/λ"
    does = "Draw the effective learning rate of each coordinate."
    examples = """
The rate that AdaGrad gives each coordinate, under the ceilings 2/λ:
  optviz rates --opt adagrad --eta 2
Why Adam's first steps differ with and without bias correction:
  optviz rates --opt adam:eta=0.3 --opt rmsprop:eta=0.3 -n 40
The rates of Keras's AdaGrad beside PyTorch's:
  optviz rates --opt adagrad@keras:eta=0.4 --opt adagrad@torch:eta=0.4
A cosine schedule with its warm-up:
  optviz rates --opt "gd:eta=cosine(0.4,60,warmup=10)" -n 60
Whether a step is stable where the curvature changes:
  optviz rates -f rosenbrock --opt adagrad:eta=0.5 --of sharpness
The rates as numbers, a row a step:
  optviz rates --opt adagrad --eta 2 -o rates.csv
"""
    takes_logs = True
    data_options = frozenset({"of"})

    rate: str = option(
        "effective",
        "effective, realised or asymptotic, η/(1−β)",
        value="WHICH",
        choices=("effective", "realised", "asymptotic"),
    )
    of: str = option(
        "rates",
        "rates, or sharpness: λmax(diag(rate)·H)",
        value="WHAT",
        choices=("rates", "sharpness"),
    )
    xlog: bool = XLOG
    against: str = PLACES

    def idle(self, walks: Sequence[Walk], look: Look) -> Idle:
        if walks:
            yield "against", "of a log of training; the rates of a run are drawn against the step"
        if self.of == "sharpness":
            yield "rate", "the sharpness is that of effective rates; leave it out"

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        super().check(walks, look)
        self._check(look)
        if walks and not any(walk.steps for walk in walks):
            from optviz.figures._rates_scene import NOTHING

            raise Unfit(NOTHING)
        rules = [walk.optimizer.rule for walk in walks]
        if walks and self.rate == "asymptotic" and not any(rule.asymptotic() for rule in rules):
            raise Unfit("an asymptotic rate is that of a momentum: none of these rules has one")
        if walks and self.of == "sharpness":
            from optviz.figures import _sharpness_data

            _sharpness_data.check(walks[0].objective, walks[0].start)

    def _check(self, look: Look) -> None:
        check_log_limits(look)
        check_xlim(look, self.xlog)

    def draw(self, runs: list[Trajectory], look: Look) -> Scene:
        from optviz.figures import _rates_scene

        self._check(look)
        if self.of == "sharpness":
            from optviz.figures import _sharpness_scene

            return _sharpness_scene.scene(runs, look, xlog=self.xlog)
        return _rates_scene.scene(runs, look, self.rate, xlog=self.xlog)

    def formats(self) -> Mapping[str, str]:
        if self.of == "rates":
            return super().formats()
        from optviz.figures._sharpness_data import FORMATS

        return FORMATS

    def write(self, content: list[Trajectory], form: str, stream: IO[Any]) -> None:
        if self.of == "rates":
            return super().write(content, form, stream)
        from optviz.figures._sharpness_data import WRITERS, measured

        return WRITERS[form]([measured(run) for run in rows_of(content)], stream)

    def facts(self, content: list[Trajectory]) -> dict[str, Any]:
        whole = super().facts(content)
        if self.of == "rates":
            return whole
        from optviz.figures._sharpness_data import facts, measured

        own = [facts(measured(run)) for run in rows_of(content)]
        return {"runs": [run | new for run, new in zip(whole["runs"], own, strict=True)]}

    def of_training(self, logs: list[TrainingLog]) -> Kind[list[TrainingLog]]:
        from optviz.figures._training import TrainingRates
        from optviz.figures._training_kind import against_of

        if self.of == "sharpness":
            raise Unfit("the sharpness of a log of training is drawn by edge; leave --of out")
        return TrainingRates(self, self.rate, self.xlog, against_of(self.against))
