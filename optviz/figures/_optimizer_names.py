"""Names of optimizers and their settings, as titles, labels and descriptions have them."""

import re
from collections.abc import Collection

from optviz.optimizers import Optimizer
from optviz.text.numbers import tex_of
from optviz.text.settings import show
from optviz.walks.trajectory import Trajectory

_LONG = 26  # letters of a schedule that still fit beside a curve


def optimizer_name(optimizer: Optimizer) -> str:
    """The rule's name, with its dialect: `AdaGrad (keras)`."""
    return optimizer.rule.title + (f" ({optimizer.dialect})" if optimizer.dialect else "")


def setting_text(optimizer: Optimizer, key: str, latex: bool) -> str:
    """One setting: plain `η = 0.4`, or in LaTeX."""
    text = _short(_value(optimizer, key))
    setting = optimizer.rule.settings().get(key)
    symbol, letters = (setting.symbol, setting.latex) if setting else ("η", r"\eta")
    if not latex:
        return f"{symbol or key} = {text}"
    if not letters:
        return f"{key} = {text}"
    is_decimal = re.fullmatch(r"[-+.\de]+", text) is not None
    return f"${letters}={tex_of(text)}$" if is_decimal else f"${letters}=$ {text}"


def settings_text(optimizer: Optimizer, without: Collection[str] = ()) -> str:
    """The settings in LaTeX: `η = 0.1, β = 0.9`. ε, which keeps a root from 0, is left out."""
    keys = [key for key in optimizer.settings() if key != "eps" and key not in without]
    return ", ".join(setting_text(optimizer, key, latex=True) for key in keys)


def run_names(runs: list[Trajectory]) -> list[str]:
    """What tells each run's optimizer from the others': `η = 0.4`, `Adam`, `AdaGrad (keras)`.

    Runs of one optimizer share a name. A single optimizer needs none and gets "".
    """
    optimizers = list(dict.fromkeys(run.optimizer for run in runs if run.optimizer))
    return [
        run.label if run.optimizer is None or run.label else _name_among(run.optimizer, optimizers)
        for run in runs
    ]


def _name_among(optimizer: Optimizer, optimizers: list[Optimizer]) -> str:
    """The parts of an optimizer's name in which it differs from others."""
    name = optimizer_name(optimizer)
    same = [other for other in optimizers if optimizer_name(other) == name]
    parts = [] if len(same) == len(optimizers) else [name]
    parts += [setting_text(optimizer, key, latex=True) for key in _differing(same)]
    return ", ".join(parts)


def full_name(run: Trajectory) -> str:
    """The optimizer with its learning rate, plain: `AdaGrad, η = 0.4`."""
    if run.optimizer is None:
        return run.label or "a path"
    return f"{optimizer_name(run.optimizer)}, {setting_text(run.optimizer, 'eta', latex=False)}"


def _differing(optimizers: list[Optimizer]) -> list[str]:
    """The settings in which optimizers of one rule differ."""
    keys = dict.fromkeys(key for o in optimizers for key in o.settings())
    return [key for key in keys if len({_value(o, key) for o in optimizers}) > 1]


def _value(optimizer: Optimizer, key: str) -> str:
    return show(optimizer.settings().get(key, getattr(optimizer.rule, key, "")))


def _short(text: str) -> str:
    """The text, or only the name of a long schedule."""
    return text if len(text) <= _LONG else f"{text.partition('(')[0]}(…)"
