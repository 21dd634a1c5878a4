"""The curvature of a loss beside the rates of a step: the fields of lines of the log.

λmax(diag(rate)·H) is that of √rate·H·√rate, which is symmetric.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from optviz.errors import BadValue
from optviz.recorder._critical import critical_ratio
from optviz.recorder._eigen import KEPT, MOST, Top, largest
from optviz.recorder._eigen_starts import Starts
from optviz.recorder._frozen import frozen
from optviz.recorder._gradient_differences import Differences
from optviz.recorder._hessian import DoubleBackward, Hessian, Loss, move
from optviz.recorder._hessian_blocks import Block, blocks, vector_like
from optviz.recorder._hessian_check import is_sound
from optviz.recorder._parameter import Before
from optviz.recorder.measures import rounded

Product = Callable[[Any], Any]
_PATIENCE = 6  # products by differences without a rise


@dataclass(eq=False)
class Curvature:
    """Measures the curvature of one closure's loss, from step to step of one optimizer.

    What one measurement found is where the next begins, and the parameters of all begin with what
    their groups have found besides. Once the exact products fail, for layers without a second
    derivative, those by differences are used. Entries whose gradients are rounding alone (the
    biases of attention's keys) have a high rate, which would make noise of their differences the
    largest eigenvalue: they are left out there.
    """

    loss: Loss
    tolerance: float
    _starts: Starts = field(default_factory=Starts)
    _hessian: Callable[[Loss, Sequence[Any]], Hessian] = DoubleBackward
    _checked: tuple[int, ...] = ()  # the `id`s of parameters whose products have been checked

    def check(self, optimizer: Any) -> None:
        """Computes the loss once. Raises `BadValue` if it is no loss, `Unfit` if it cannot be."""
        parameters = [p for group in optimizer.param_groups for p in group["params"]]
        grads = [p.grad for p in parameters]
        with frozen():
            value = self.loss()
        if not getattr(value, "requires_grad", False) or value.numel() != 1:
            message = "a closure that returns the loss of a fixed batch, a tensor, is wanted"
            raise BadValue("curvature", value, message)
        if any(p.grad is not grad for p, grad in zip(parameters, grads, strict=True)):
            message = "one that returns the loss, and leaves gradients alone, is wanted"
            raise BadValue("curvature", "a closure that changes gradients", message)

    def lines(self, optimizer: Any, old: dict[int, Before]) -> list[dict[str, Any]]:
        """The fields of each line: of all parameters, then of each group if there are several.

        `old` has what the step overwrote, by the `id` of its parameter; H is taken there.
        """
        every = [p for group in optimizer.param_groups for p in group["params"]]
        parameters = [p for p in every if p.requires_grad]
        moved = [p for p in parameters if id(p) in old]
        if not moved:
            return []
        new, begun = [p.detach().clone() for p in moved], [old[id(p)].value for p in moved]
        chosen = blocks(optimizer, parameters, old)
        with frozen() as restore:

            def loss() -> Any:
                restore()
                return self.loss()

            try:
                move(moved, begun)
                fields = self._measured(loss, chosen, parameters)
                if chosen[0].rate is None and chosen[0].sign:
                    fields[0]["critical"] = self._critical(loss, moved, begun, new, chosen[0].sign)
            finally:
                move(moved, new)
        return fields

    def _measured(
        self, loss: Loss, chosen: list[Block], parameters: list[Any]
    ) -> list[dict[str, Any]]:
        try:
            hessian = self._checked_hessian(loss, parameters)
            like = vector_like(parameters)
            fields = [self._fields(block, hessian, like) for block in reversed(chosen)]
            return fields[::-1]
        except RuntimeError:  # no second derivative, or no memory for it
            if self._hessian is Differences:
                raise
            self._hessian = Differences
            return self._measured(loss, chosen, parameters)

    def _checked_hessian(self, loss: Loss, parameters: list[Any]) -> Hessian:
        """Exact products, if they are those of this loss, which is found out once."""
        hessian, ids = self._hessian(loss, parameters), tuple(id(p) for p in parameters)
        if self._checked != ids and isinstance(hessian, DoubleBackward):
            if not is_sound(hessian, loss):
                self._hessian = Differences
                return Differences(loss, parameters)
            self._checked = ids
        return hessian

    def _fields(self, block: Block, hessian: Hessian, like: Any) -> dict[str, Any]:
        def product(vector: Any) -> Any:
            product = hessian.product(vector, block.members)
            return product if block.sign > 0 else -product

        patience = _PATIENCE if hessian.rounding else MOST
        raw = self._raw(block, product, like, patience) if block.sign else None
        effective, vectors = None, [] if raw is None else [raw.vectors[0]]
        if raw is not None and block.rate is not None:
            rate = _left_out(block.rate, hessian.rounding)
            effective = self._effective(block, rate, product, raw, patience)
            vectors.append(rate.sqrt() * effective.vectors[0])
        fields = {
            "group": block.group,
            "name": block.name,
            "effective": None if effective is None else rounded(effective.value),
            "raw": None if raw is None else rounded(raw.value),
            "ceiling": None if block.ceiling is None else rounded(block.ceiling),
            "products": [0 if top is None else top.products for top in (effective, raw)],
            "by": hessian.by,
        }
        if hessian.rounding and vectors:
            error = max(hessian.error(vector, block.members) for vector in vectors)
            fields["error"] = rounded(error)
        return fields

    def _raw(self, block: Block, product: Product, like: Any, patience: int) -> Top:
        """λmax(H). Beside other rates it is well apart from the next, and takes less care."""
        start = self._starts.of("raw", block, like.new_empty(sum(block.sizes)))
        kept = (KEPT, 1) if block.rate is None or _is_uniform(block.rate) else (1, 0)
        top = largest(product, start, self.tolerance, *kept, patience=patience)
        return self._kept("raw", block, top)

    def _effective(self, block: Block, rate: Any, product: Product, raw: Top, patience: int) -> Top:
        """λmax(diag(rate)·H), for no products where all rates are equal."""
        if _is_uniform(rate):
            top = Top(float(rate[0]) * raw.value, raw.vectors, 0)
        else:
            root = rate.sqrt()
            start = self._starts.of("effective", block, root)
            scaled = lambda x: root * product(root * x)  # noqa: E731
            top = largest(scaled, start, self.tolerance, patience=patience)
        return self._kept("effective", block, top)

    def _kept(self, what: str, block: Block, top: Top) -> Top:
        if isfinite(top.value) and top.value:
            self._starts.keep(what, block, top)
        return top

    def _critical(
        self, loss: Loss, moved: list[Any], begun: list[Any], new: list[Any], sign: int
    ) -> float | None:
        import torch

        def along(factor: float) -> float:
            pairs = zip(begun, new, strict=True)
            move(moved, [torch.lerp(old, end, factor) for old, end in pairs])
            with torch.no_grad():
                return sign * float(loss())

        ratio = critical_ratio(along, self.tolerance)
        return None if ratio is None else rounded(ratio)


def _is_uniform(rate: Any) -> bool:
    """Whether all entries have one rate: then λmax(H) is all that has to be found."""
    return bool((rate == rate[0]).all())


def _left_out(rate: Any, rounding: float) -> Any:
    """Rates (n,), with 0 for those so much above the least that noise is all that they multiply.

    Central differences at their best step are off by rounding^⅔.
    """
    if not rounding or not rate.any():
        return rate
    moving = rate[rate > 0]
    return rate.where(rate * rounding ** (2 / 3) < moving.min(), rate.new_zeros(()))
