"""Residual polynomials over the spectrum of Q."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from optviz.errors import BadValue, Unfit
from optviz.figures._kind import Idle, Kind
from optviz.figures._trajectory_kind import check_labels
from optviz.text.options import option

if TYPE_CHECKING:
    from optviz.scene import Look, Scene
    from optviz.studies.residuals import Residuals
    from optviz.walks.engine import Walk
    from optviz.walks.parallel import Workers

_MANY = 9  # optimizers beyond which no panel is large enough to be read
_MOST_STEPS = 1000


def read_degrees(name: str, text: str) -> tuple[int, ...]:
    """Numbers of steps, ascending and each once. Raises `BadValue`."""
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() and int(part) > 0 for part in parts):
        raise BadValue(name, text, "whole numbers from 1 on are wanted, such as 1,3,6")
    return tuple(sorted({int(part) for part in parts}))


@dataclass(frozen=True)
class Polynomial(Kind["list[Residuals]"]):
    """What t steps leave of each eigenvector, Pₜ(λ), between the ends of the spectrum."""

    says = "residual polynomials: what t steps leave of each eigenvalue"
    does = "Draw what t steps leave of each eigenvector, as a polynomial."
    examples = """
Gradient descent at its best rate, after 1, 2, 3 and 6 steps:
  optviz polynomial -f "quadratic(kappa=10,dim=20)" --opt gd:eta=1.82
Chebyshev's method is lowest in the worst place of all fixed plans:
  optviz polynomial -f "quadratic(kappa=100,dim=20)" -n 8 \\
    --opt gd:eta=1.98 --opt momentum:eta=3.31,beta=0.669 --opt chebyshev
Conjugate gradients put zeros on the eigenvalues:
  optviz polynomial -f "quadratic(kappa=20,dim=5)" --opt cg \\
    -n 5 --degree 1,3,5
On a log axis, where the eigenvalues are far apart:
  optviz polynomial -f "quadratic(kappa=1e4,dim=9)" --opt chebyshev --xlog
The numbers instead of the picture:
  optviz polynomial -f "quadratic(kappa=10,dim=5)" --opt cg -n 5 -o cg.csv
"""
    moves = False
    printed_formats = frozenset({"csv", "jsonl", "npz"})
    data_options = frozenset({"degree"})
    optimizers = ("gd",)
    steps = 6
    lacks = frozenset(
        {"gradient", "seed", "seeds", "expected", "strict", "color", "colors", "legend"}
        | {"loss"}  # of which squares alone make a quadratic
        | {"jobs", "executor", "scheduler", "rho", "beta1", "beta2"}  # of rules that have none
    )

    degree: str | None = option(
        None, "steps to draw, as 1,3,6", value="T,…", read=read_degrees, usual="up to four"
    )
    xlog: bool = option(False, "eigenvalues on a log axis")

    def degrees(self, steps: int) -> tuple[int, ...]:
        """The steps to draw: those of the option, or up to four of all, the last with them."""
        if self.degree is not None:
            return read_degrees("degree", self.degree)
        return tuple(sorted({max(1, round(steps ** (i / 3))) for i in range(4)}))

    def least_steps(self) -> int:
        return max(2, *self.degrees(1))

    def idle(self, walks: Sequence[Walk], look: Look) -> Idle:
        from optviz.theory import stability

        if walks and all(stability.is_linear(walk.optimizer.rule) for walk in walks):
            yield "start", "without effect: these steps are the same from everywhere; leave it out"

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        from optviz.studies import residuals

        if self.xlog and look.xlim and look.xlim[0] <= 0:
            raise BadValue("xlim", f"{look.xlim[0]:g}", "above 0 is wanted with --xlog")
        if not walks:
            return
        check_labels(look, len(walks))
        if len(walks) > _MANY:
            raise Unfit(f"{len(walks)} optimizers are too many for a panel each; {_MANY} at most")
        if len(walks[0].start) > 1:
            raise BadValue("start", f"{len(walks[0].start)} of them", "one start is wanted here")
        steps = walks[0].steps
        if not 1 <= steps <= _MOST_STEPS:
            raise BadValue("steps", steps, f"1 to {_MOST_STEPS} is wanted")
        if self.degrees(steps)[-1] > steps:
            raise BadValue("degree", self.degree, f"at most {steps}, the steps, is wanted")
        for walk in walks:
            residuals.check(walk)

    def content(self, walks: Sequence[Walk], workers: Workers) -> list[Residuals]:
        from optviz.studies.residuals import residuals

        del workers
        return [residuals(walk, log=self.xlog) for walk in walks]

    def scene(self, content: list[Residuals], look: Look) -> Scene:
        from optviz.figures import _polynomial_scene

        degrees = self.degrees(content[0].steps)
        return _polynomial_scene.scene(content, look, degrees, xlog=self.xlog)

    def size(self, content: list[Residuals]) -> tuple[int, int]:
        return (1200, 800) if len(content) > 2 else super().size(content)

    def formats(self) -> Mapping[str, str]:
        return {"csv": ".csv", "jsonl": ".jsonl", "npz": ".npz"}

    def write(self, content: list[Residuals], form: str, stream: IO[Any]) -> None:
        from optviz.figures._polynomial_data import WRITERS

        stream.write(WRITERS[form](content, self.degrees(content[0].steps)))

    def facts(self, content: list[Residuals]) -> dict[str, Any]:
        from optviz.figures._polynomial_data import facts

        degrees = self.degrees(content[0].steps)
        return {"polynomials": [facts(one, degrees) for one in content]}

    def numbers(self, walks: Sequence[Walk]) -> int:
        return 700 * len(walks) * (walks[0].steps + 1)
