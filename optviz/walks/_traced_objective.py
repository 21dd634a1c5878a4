"""An objective on a tape: its values, gradients and Hessians at traced points."""

from __future__ import annotations

from typing import Any

import numpy as np

from optviz.objectives import Objective
from optviz.objectives.smooth import Smooth
from optviz.tape import Tape, Traced, Tracer, Untraceable


class TracedObjective:
    """What a rule asks of an objective, on a tape."""

    def __init__(self, tracer: Tracer, objective: Objective) -> None:
        self.tracer, self.objective = tracer, objective

    @property
    def quadratic(self) -> Any:
        """The objective where it is a quadratic, else None."""
        return self.objective.quadratic

    def value(self, x: Traced) -> Any:
        """f at each row."""
        return self.value_and_grad(x)[0]

    def grad(self, x: Traced) -> Any:
        """∇f at each row."""
        return self.value_and_grad(x)[1]

    def value_and_grad(self, x: Traced) -> tuple[Any, Any]:
        """f and ∇f at each row."""
        if not isinstance(self.objective, Smooth):
            return self.objective.value_and_grad(x)  # type: ignore[arg-type]
        found = self._replayed(self.objective.with_gradient, x)
        return found[:, 0], found[:, 1:]

    def hessian(self, x: Traced) -> Any:
        """∇²f at each row."""
        if not isinstance(self.objective, Smooth):
            return self.objective.hessian(x)  # type: ignore[arg-type]
        n = self.objective.dim
        rows, columns = np.tril_indices(n)
        place = np.zeros((n, n), dtype=np.int64)
        place[rows, columns] = place[columns, rows] = range(len(rows))
        return self._replayed(self.objective.second, x)[:, place]

    def along(self, x: Traced, grad: Traced, d: Traced) -> Any:
        """The least along a line, where it has a closed form. Raises `Untraceable`."""
        if self.objective.quadratic is None:
            raise Untraceable("it searches along lines")
        return self.objective.along(x, grad, d)  # type: ignore[arg-type]

    def _replayed(self, tape: Tape, x: Traced) -> Traced:
        found = [tape.replayed(self.tracer, row) for row in x.places.tolist()]
        return Traced(self.tracer, np.array(found, dtype=np.int64))
