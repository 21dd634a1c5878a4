"""Products of vectors with the Hessian of a loss by differences of its gradients."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from optviz.recorder._hessian import Loss, move, parts, row

_SHARES = (0.02, 0.005, 0.00125, 0.0003)  # lengths of steps, of the parameters' norm
_SINGLE = 2.0**-23  # the rounding that they suit; they grow with its cube root
_SHORTER = 16


class Differences:
    """Central differences of gradients, with errors of the order of the steps' squares.

    Short steps multiply rounding, and the kinks of ReLU that they happen to cross; long ones have
    the error of the third derivative. With the first vector several lengths are tried, and the one
    whose product is nearest to that of the next longer is used.
    """

    by = "differences of gradients"

    def __init__(self, loss: Loss, parameters: Sequence[Any]) -> None:
        import torch

        self._loss, self.parameters = loss, parameters
        self.rounding = max(torch.finfo(parameter.dtype).eps for parameter in parameters)
        self._share = 0.0

    def product(self, vector: Any, members: Sequence[int]) -> Any:
        """As `Hessian.product`, for which the parameters are moved to and fro."""
        if not self._share:
            self._choose(vector, members)
        return self._difference(vector, members, self._share)

    def error(self, vector: Any, members: Sequence[int]) -> float:
        """As `Hessian.error`, from a product with much shorter steps.

        It tells the error of long steps, and rounding; where kinks are crossed, the two have little
        in common.
        """
        long = self.product(vector, members)
        short = self._difference(vector, members, self._share / _SHORTER)
        return float((long - short).norm() / (long.norm() or 1.0))

    def _choose(self, vector: Any, members: Sequence[int]) -> None:
        """Chooses the length of the steps."""
        shares = [share * max(1.0, self.rounding / _SINGLE) ** (1 / 3) for share in _SHARES]
        products = [self._difference(vector, members, share) for share in shares]
        distances = [float((a - b).norm()) for a, b in pairwise(products)]
        self._share = shares[1 + distances.index(min(distances))]

    def _difference(self, vector: Any, members: Sequence[int], share: float) -> Any:
        chosen = [self.parameters[i] for i in members]
        values = [parameter.detach().clone() for parameter in chosen]
        length = float(vector.norm())
        if not length:
            return vector.clone()
        step = share * (float(row(values, vector).norm()) + 1.0) / length
        try:
            high = self._gradient(chosen, values, parts(step * vector, chosen), vector)
            low = self._gradient(chosen, values, parts(-step * vector, chosen), vector)
        finally:
            move(chosen, values)
        return (high - low) / (2 * step)

    def _gradient(self, chosen: Any, values: Any, offsets: Any, like: Any) -> Any:
        import torch

        move(chosen, [value + offset for value, offset in zip(values, offsets, strict=True)])
        grads = torch.autograd.grad(self._loss(), chosen, allow_unused=True, materialize_grads=True)
        return row(grads, like)
