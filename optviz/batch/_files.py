"""Spec files as tables: TOML, JSON, or jsonl with a figure on each line; nothing is judged here."""

import json
import re
import tomllib
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path, PurePath
from typing import Any, NoReturn

from optviz import files
from optviz.batch._faults import Fault
from optviz.errors import BadFile, OptvizError

Table = dict[str, Any]
_MOST = 32 * 2**20  # bytes
_TOML_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")
_HEADER = re.compile(r"""\s*\[\s*(["']?)(.+?)\1\s*\]\s*(?:#.*)?$""")


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


def read(path: str) -> Sheet:
    """The tables of the file `path`, of standard input for `-`.

    The suffix tells the format, else the content. Raises `WorldError`, and `BadFile` with the line.
    """
    name = "standard input" if path == "-" else path
    text = _text(name, _content(path))
    suffix = PurePath(path).suffix.lower()
    if suffix == ".jsonl" or (suffix not in (".toml", ".json") and _lines_of_json(text)):
        return _jsonl(name, text)
    if suffix == ".json" or (suffix != ".toml" and text.lstrip()[:1] == "{"):
        return _sheet(name, _json(name, text))
    sheet = _sheet(name, _toml(name, text))
    sheet.about, sheet.captions = _about(text), _captions(text)
    return sheet


def _content(path: str) -> bytes:
    if path == "-":
        data = files.reading(path)
    else:
        with files.telling("read", path):
            try:
                with Path(path).open("rb") as stream:
                    data = stream.read(_MOST + 1)
            except ValueError:
                raise OSError("no file can be called that") from None
    if len(data) > _MOST:
        raise BadFile(path, f"larger than {_MOST >> 20} MB, which no spec is")
    return data


def _text(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        said = f"byte 0x{data[error.start]:02x} is not UTF-8"
        raise BadFile(name, said, data.count(b"\n", 0, error.start) + 1) from None


def _toml(name: str, text: str) -> Table:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_LINE.search(str(error))
        said = _TOML_LINE.sub("", str(error))
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        raise BadFile(name, f"not TOML: {said[:1].lower()}{said[1:]}", line) from None
    except (ValueError, RecursionError) as error:  # a number of 5000 digits, brackets in brackets
        raise BadFile(name, f"not TOML: {_cause(error)}") from None


def _json(name: str, text: str, line: int = 0) -> Any:
    def constant(word: str) -> NoReturn:
        raise BadFile(name, f"{word} is no finite number, and no JSON", line or None)

    def pairs(items: list[tuple[str, Any]]) -> Table:
        found: Table = {}
        for key, value in items:
            if key in found:
                raise BadFile(name, f"{key} is given twice", line or None)
            found[key] = value
        return found

    try:
        return json.loads(text, parse_constant=constant, object_pairs_hook=pairs)
    except json.JSONDecodeError as error:
        said = error.msg[:1].lower() + error.msg[1:]
        raise BadFile(name, f"not JSON: {said}", line or error.lineno) from None
    except (ValueError, RecursionError) as error:
        raise BadFile(name, f"not JSON: {_cause(error)}", line or None) from None


def _cause(error: Exception) -> str:
    return "too deep" if isinstance(error, RecursionError) else str(error)


def _lines_of_json(text: str) -> bool:
    """Whether each line is a figure of its own, and not a part of one document."""
    first, _, rest = text.strip().partition("\n")
    try:
        table = json.loads(first)
    except (ValueError, RecursionError):
        return False
    if not isinstance(table, dict):
        return False
    figures = {key: value for key, value in table.items() if key != "include"}
    return bool(rest) or any(not isinstance(value, dict) for value in figures.values())


def _jsonl(name: str, text: str) -> Sheet:
    sheet = Sheet(name)
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            _line(sheet, number, _json(name, line, number))
        except OptvizError as error:
            sheet.faults.append(Fault(name, "", "", None, _bare(name, error)))
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
            found[match[2]] = " ".join(said)
        said = []
    return found
