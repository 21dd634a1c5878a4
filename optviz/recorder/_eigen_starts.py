"""The vectors that a search for an eigenvalue begins with: what was found before."""

from dataclasses import dataclass, field
from typing import Any

from optviz.recorder._eigen import Top
from optviz.recorder._hessian_blocks import Block


@dataclass(eq=False)
class Starts:
    """The eigenvalues found last, by what they are of and by the group, with their vectors."""

    _found: dict[tuple[str, int | None], tuple[tuple[int, ...], Top]] = field(default_factory=dict)

    def keep(self, what: str, block: Block, top: Top) -> None:
        """Keeps what was found for this block."""
        self._found[what, block.group] = block.ids, top

    def of(self, what: str, block: Block, like: Any) -> Any:
        """Vectors for this block as rows (k, n): of the last measurement of the same parameters.

        For all parameters, that of the group with the largest eigenvalue is one of them, so that
        theirs is not found to be smaller. A random one alone where nothing was found.
        """
        import torch

        ids, top = self._found.get((what, block.group), ((), None))
        if top is None or ids != block.ids:
            return _random(like)
        own, found = top.vectors, self._parts(what, block)
        if not found:
            return own
        members, best = max(found, key=lambda each: each[1].value)
        begin = sum(block.sizes[: block.ids.index(members[0])])
        part = own.new_zeros(1, own.shape[1])
        part[0, begin : begin + best.vectors.shape[1]] = best.vectors[0]
        return torch.cat((own, part))

    def _parts(self, what: str, block: Block) -> list[tuple[tuple[int, ...], Top]]:
        """What was found of groups, if the block is of all parameters."""
        return [
            (ids, top)
            for (kind, group), (ids, top) in self._found.items()
            if block.group is None and kind == what and group is not None
            if {*ids} <= {*block.ids}
        ]


def _random(like: Any) -> Any:
    """A random vector as a row (1, n), always the same, of a random state of its own."""
    import torch

    generator = torch.Generator().manual_seed(0)
    return torch.randn(1, like.numel(), generator=generator, dtype=like.dtype).to(like.device)
