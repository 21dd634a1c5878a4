"""What Q and c say of themselves: eigenvalues, discs, and what a change of variables would do."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.objectives import Quadratic


class Disc(NamedTuple):
    """A Gershgorin disc, on the real axis an interval: Qᵢᵢ ± the sizes of the rest of row i."""

    centre: float
    radius: float


@dataclass(frozen=True, eq=False)
class Spectrum:
    """The shape of an objective: how steep it is where, and how much of that scaling can mend."""

    objective: Quadratic

    @property
    def discs(self) -> tuple[Disc, ...]:
        """Gershgorin's discs of Q, one a row; every eigenvalue lies in one of them."""
        return _discs(self.objective.Q)

    @cached_property
    def preconditioned(self) -> Quadratic | None:
        """f in z = D^½x, D the diagonal of Q: its matrix is D^(−½)QD^(−½), with 1 on the diagonal.

        None where an entry of the diagonal is not above 0, or beyond floating point.
        """
        diagonal = np.diag(self.objective.Q)
        if not (diagonal > 0).all():
            return None
        with np.errstate(all="ignore"):
            root = np.sqrt(diagonal)
            Q, c = self.objective.Q / root / root[:, None], self.objective.c / root
        Q = (Q + Q.T) / 2
        np.fill_diagonal(Q, 1.0)
        if not (np.isfinite(Q).all() and np.isfinite(c).all()):
            return None
        return Quadratic(Q, c, self.objective.b, names=self.objective.names)

    @property
    def discs_diagonal(self) -> tuple[Disc, ...] | None:
        """Gershgorin's discs after diagonal preconditioning: all about 1."""
        return None if self.preconditioned is None else _discs(self.preconditioned.Q)

    @property
    def kappa_diagonal(self) -> float | None:
        """κ after diagonal (Jacobi) preconditioning: what a rate for each coordinate can mend."""
        return None if self.preconditioned is None else self.preconditioned.kappa

    @property
    def kappa_exact(self) -> float | None:
        """κ in z = Λ^½Uᵀx, where f is a round bowl: 1 for a positive definite Q, else None."""
        return 1.0 if self.objective.definite == "positive" else None

    @property
    def sensitivity(self) -> Array:
        """How far x* moves along uᵢ for a change of c by 1 along it, 1/|λᵢ|: (dim,); inf at 0."""
        with np.errstate(divide="ignore", over="ignore"):
            return np.asarray(1 / np.abs(self.objective.eigenvalues))


def _discs(Q: Array) -> tuple[Disc, ...]:
    radii = np.abs(Q - np.diag(np.diag(Q))).sum(axis=1)
    pairs = zip(np.diag(Q).tolist(), radii.tolist(), strict=True)
    return tuple(Disc(centre, radius) for centre, radius in pairs)
