"""Names of optimizers and their settings, as titles, labels and descriptions have them."""

import re
from collections.abc import Collection, Sequence
from typing import Literal

from optviz import phrases
from optviz.decimals import is_number
from optviz.optimizers import Optimizer
from optviz.text.numbers import decimal, point, typographic
from optviz.text.settings import show
from optviz.walks.trajectory import Trajectory

Room = Literal["label", "line", "all"]  # beside a curve, on a line of its own, in a description

_MANY_DIGITS = re.compile(r"\d+\.\d{7,}(?:e-?\d+)?|\d\.\d+e-?\d+")
_NONE = show(None)
_LONG = 26  # letters of a schedule that still fit beside a curve
_LONG_LINE = 60  # letters of settings that still fit into a subtitle


def optimizer_name(optimizer: Optimizer) -> str:
    """The rule's name, with its dialect: `AdaGrad (keras)`."""
    title = phrases.named(optimizer.rule.title)
    return title + (f" ({optimizer.dialect})" if optimizer.dialect else "")


def panel_names(optimizers: Sequence[Optimizer]) -> list[str]:
    """The name of each, with the settings in which those of one name differ."""
    names = [optimizer_name(optimizer) for optimizer in optimizers]
    told = []
    for name, optimizer in zip(names, optimizers, strict=True):
        same = [o for o, other in zip(optimizers, names, strict=True) if other == name]
        told.append(", ".join(filter(None, [name, _settings(optimizer, differing(same), "label")])))
    return told


def symbol(optimizer: Optimizer, key: str) -> str:
    """The letter of a setting, or its name: `η`, `β₁`, `centered`."""
    setting = optimizer.rule.settings().get(key)
    letter = setting.symbol if setting else {"eta": "η", "kappa": "κ"}.get(key)
    return letter or key


def setting_text(optimizer: Optimizer, key: str, room: Room = "label") -> str:
    """One setting: `η = 0.4`.

    Numbers of more than six digits are rounded to four unless all is told; in a label a long
    schedule is only named.
    """
    value = _value(optimizer, key)
    if value == _NONE:
        return phrases.say("without setting", name=symbol(optimizer, key))
    if room != "all":
        value = _MANY_DIGITS.sub(lambda match: decimal(float(match[0]), 4), value)
    value = typographic(value) if is_number(value) else re.sub(",(?=[^ ])", ", ", value)
    if room == "label" and len(value) > _LONG:
        value = f"{value.partition('(')[0]}(…)"
    return f"{symbol(optimizer, key)} = {value}"


def settings_text(optimizer: Optimizer, without: Collection[str] = (), room: Room = "label") -> str:
    """The settings: `η = 0.1, β = 0.9`. An ε at its default is left out."""
    return _settings(optimizer, [key for key in _keys(optimizer) if key not in without], room)


def shared_settings(runs: Sequence[Trajectory]) -> str:
    """What all optimizers of the runs have in common: `η = 0.1`; all settings of a single one."""
    keys = shared_keys(runs)
    if not keys:
        return ""
    first = _optimizers(runs)[0]
    line = _settings(first, keys, "line")
    if len(line) <= _LONG_LINE:
        return line
    return _settings(first, [key for key in keys if _is_told(first, key)], "line")


def shared_keys(runs: Sequence[Trajectory]) -> list[str]:
    """The settings that all runs have, and with one value; none if one has no optimizer."""
    if any(run.optimizer is None for run in runs):
        return []
    optimizers = _optimizers(runs)
    keys = _keys(optimizers[0]) if optimizers else []
    return [
        key
        for key in keys
        if all(key in _keys(o) and _value(o, key) == _value(optimizers[0], key) for o in optimizers)
    ]


