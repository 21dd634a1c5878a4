"""Spec files, or tables from Python, read into the plan of a batch; nothing is drawn or written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from optviz import files
from optviz.batch._faults import Fault, Faults
from optviz.batch._items import Item, Reader
from optviz.batch._paths import Claims
from optviz.batch._tables import Tables
from optviz.errors import BadFile, BadValue, Unfit


@dataclass(frozen=True)
class Plan:
    """The figures of a batch in order, the spec files they were read from, and what is wrong.

    `about` is what the comment that opens a spec file says, by the file; `empty` are spec files
    that hold nothing at all.
    """

    items: tuple[Item, ...]
    inputs: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)
    empty: tuple[str, ...] = ()

    def only(self, patterns: Iterable[str]) -> "Plan":
        """The figures whose names match one of the patterns (`*`, `?`, `[…]`); all without any.

        Raises `Unfit` where a pattern matches none. What is wrong elsewhere stays wrong.
        """
        patterns = tuple(patterns)
        for pattern in () if self.faults else patterns:
            if not any(fnmatchcase(item.name, pattern) for item in self.items):
                raise Unfit(f"no figure's name is like {pattern!r}")
        chosen = [i for i in self.items if any(fnmatchcase(i.name, p) for p in patterns)]
        return replace(self, items=tuple(chosen)) if patterns else self

    def clash(self, path: str) -> str:
        """Who in the batch has the file `path` already, as a sentence; "" if nobody has."""
        read = [*self.inputs, *(path for item in self.items for path in item.data)]
        if files.identity(path) in _identities(read):
            return "but the batch itself has that file"
        claims = Claims()
        for given in read:
            claims.claim(Path(given), "the batch itself")
        for item in self.items:
            for output, _ in item.outputs:
                claims.claim(item.root / output, f"[{item.name}]")
        return claims.claim(Path(path), "another")


def read(
    specs: Iterable[str] | Mapping[str, Mapping[str, Any]],
    *,
    out_dir: str | Path | None = None,
    allow_code: bool = False,
) -> Plan:
    """The plan of spec files (`-` is standard input), or of tables by the names of their figures.

    Outputs go under `out_dir`, or else beside the file that was named, in the current folder for
    standard input, `<(…)` and tables. What is wrong with words, tables and paths is in `faults`;
    what words mean is for `check`. Raises `WorldError` for a file that cannot be read.
    """
    faults = Faults()
    tables = Tables(faults)
    root = None if out_dir is None else Path(out_dir)
    if isinstance(specs, Mapping):
        for name, table in specs.items():
            tables.table(name, dict(table), root or Path())
    else:
        for path in specs:
            _add(tables, path, root)
    reader = Reader(faults, list(tables.inputs), allow_code)
    items = [reader.item(entry) for entry in tables.entries.values()]
    drawn = tuple(item for item in items if item)
    stream = [path for path in specs if path == "-"]
    _refuse_inputs(faults, drawn, [*stream, *tables.inputs])
    return Plan(drawn, tuple(tables.inputs), tuple(faults), tables.about, tuple(tables.empty))


def _refuse_inputs(faults: Faults, items: Iterable[Item], inputs: Iterable[str]) -> None:
    """Notes each output that is a file which the batch reads, by whatever name."""
    items = tuple(items)
    read = _identities([*inputs, *(path for item in items for path in item.data)])
    for item in items:
        for output, _ in item.outputs:
            if files.identity(item.path(output)) in read:
                error = BadValue("output", output, "but the batch reads that file")
                faults.note(item.file, item.name, "output", output, error)


def _identities(paths: Iterable[str]) -> set[tuple[int, int] | None]:
    return {files.identity(path) for path in paths} - {None}


def _add(tables: Tables, path: str, root: Path | None) -> None:
    try:
        tables.add(path, root)
    except BadFile as error:
        place = f"{error.path}, line {error.line}" if error.line is not None else error.path
        tables.faults.note(place, "", "", None, error.message)
