"""Arguments of a library that say a setting of ours in another way than by another name."""

from dataclasses import dataclass, replace
from typing import Any

from optviz.text.settings import show
from optviz.text.syntax import Number, Thing, Value


@dataclass(frozen=True)
class Negative:
    """An argument that is minus a setting: PyTorch's `beta2_decay=-0.8` is `decay_rate=0.8`."""

    name: str

    def node(self, value: Value) -> Value:
        """The value of the setting; what is no number stays, to be refused at its place."""
        if not isinstance(value, Number):
            return value
        number = 0.0 - value.number  # not -0.0
        return replace(value, number=number, text=show(number))

    def shown(self, value: Any) -> str:
        """The setting's value as the library writes it."""
        return show(0.0 - value)


@dataclass(frozen=True)
class Switch:
    """True or false of a library for two words of a setting: Optax's `eps_in_sqrt=False`."""

    name: str
    on: str
    off: str

    def node(self, value: Value) -> Value:
        """The word of the setting; what is neither true nor false stays, to be refused."""
        if not isinstance(value, Thing) or value.length != len(value.name):
            return value
        word = {"true": self.on, "false": self.off}.get(value.name.lower())
        return value if word is None else replace(value, name=word, length=len(word))

    def shown(self, value: Any) -> str:
        """The setting's value as the library writes it."""
        return show(value == self.on)


Spelling = str | tuple[str, ...] | Negative | Switch  # what an argument of a library means


def settings_of(ours: Spelling) -> tuple[str, ...]:
    """The settings of ours that an argument sets."""
    if isinstance(ours, tuple):
        return ours
    return (ours,) if isinstance(ours, str) else (ours.name,)
