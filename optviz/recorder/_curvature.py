"""The curvature of a loss beside the rates of a step: the fields of lines of the log.

λmax(diag(rate)·H) is that of √rate·H·√rate, which is symmetric.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from optviz.errors import BadValue
from optviz.recorder._critical import critical_ratio
from optviz.recorder._eigen import KEPT, Top, largest
from optviz.recorder._frozen import frozen
from optviz.recorder._hessian import Differences, DoubleBackward, Hessian, Loss, move
from optviz.recorder._hessian_blocks import Block, blocks, vector_like
from optviz.recorder._parameter import Before
from optviz.recorder.measures import rounded


@dataclass(eq=False)
class Curvature:
    """Measures the curvature of one closure's loss, from step to step of one optimizer.

    What one measurement found is where the next begins. Once the exact products fail, as with fused
    attention, those by differences are used.
    """

    loss: Loss
    tolerance: float
    _found: dict[tuple[str, int | None], tuple[tuple[int, ...], Any]] = field(default_factory=dict)
    _hessian: Callable[[Loss, Sequence[Any]], Hessian] = DoubleBackward

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
        with frozen():
            try:
                move(moved, begun)
                fields = self._measured(chosen, parameters)
                if chosen[0].rate is None and chosen[0].sign:
                    fields[0]["critical"] = self._critical(moved, begun, new, chosen[0].sign)
            finally:
                move(moved, new)
        return fields

    def _measured(self, chosen: list[Block], parameters: list[Any]) -> list[dict[str, Any]]:
        try:
            hessian = self._hessian(self.loss, parameters)
            return [self._fields(block, hessian, vector_like(parameters)) for block in chosen]
        except RuntimeError:  # no second derivative, or no memory for it
            if self._hessian is Differences:
                raise
            self._hessian = Differences
            return self._measured(chosen, parameters)

    def _fields(self, block: Block, hessian: Hessian, like: Any) -> dict[str, Any]:
        def product(vector: Any) -> Any:
            return block.sign * hessian.product(vector, block.members)

        n = sum(hessian.parameters[i].numel() for i in block.members)
        raw = self._top("raw", block, product, like.new_empty(n)) if block.sign else None
        effective, products = None, 0
        if raw is not None and block.rate is not None:
            effective, products = self._effective(block, product, raw)
        return {
            "group": block.group,
            "name": block.name,
            "effective": None if effective is None else rounded(effective),
            "raw": None if raw is None else rounded(raw.value),
            "ceiling": None if block.ceiling is None else rounded(block.ceiling),
            "products": [products, 0 if raw is None else raw.products],
            "by": hessian.by,
        }

    def _effective(
        self, block: Block, product: Callable[[Any], Any], raw: Top
    ) -> tuple[float, int]:
        """λmax(diag(rate)·H), and the products that it took: none where all rates are equal."""
        if _is_uniform(block.rate):
            return float(block.rate[0]) * raw.value, 0
        root = block.rate.sqrt()
        top = self._top("effective", block, lambda x: root * product(root * x), root)
        return top.value, top.products

    def _top(self, what: str, block: Block, product: Callable[[Any], Any], like: Any) -> Top:
        """The largest eigenvalue, from where the last measurement of the same entries ended.

        λmax(H) beside other rates is well apart from the next eigenvalue, and takes less care.
        """
        ids, start = self._found.get((what, block.group), ((), None))
        if ids != block.ids:
            start = _random(like)
        kept = (2, 0) if what == "raw" and not _is_uniform(block.rate) else (KEPT, 1)
        top = largest(product, start, self.tolerance, *kept)
        if isfinite(top.value) and top.value:
            self._found[what, block.group] = block.ids, top.vectors
        return top

    def _critical(
        self, moved: list[Any], begun: list[Any], new: list[Any], sign: int
    ) -> float | None:
        import torch

        def loss(factor: float) -> float:
            pairs = zip(begun, new, strict=True)
            move(moved, [torch.lerp(old, end, factor) for old, end in pairs])
            with torch.no_grad():
                return sign * float(self.loss())

        ratio = critical_ratio(loss, self.tolerance)
        return None if ratio is None else rounded(ratio)


def _is_uniform(rate: Any) -> bool:
    """Whether all entries have one rate: then λmax(H) is all that has to be found."""
    return rate is None or bool((rate == rate[0]).all())


def _random(like: Any) -> Any:
    """A random vector as a row (1, n), always the same, of a random state of its own."""
    import torch

    generator = torch.Generator().manual_seed(0)
    return torch.randn(1, like.numel(), generator=generator, dtype=like.dtype).to(like.device)
