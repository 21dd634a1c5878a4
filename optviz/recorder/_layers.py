"""The parts of a model that have lines of their own: each group, and chosen layers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from optviz.errors import BadValue, Unfit, UnknownName


@dataclass(frozen=True, eq=False)
class Part:
    """The parameters of one line of the log: those of a group, or of a layer within it."""

    group: int
    layer: str | None
    parameters: tuple[Any, ...]


class Parts:
    """The parts of an optimizer at any step of a training, which may add groups.

    A pattern (`*`, `?`, `[…]`) matches a module, whose own parameters are then one layer, or else a
    parameter. `names` are those of parameters by their `id`; the optimizer may have others.
    """

    def __init__(self, layers: Sequence[str] | None, names: dict[int, str]) -> None:
        self._layers, self._names = layers or (), names
        self._members: list[list[int]] = []
        self._parts: list[Part] = []

    def of(self, optimizer: Any) -> list[Part]:
        """Each group with its layers after it. Raises `Unfit` for complex or sharded parameters."""
        members = [[id(p) for p in group["params"]] for group in optimizer.param_groups]
        if members != self._members:
            names = names_of(optimizer, None, None) | self._names
            layers = {i: layer_of(name, self._layers) for i, name in names.items()}
            self._parts, self._members = _parts(optimizer, layers), members
        return self._parts


def check(layers: Sequence[str] | None, names: dict[int, str]) -> None:
    """Raises `BadValue` if no parameter has a name, `UnknownName` if a pattern matches none."""
    if layers is not None and not names:
        message = "names are wanted to choose by: model=… or named_parameters=…"
        raise BadValue("layers", list(layers), message)
    for pattern in layers or ():
        if not any(_matches(name, pattern) for name in names.values()):
            choices = dict.fromkeys(w for n in names.values() for w in (_module(n), n) if w)
            raise UnknownName("layer", pattern, choices)


def _parts(optimizer: Any, layers: dict[int, str]) -> list[Part]:
    """The parts; `layers` are those of parameters by their `id`, "" for none."""
    every = [p for group in optimizer.param_groups for p in group["params"]]
    if any(p.is_complex() for p in every):
        raise Unfit("complex parameters have no rates that could be drawn; real ones are wanted")
    if any(hasattr(p, "placements") for p in every):  # torch.distributed.tensor.DTensor
        raise Unfit("parameters that are sharded over processes cannot be recorded; whole ones can")
    parts: list[Part] = []
    for index, group in enumerate(optimizer.param_groups):
        parts.append(Part(index, None, tuple(group["params"])))
        within: dict[str, list[Any]] = {}
        for parameter in group["params"]:
            if layer := layers.get(id(parameter)):
                within.setdefault(layer, []).append(parameter)
        parts += [Part(index, layer, tuple(members)) for layer, members in within.items()]
    return parts


def names_of(optimizer: Any, model: Any, named: Iterable[tuple[str, Any]] | None) -> dict[int, str]:
    """The parameters' names by their `id`: from `named`, the model, or the optimizer itself."""
    if named is None and model is not None:
        named = model.named_parameters()
    if named is None:  # PyTorch 2.6 and later keep names that they were constructed with
        named = [
            pair
            for group in optimizer.param_groups
            for pair in zip(group.get("param_names", ()), group["params"], strict=False)
        ]
    return {id(parameter): name for name, parameter in named}


def group_name(optimizer: Any, index: int) -> str:
    """The `name` of a group, or else its number where there are several."""
    if own := optimizer.param_groups[index].get("name"):
        return str(own)
    return f"group {index + 1}" if len(optimizer.param_groups) > 1 else "all parameters"


def _module(name: str) -> str:
    return name.rpartition(".")[0]


def _matches(name: str, pattern: str) -> bool:
    return fnmatchcase(name, pattern) or fnmatchcase(_module(name), pattern)


def layer_of(name: str, patterns: Sequence[str]) -> str:
    """The layer of a parameter by the first pattern that matches, "" if none does."""
    for pattern in patterns:
        module = _module(name)
        if module and fnmatchcase(module, pattern):
            return module
        if fnmatchcase(name, pattern):
            return name
    return ""