def run_names(runs: Sequence[Trajectory]) -> list[str]:
    """What tells each run's optimizer from the others': `η = 0.4`, `Adam, η = 0.1`, `AdaGrad`.

    Runs of one optimizer share a name. A single optimizer needs none and gets "". If two would be
    named alike, as their numbers are rounded, nothing is.
    """
    names = _names(runs, "label")
    owners = {(run.optimizer, run.label) for run in runs}
    return names if len(set(names)) == len(owners) else _names(runs, "all")


def legend_names(runs: Sequence[Trajectory]) -> list[str]:
    """Those of `run_names`, where a single optimizer has its name too."""
    return [
        name or (optimizer_name(run.optimizer) if run.optimizer else run.label)
        for name, run in zip(run_names(runs), runs, strict=True)
    ]


def run_titles(runs: Sequence[Trajectory]) -> list[str]:
    """What tells the runs apart, the optimizer and the start; a single one needs none."""
    if len(runs) == 1:
        return [""]
    names = run_names(runs)
    if len({tuple(run.x[0, 0]) for run in runs}) == 1:
        return names
    points = [point(run.x[0, 0]) for run in runs]
    parts = zip(names, points, strict=True)
    return [phrases.say("from", head=name, start=start).strip(", ") for name, start in parts]


def _names(runs: Sequence[Trajectory], room: Room) -> list[str]:
    return [
        run.label if run.optimizer is None or run.label else _name_among(run.optimizer, runs, room)
        for run in runs
    ]


def _name_among(optimizer: Optimizer, runs: Sequence[Trajectory], room: Room) -> str:
    """The parts of an optimizer's name in which it differs from the others of the runs."""
    name, optimizers, shared = optimizer_name(optimizer), _optimizers(runs), shared_keys(runs)
    same = [other for other in optimizers if optimizer_name(other) == name]
    if len(same) == len(optimizers) and all(run.optimizer for run in runs):
        return _settings(optimizer, differing(same), room)
    told = [key for key in _keys(optimizer) if key not in shared and _is_told(optimizer, key)]
    keys = dict.fromkeys([*told, *differing(same)])
    return ", ".join(filter(None, [name, _settings(optimizer, keys, room)]))


def _is_told(optimizer: Optimizer, key: str) -> bool:
    """Whether there is always room for a setting: η, a momentum β, and what is no default."""
    return key in ("eta", "beta") or _is_unusual(optimizer, key)


def _is_unusual(optimizer: Optimizer, key: str) -> bool:
    """Whether a setting of the rule is not the default of its dialect."""
    default = {**optimizer.rule.defaults(), **optimizer.vocabulary.defaults}.get(key)
    return _value(optimizer, key) != show(default)


def full_name(run: Trajectory) -> str:
    """The optimizer with all its settings, for descriptions: `Adam, η = 0.4, β₁ = 0.9, …`."""
    if run.optimizer is None:
        return run.label or phrases.say("nameless")
    return full_name_of(run.optimizer)


def full_name_of(optimizer: Optimizer) -> str:
    """The optimizer with all its settings."""
    settings = settings_text(optimizer, room="all")
    return ", ".join(filter(None, [optimizer_name(optimizer), settings]))


def differing(optimizers: Sequence[Optimizer]) -> list[str]:
    """The settings in which optimizers of one rule differ."""
    keys = dict.fromkeys(key for o in optimizers for key in o.settings())
    return [key for key in keys if len({_value(o, key) for o in optimizers}) > 1]


def _optimizers(runs: Sequence[Trajectory]) -> list[Optimizer]:
    return list(dict.fromkeys(run.optimizer for run in runs if run.optimizer))


def _settings(optimizer: Optimizer, keys: Collection[str], room: Room) -> str:
    return ", ".join(setting_text(optimizer, key, room) for key in keys)


def _keys(optimizer: Optimizer) -> list[str]:
    """The settings that are told: all but an ε that only keeps a root from 0."""
    return [key for key in optimizer.settings() if key != "eps" or _is_unusual(optimizer, key)]


def _value(optimizer: Optimizer, key: str) -> str:
    return show(optimizer.settings().get(key, getattr(optimizer.rule, key, "")))
