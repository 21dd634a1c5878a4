"""How libraries spell settings: `Negative` and `Switch`, where more differs than the name."""

from dataclasses import dataclass, replace
from typing import Any

from optviz.text.nodes import Number, Thing, Value
from optviz.text.settings import show


@dataclass(frozen=True)
class Negative:
    """An argument that is minus a setting: PyTorch's `beta2_decay=-0.8` is `decay_rate=0.8`."""

    name: str

    def node(self, value: Value) -> Value:
        """The setting's value; if it is no number, the value itself, to be refused at its place."""
        if not isinstance(value, Number):
            return value
        number = 0.0 - value.number  # not -0.0
        return replace(value, number=number, text=show(number))

    def shown(self, value: Any) -> str:
        """The setting's value as the library writes it."""
        return show(0.0 - value)


@dataclass(frozen=True)
class Switch:
    """True or false in a library for two words of a setting: Optax's `eps_in_sqrt=False`."""

    name: str
    on: str
    off: str

    def node(self, value: Value) -> Value:
        """The setting's word; if it is neither true nor false, the value itself, to be refused."""
        if not isinstance(value, Thing) or value.length != len(value.name):
            return value
        word = {"true": self.on, "false": self.off}.get(value.name.lower())
        return value if word is None else replace(value, name=word, length=len(word))

    def shown(self, value: Any) -> str:
        """The setting's value as the library writes it."""
        return show(value == self.on)


# What an argument of a library stands for: a setting, several settings, or one that is changed.
Spelling = str | tuple[str, ...] | Negative | Switch


def settings_of(spelling: Spelling) -> tuple[str, ...]:
    """The names of the settings that an argument sets."""
    if isinstance(spelling, tuple):
        return spelling
    return (spelling,) if isinstance(spelling, str) else (spelling.name,)
