"""Which parameters are looked at together: each group, and the layers that patterns choose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from optviz.errors import BadValue, Unfit, UnknownName


@dataclass(frozen=True, eq=False)
class Part:
    """Parameters that share a line of the log: those of a group, or of a layer within it."""

    group: int
    layer: str | None
    parameters: tuple[Any, ...]


class Parts:
    """The parts of an optimizer at any step of a training, which may add groups.

    A pattern (`*`, `?`, `[…]`) names a module, whose own parameters are then one layer, or else a
    parameter. `names` are those of parameters by their `id`; the optimizer may have more.
    """

    def __init__(self, layers: Sequence[str] | None, names: dict[int, str]) -> None:
        self._layers, self._names = layers or (), names
        self._members: list[list[int]] = []
        self._parts: list[Part] = []

    def of(self, optimizer: Any) -> list[Part]:
        """Each group with its layers after it. Raises `Unfit` for complex parameters."""
        members = [[id(p) for p in group["params"]] for group in optimizer.param_groups]
        if members != self._members:
            known = names_of(optimizer, None, None) | self._names
            chosen = {i: _layer(name, self._layers) for i, name in known.items()}
            self._parts, self._members = _parts(optimizer, chosen), members
        return self._parts


def check(layers: Sequence[str] | None, names: dict[int, str]) -> None:
    """Raises `BadValue` where there are no names, `UnknownName` for a pattern of nothing."""
    if layers is not None and not names:
        said = "names are wanted to choose by: model=… or named_parameters=…"
        raise BadValue("layers", list(layers), said)
    for pattern in layers or ():
        if not any(_fits(name, pattern) for name in names.values()):
            known = dict.fromkeys(w for n in names.values() for w in (_module(n), n) if w)
            raise UnknownName("layer", pattern, known)


def _parts(optimizer: Any, chosen: dict[int, str]) -> list[Part]:
    """The parts where `chosen` has the layer of each parameter by its `id`, "" for none."""
    if any(p.is_complex() for group in optimizer.param_groups for p in group["params"]):
        raise Unfit("complex parameters have no rates that could be drawn; real ones are wanted")
    found: list[Part] = []
    for index, group in enumerate(optimizer.param_groups):
        found.append(Part(index, None, tuple(group["params"])))
        within: dict[str, list[Any]] = {}
        for parameter in group["params"]:
            if layer := chosen.get(id(parameter)):
                within.setdefault(layer, []).append(parameter)
        found += [Part(index, layer, tuple(members)) for layer, members in within.items()]
    return found


def names_of(optimizer: Any, model: Any, named: Iterable[tuple[str, Any]] | None) -> dict[int, str]:
    """The parameters' names by their `id`: as given, the model's, or those the optimizer has."""
    if named is None and model is not None:
        named = model.named_parameters()
    if named is None:  # PyTorch keeps them since 2.6, where it was given them
        named = [
            pair
            for group in optimizer.param_groups
            for pair in zip(group.get("param_names", ()), group["params"], strict=False)
        ]
    return {id(parameter): name for name, parameter in named}


def group_name(optimizer: Any, index: int) -> str:
    """What a group is called: its own `name`, or its number where there are several."""
    if own := optimizer.param_groups[index].get("name"):
        return str(own)
    return f"group {index + 1}" if len(optimizer.param_groups) > 1 else "all parameters"


def _module(name: str) -> str:
    return name.rpartition(".")[0]


def _fits(name: str, pattern: str) -> bool:
    return fnmatchcase(name, pattern) or fnmatchcase(_module(name), pattern)


def _layer(name: str, patterns: Sequence[str]) -> str:
    """The layer that a parameter is of, "" if none chooses it; the first pattern that fits does."""
    for pattern in patterns:
        module = _module(name)
        if module and fnmatchcase(module, pattern):
            return module
        if fnmatchcase(name, pattern):
            return name
    return ""
