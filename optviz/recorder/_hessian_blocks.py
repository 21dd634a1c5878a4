"""The blocks of the Hessian that have lines of their own, with the rates of a step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from optviz.recorder._ceilings import ceiling
from optviz.recorder._effective_rates import RATES, Parameter, is_touched, rate_name
from optviz.recorder._layers import group_name
from optviz.recorder._parameter import Before


@dataclass(frozen=True, eq=False)
class Block:
    """The parameters of one line: those of a group, or (None) of all.

    members: their numbers. ids: their `id`s. sizes: their numbers of entries. rate (n,): of each
    entry, 0 where it moves nothing; None where the class has none. sign: −1 for groups that
    maximise, 0 if only some do. ceiling: C, None if there is none for all.
    """

    group: int | None
    name: str
    members: tuple[int, ...]
    ids: tuple[int, ...]
    sizes: tuple[int, ...]
    rate: Any
    sign: int
    ceiling: float | None


def blocks(optimizer: Any, parameters: Sequence[Any], old: dict[int, Before]) -> list[Block]:
    """Of all parameters, then of each group if there are several.

    `parameters` are those that have gradients, in the order of the groups; `old` has those that the
    step moved.
    """
    import torch

    numbers = {id(p): i for i, p in enumerate(parameters)}
    name, like, groups = rate_name(type(optimizer)), vector_like(parameters), list[Block]()
    for index, group in enumerate(optimizer.param_groups):
        own = [p for p in group["params"] if id(p) in numbers]
        height, rate = ceiling(name, group), None
        if height is not None:
            rates = [_rate(optimizer, group, p, old.get(id(p)), like) for p in own]
            rate = torch.cat([like, *rates])
        members, ids = tuple(numbers[id(p)] for p in own), tuple(id(p) for p in own)
        sizes, sign = tuple(p.numel() for p in own), -1 if group.get("maximize") else 1
        label = group_name(optimizer, index)
        groups.append(Block(index, label, members, ids, sizes, rate, sign, height))
    groups = [block for block in groups if block.members]
    return [_together(groups), *groups] if len(groups) > 1 else [_together(groups)]


def vector_like(parameters: Sequence[Any]) -> Any:
    """An empty vector of the type and device that vectors over all parameters have."""
    import torch

    wide = any(p.dtype == torch.float64 for p in parameters)
    return parameters[0].new_empty(0, dtype=torch.float64 if wide else torch.float32)


def _together(groups: Sequence[Block]) -> Block:
    import torch

    signs, heights = {block.sign for block in groups}, {block.ceiling for block in groups}
    known = None not in heights
    return Block(
        None,
        "all parameters",
        tuple(i for block in groups for i in block.members),
        tuple(i for block in groups for i in block.ids),
        tuple(n for block in groups for n in block.sizes),
        torch.cat([block.rate for block in groups]) if known else None,
        signs.pop() if len(signs) == 1 else 0,
        heights.pop() if len(heights) == 1 else None,
    )


def _rate(
    optimizer: Any, group: dict[str, Any], parameter: Any, old: Before | None, like: Any
) -> Any:
    """The rate of each entry of a parameter (n,); 0 of those that have had no gradient."""
    rate = like.new_zeros(parameter.numel())
    if old is None:
        return rate

    def entries(tensor: Any) -> Any:
        return tensor.detach().reshape(-1).to(like)

    name, state = rate_name(type(optimizer)), optimizer.state[parameter]
    buffers = {key: entries(buffer) for key, buffer in old.buffers.items()}
    rate += RATES[name](Parameter(group, state, buffers, entries))
    usable, touched = rate.isfinite(), is_touched(name, group, state)
    if touched is not None:
        usable &= touched.reshape(-1).to(usable.device)
    return rate.where(usable, like.new_zeros(()))
