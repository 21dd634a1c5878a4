"""Gradients read from a file: `log(grads.csv)`."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from optviz.arrays import Array
from optviz.errors import TextError, Unfit
from optviz.files import parse
from optviz.gradients._source import Query, Source
from optviz.objectives import Objective
from optviz.text.settings import setting

_CALL = re.compile(r"\s*log\s*(?:\((?P<inside>.*)\)|:(?P<after>.*))\s*", re.S | re.I)


@dataclass(frozen=True)
class Log(Source):
    """The gradients of a file, step by step, without x and f.

    So there is no walk; `rates` and `run` compute the rates that each optimizer would apply. What
    stands between the brackets is a path, in quotes or not; `-` is standard input. A batch
    replaces the path by the content, as JSON.
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
        """The file without its folder, as figures print it."""
        if self.inline:
            return str(parse.json_value(self.file)["name"])
        return "standard input" if self.file == "-" else PurePath(self.file).name

    def gradient(self, query: Query) -> Array:
        raise Unfit(self._sentence())

    def fit(self, objective: Objective) -> None:
        raise Unfit(self._sentence())

    def _sentence(self) -> str:
        return f"the gradients of {self.name} tell no path; only rates and run take a log"

    def __str__(self) -> str:
        path = self.file
        return f"log({path})" if self.inline or not _needs_quotes(path) else f'log("{path}")'


def is_meant(text: str) -> bool:
    """Whether the text names a log, whose brackets hold a path and no values."""
    return bool(re.match(r"\s*log\s*([(:]|$)", text, re.I))


def read(text: str) -> Log:
    """The log that a text names. Raises `TextError`."""
    match = _CALL.fullmatch(text)
    message = "a file is wanted, such as log(grads.csv)"
    if not match:
        raise TextError("gradient", text, len(text.rstrip()), message)
    inside = (match["inside"] if match["inside"] is not None else match["after"]).strip()
    quoted = len(inside) > 1 and inside[0] in "'\"" and inside[-1] == inside[0]
    path = inside[1:-1] if quoted else inside
    if not path:
        raise TextError("gradient", text, len(text.rstrip()) - 1, message)
    if not quoted and inside.startswith("{"):
        _content(text, path)
    elif path.startswith(("{", "[")):
        path = f"./{path}"  # a file by that name
    return Log(path)


def _content(text: str, inside: str) -> None:
    """Raises `TextError` unless the JSON is what a batch writes."""
    try:
        log = parse.json_value(inside)
        valid = isinstance(log["name"], str) and isinstance(log["runs"], list)
    except (ValueError, KeyError, TypeError):
        valid = False
    if not valid:
        raise TextError("gradient", text, text.index("{"), "a file, or JSON with name and runs")


def _needs_quotes(path: str) -> bool:
    return path != path.strip() or path[0] in "'\""
