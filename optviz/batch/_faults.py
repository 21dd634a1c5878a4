"""Everything that is wrong with a batch, told at once: file, figure, key, value, what instead."""

from typing import Any, NamedTuple

from optviz import figures
from optviz.errors import BadValue, OptvizError, Unfit, UnknownName
from optviz.errors.printable import printable
from optviz.files import limits
from optviz.spec.kind_options import options_of


class Fault(NamedTuple):
    """One mistake and its place; figure, key and value are empty where there is none."""

    file: str
    figure: str
    key: str
    value: Any
    error: str

    def __str__(self) -> str:
        table = f" [{self.figure}]" if self.figure else ""
        value = "" if self.value is None else f" = {shown(self.value)}"
        key = f" {self.key}{value}" if self.key else ""
        return printable(f"{self.file}:{table}{key}: ".replace(":: ", ": ")) + self.error


class WrongBatch(OptvizError):
    """Specs that cannot be drawn, with every mistake in them; nothing was drawn."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__(faults)

    def __str__(self) -> str:
        many = f"{len(self.faults)} mistakes" if len(self.faults) > 1 else "a mistake"
        lines = [str(fault).replace("\n", "\n    ") for fault in self.faults]
        return f"{many}, nothing is drawn\n  " + "\n  ".join(lines)


class Faults(list[Fault]):
    """A growing list of mistakes."""

    def note(self, file: str, figure: str, key: str, value: Any, error: OptvizError | str) -> None:
        """Adds one; a sentence that would say key and value again is cut to what is wanted.

        Of very many only the first are told.
        """
        if len(self) >= limits.FAULTS:
            if len(self) == limits.FAULTS:
                self.append(Fault(file, "", "", None, "and more mistakes than are told"))
            return
        said, what = str(error), getattr(error, "what", "") or getattr(error, "name", "")
        if key and what.replace("-", "_") == key:
            said = said.removeprefix(f"{what}: ")
            if isinstance(error, BadValue) and value is not None:
                said = error.expected
        self.append(Fault(file, figure, key, value, said))

    def stop(self) -> None:
        """Raises `WrongBatch` if there is any."""
        if self:
            raise WrongBatch(list(self))


def _short_forms() -> dict[str, str]:
    """The options by the letters of their short flags."""
    fields = (field for kind in figures.registry for field in options_of(kind).values())
    short = {f.metadata["short"][1:]: f.name for f in fields if f.metadata["short"]}
    return {"o": "output", **short}  # which is a word of a batch, and none of a figure


def unknown(kind: str, name: str, known: list[str]) -> OptvizError:
    """The error of a word there is not; the nearest is looked for however it is written."""
    if whole := _short_forms().get(name):
        return Unfit(f"the short form of a flag; write {whole}")
    return UnknownName(kind, name.replace("-", "_"), known)


def shown(value: Any) -> str:
    """A value as it may stand in a spec file, cut where it is long."""
    import json

    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        text = str(value)
    return text if len(text) <= 80 else text[:79] + "…"
