"""The mistakes in a batch, reported all at once: file, figure, key, value, what instead."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from optviz import figures
from optviz.errors import BadValue, ForeignOption, OptvizError, Unfit, UnknownName, synonyms
from optviz.errors.printable import printable
from optviz.files import limits
from optviz.spec.kind_options import options_of


class Fault(NamedTuple):
    """One mistake and its place; figure, key and value are empty if there is none."""

    file: str
    figure: str
    key: str
    value: Any
    error: str

    def __str__(self) -> str:
        table = f" [{self.figure}]" if self.figure else ""
        value = "" if self.value is None else f" = {_excerpt(self.value)}"
        key = f" {self.key}{value}" if self.key else ""
        return printable(f"{self.file}:{table}{key}: ".replace(":: ", ": ")) + self.error


class WrongBatch(OptvizError):
    """Specs that cannot be drawn, with every mistake in them; nothing was drawn."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__(faults)

    def __str__(self) -> str:
        many = f"{len(self.faults)} mistakes" if len(self.faults) > 1 else "a mistake"
        faults = (fault._replace(error=self.wording(fault.error)) for fault in self.faults)
        lines = [str(fault).replace("\n", "\n    ") for fault in faults]
        return f"{many}, nothing is drawn\n  " + "\n  ".join(lines)


class FaultList(list[Fault]):
    """The mistakes of a batch so far."""

    def note(self, file: str, figure: str, key: str, value: Any, error: OptvizError | str) -> None:
        """Adds one; key and value are cut from its message if they would stand there twice.

        Of very many, only the first are kept.
        """
        if len(self) >= limits.FAULTS:
            if len(self) == limits.FAULTS:
                self.append(Fault(file, "", "", None, "and more mistakes than are told"))
            return
        message, what = str(error), getattr(error, "what", "") or getattr(error, "name", "")
        if key and what.replace("-", "_") == key:
            message = message.removeprefix(f"{what}: ")
            if isinstance(error, BadValue) and value is not None:
                message = error.expected
        self.append(Fault(file, figure, key, value, message))

    def stop(self) -> None:
        """Raises `WrongBatch` if there is any."""
        if self:
            raise WrongBatch(list(self))


def _short_forms() -> dict[str, str]:
    """The options by the letters of their short flags."""
    fields = (field for kind in figures.registry for field in options_of(kind).values())
    short = {f.metadata["short"][1:]: f.name for f in fields if f.metadata["short"]}
    return {"o": "output", **short}  # a key of a batch, not an option of a figure


def option_of(error: OptvizError, table: Mapping[str, Any]) -> str:
    """The key of a table that an error is about, "" if it names none."""
    names = {str(getattr(error, "what", "")).replace("-", "_")}
    if isinstance(error, ForeignOption | UnknownName):
        names.add(error.name)
    return next((key for key in table if key.replace("-", "_") in names), "")


def unknown(kind: str, name: str, choices: Iterable[str], value: Any = None) -> OptvizError:
    """The error for a key that does not exist, with what means the same, or is near."""
    if option := _short_forms().get(name):
        return Unfit(f"the short form of a flag; write {option}")
    choices, shown = list(choices), "…" if value is None else _excerpt(value)
    meaning = synonyms.option(name)
    if meaning and (better := meaning.instead(choices, shown)):
        return Unfit(better)
    return UnknownName(kind, name.replace("-", "_"), choices)


def _excerpt(value: Any) -> str:
    """A value as it may stand in a spec file, cut where it is long."""
    import json

    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        text = str(value)
    return text if len(text) <= 80 else text[:79] + "…"
