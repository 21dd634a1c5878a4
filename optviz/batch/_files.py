"""Spec files as tables: TOML, JSON, or jsonl with a figure on each line; nothing is judged here."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from io import StringIO
from itertools import takewhile
from pathlib import Path, PurePath
from typing import Any

from optviz import files
from optviz.batch._faults import Fault
from optviz.errors import BadFile, OptvizError
from optviz.files import limits, parse

Table = dict[str, Any]
_DESCRIPTOR = re.compile(r"/dev/(stdin|fd/\d+)|/proc/(self|\d+)/fd/\d+")
_HEADER = re.compile(r"""\s*+\[\s*+(?:"([^"]*+)"|'([^']*+)'|([\w-]++))\s*+\]""")


@dataclass
class Sheet:
    """One file: what it includes, its defaults, and its figures by name, in order.

    `about` is the comment that opens the file, `captions` are those right above a figure's header.
    """

    path: str
    include: Any = ()
    defaults: Any = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)
    about: str = ""
    captions: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether the file holds nothing at all: no figure, no default, nothing included."""
        return not (self.figures or self.defaults or self.include or self.faults)


def is_stream(path: str) -> bool:
    """Whether a path is standard input or another open descriptor, such as Bash's `<(…)`."""
    return path == "-" or bool(_DESCRIPTOR.fullmatch(str(Path(path).absolute())))


def folder(path: str) -> Path:
    """The folder where the names in a spec file begin: its own, the current one of a stream."""
    return Path() if is_stream(path) else Path(path).parent


def read(path: str) -> Sheet:
    """The tables of the file `path`, of standard input for `-`.

    The suffix tells the format, else the content. Raises `WorldError`, and `BadFile` with the line.
    """
    name = files.display_name(path)
    text = files.decoded(files.reading(path, limits.SPEC), name).replace("\r\n", "\n")
    suffix = PurePath(path).suffix.lower()
    if suffix == ".jsonl" or (suffix not in (".toml", ".json") and _lines_of_json(text)):
        return _jsonl(name, text)
    if suffix == ".json" or (suffix != ".toml" and text.lstrip()[:1] == "{"):
        return _sheet(name, _parsed(name, parse.json_value, text))
    sheet = _sheet(name, _parsed(name, parse.toml_table, text))
    sheet.about, sheet.captions = _about(text), _captions(text)
    return sheet


def _parsed(name: str, parser: Callable[[str], Any], text: str, line: int | None = None) -> Any:
    with parse.in_file(name, line):
        return parser(text)


def _lines_of_json(text: str) -> bool:
    """Whether each line is a figure of its own, and not a part of one document."""
    first, _, rest = text.strip().partition("\n")
    try:
        table = parse.json_value(first)
    except parse.Malformed:
        return False
    if not isinstance(table, dict):
        return False
    figures = {key: value for key, value in table.items() if key != "include"}
    return bool(rest) or any(not isinstance(value, dict) for value in figures.values())


def _jsonl(name: str, text: str) -> Sheet:
    sheet = Sheet(name)
    for number, line in enumerate(StringIO(text), 1):  # at line feeds, one at a time
        if not line.strip():
            continue
        try:
            _line(sheet, number, _parsed(name, parse.json_value, line, number))
        except OptvizError as error:
            sheet.faults.append(Fault(name, "", "", None, _bare(name, error)))
        if len(sheet.figures) > limits.FIGURES or len(sheet.faults) > limits.FAULTS:
            raise BadFile(name, "too many figures, or mistakes; split it", number)
    return sheet


def _line(sheet: Sheet, number: int, table: Any) -> None:
    if not isinstance(table, dict):
        raise BadFile(sheet.path, "a figure is wanted, {…}", number)
    called = table.pop("name", f"figure-{number}")
    if not isinstance(called, str) or called in sheet.figures:
        raise BadFile(sheet.path, f"name: {called!r}, a name of its own is wanted", number)
    sheet.figures[called] = table


def _bare(name: str, error: OptvizError) -> str:
    """The sentence without the file, which stands before it anyway."""
    return str(error).removeprefix(name).removeprefix(", ").removeprefix(": ")


def _sheet(name: str, table: Any) -> Sheet:
    if not isinstance(table, dict):
        raise BadFile(name, "a table of figures is wanted, {…}")
    table = dict(table)
    return Sheet(name, table.pop("include", []), table.pop("defaults", {}), table)


def _about(text: str) -> str:
    """The first paragraph of the comment that opens a file, if an empty line sets it apart."""
    head, *_ = re.split(r"^[ \t]*$", text, maxsplit=1, flags=re.M)
    lines = head.splitlines()
    if not all(line.startswith("#") for line in lines):
        return ""
    return " ".join(takewhile(bool, (line.lstrip("#").strip() for line in lines)))


def _captions(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    said: list[str] = []
    for line in text.splitlines():
        if line.startswith("#"):
            said.append(line.lstrip("#").strip())
            continue
        if said and (match := _HEADER.match(line)):
            found[match[1] or match[2] or match[3] or ""] = " ".join(said)
        said = []
    return found
