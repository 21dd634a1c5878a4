"""Gradients that were logged: `log(grads.csv)`, whatever made them."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from optviz.arrays import Array
from optviz.errors import TextError, Unfit
from optviz.files import parse
from optviz.gradients._source import Place, Source
from optviz.objectives import Objective
from optviz.text.settings import setting

_CALL = re.compile(r"\s*log\s*(?:\((?P<inside>.*)\)|:(?P<after>.*))\s*", re.S | re.I)


@dataclass(frozen=True)
class Log(Source):
    """The gradients of a file, step by step; where x is, and f, nobody knows.

    So it has no walk: `rates` and `run` tell what each optimizer would have made of them. What
    stands between the brackets is a path as it is, in quotes or not; `-` is standard input. A batch
    puts the content there in its place, as JSON.
    """

    formula = "g = what the log has"
    random = False

    file: str = setting(
        ..., "file", "", "csv, jsonl or npz; one step a row, one column a coordinate"
    )

    @property
    def inline(self) -> bool:
        """Whether the content itself is here, not a path."""
        return self.file.startswith(("{", "["))

    @property
    def name(self) -> str:
        """What a figure calls it: the file without its folder."""
        if self.inline:
            return str(parse.json_value(self.file)["name"])
        return "standard input" if self.file == "-" else PurePath(self.file).name

    def seen(self, place: Place) -> Array:
        raise Unfit(self._sentence())

    def fit(self, objective: Objective) -> None:
        raise Unfit(self._sentence())

    def _sentence(self) -> str:
        return f"the gradients of {self.name} tell no path; only rates and run take a log"

    def __str__(self) -> str:
        path = self.file
        return f"log({path})" if self.inline or not _odd(path) else f'log("{path}")'


def is_meant(text: str) -> bool:
    """Whether the text names a log; what stands in it is not of the little language."""
    return bool(re.match(r"\s*log\s*([(:]|$)", text, re.I))


def read(text: str) -> Log:
    """The log that a text names. Raises `TextError`."""
    match = _CALL.fullmatch(text)
    said = "a file is wanted, such as log(grads.csv)"
    if not match:
        raise TextError("gradient", text, len(text.rstrip()), said)
    inside = (match["inside"] if match["inside"] is not None else match["after"]).strip()
    quoted = len(inside) > 1 and inside[0] in "'\"" and inside[-1] == inside[0]
    path = inside[1:-1] if quoted else inside
    if not path:
        raise TextError("gradient", text, len(text.rstrip()) - 1, said)
    if not quoted and inside.startswith("{"):
        _content(text, path)
    elif path.startswith(("{", "[")):
        path = f"./{path}"  # a file by that name
    return Log(path)


def _content(text: str, inside: str) -> None:
    """Raises `TextError` unless the JSON is what a batch writes."""
    try:
        known = parse.json_value(inside)
        good = isinstance(known["name"], str) and isinstance(known["runs"], list)
    except (ValueError, KeyError, TypeError):
        good = False
    if not good:
        raise TextError("gradient", text, text.index("{"), "a file, or JSON with name and runs")


def _odd(path: str) -> bool:
    return path != path.strip() or path[0] in "'\""
