"""Parses spec files: TOML, JSON, or jsonl with a figure on each line."""

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
class SpecFile:
    """A parsed spec file: what it includes, its defaults, its figures by name, in order.

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
        """Whether the file has no figure, no default and includes nothing."""
        return not (self.figures or self.defaults or self.include or self.faults)


def is_stream(path: str) -> bool:
    """Whether a path is standard input or another open descriptor, such as Bash's `<(…)`."""
    return path == "-" or bool(_DESCRIPTOR.fullmatch(str(Path(path).absolute())))


def folder(path: str) -> Path:
    """The folder in which paths in a spec file begin; for a stream, the current folder."""
    return Path() if is_stream(path) else Path(path).parent


def read(path: str) -> SpecFile:
    """Parses the file `path`, or standard input for `-`.

    The format is that of the suffix; without one, that of the content. Raises `WorldError`, and
    `BadFile` with the line.
    """
    name = files.display_name(path)
    text = files.decoded(files.reading(path, limits.SPEC), name).replace("\r\n", "\n")
    suffix = PurePath(path).suffix.lower()
    if suffix == ".jsonl" or (suffix not in (".toml", ".json") and _is_jsonl(text)):
        return _jsonl(name, text)
    if suffix == ".json" or (suffix != ".toml" and text.lstrip()[:1] == "{"):
        return _from_table(name, _parsed(name, parse.json_value, text))
    spec_file = _from_table(name, _parsed(name, parse.toml_table, text))
    spec_file.about, spec_file.captions = _about(text), _captions(text)
    return spec_file


def _parsed(name: str, parser: Callable[[str], Any], text: str, line: int | None = None) -> Any:
    with parse.in_file(name, line):
        return parser(text)


def _is_jsonl(text: str) -> bool:
    """Whether each line is a figure, rather than the text one JSON document."""
    first, _, rest = text.strip().partition("\n")
    try:
        table = parse.json_value(first)
    except parse.Malformed:
        return False
    if not isinstance(table, dict):
        return False
    figures = {key: value for key, value in table.items() if key != "include"}
    return bool(rest) or any(not isinstance(value, dict) for value in figures.values())


def _jsonl(name: str, text: str) -> SpecFile:
    spec_file = SpecFile(name)
    for number, line in enumerate(StringIO(text), 1):  # at line feeds, one at a time
        if not line.strip():
            continue
        try:
            _line(spec_file, number, _parsed(name, parse.json_value, line, number))
        except OptvizError as error:
            spec_file.faults.append(Fault(name, "", "", None, _message(name, error)))
        if len(spec_file.figures) > limits.FIGURES or len(spec_file.faults) > limits.FAULTS:
            raise BadFile(name, "too many figures, or mistakes; split it", number)
    return spec_file


def _line(spec_file: SpecFile, number: int, table: Any) -> None:
    if not isinstance(table, dict):
        raise BadFile(spec_file.path, "a figure is wanted, {…}", number)
    figure = table.pop("name", f"figure-{number}")
    if not isinstance(figure, str) or figure in spec_file.figures:
        raise BadFile(spec_file.path, f"name: {figure!r}, a name of its own is wanted", number)
    spec_file.figures[figure] = table


def _message(name: str, error: OptvizError) -> str:
    """The message without the file, which a fault names first."""
    return str(error).removeprefix(name).removeprefix(", ").removeprefix(": ")


def _from_table(name: str, table: Any) -> SpecFile:
    if not isinstance(table, dict):
        raise BadFile(name, "a table of figures is wanted, {…}")
    table = dict(table)
    return SpecFile(name, table.pop("include", []), table.pop("defaults", {}), table)


def _about(text: str) -> str:
    """The first paragraph of the comment that opens a file, if an empty line sets it apart."""
    head, *_ = re.split(r"^[ \t]*$", text, maxsplit=1, flags=re.M)
    lines = head.splitlines()
    if not all(line.startswith("#") for line in lines):
        return ""
    return " ".join(takewhile(bool, (line.lstrip("#").strip() for line in lines)))


def _captions(text: str) -> dict[str, str]:
    """The comment right above the header of each figure, by the figure."""
    captions: dict[str, str] = {}
    comment: list[str] = []
    for line in text.splitlines():
        if line.startswith("#"):
            comment.append(line.lstrip("#").strip())
            continue
        if comment and (match := _HEADER.match(line)):
            captions[match[1] or match[2] or match[3] or ""] = " ".join(comment)
        comment = []
    return captions
