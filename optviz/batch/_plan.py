"""The plan of a batch: figures read from spec files, or from tables in Python."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from optviz import files
from optviz.batch._entries import Entries
from optviz.batch._faults import Fault, FaultList
from optviz.batch._item import Item, ItemReader
from optviz.batch._output_paths import Claims
from optviz.batch._placed import PlacedTable
from optviz.errors import BadFile, BadValue, Unfit


@dataclass(frozen=True)
class Plan:
    """The figures of a batch in order, the spec files they were read from, and what is wrong.

    `about` are the comments at the top of spec files, by file; `empty` are spec files without any
    content.
    """

    items: tuple[Item, ...]
    inputs: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)
    empty: tuple[str, ...] = ()

    def only(self, patterns: Iterable[str]) -> "Plan":
        """The figures whose names match one of the patterns (`*`, `?`, `[…]`); all without any.

        Raises `Unfit` if a pattern matches none. `faults` stay those of all figures.
        """
        patterns = tuple(patterns)
        for pattern in () if self.faults else patterns:
            if not any(fnmatchcase(item.name, pattern) for item in self.items):
                raise Unfit(f"no figure's name is like {pattern!r}")
        chosen = [i for i in self.items if any(fnmatchcase(i.name, p) for p in patterns)]
        return replace(self, items=tuple(chosen)) if patterns else self

    def clash(self, path: str) -> str:
        """A sentence if the file `path` is an input or output of the batch; "" if not."""
        inputs = [*self.inputs, *(path for item in self.items for path in item.data)]
        if files.identity(path) in _identities(inputs):
            return "but the batch itself has that file"
        claims = Claims()
        for file in inputs:
            claims.claim(Path(file), "the batch itself")
        for item in self.items:
            for output, _ in item.outputs:
                claims.claim(item.root / output, f"[{item.name}]")
        return claims.claim(Path(path), "another")


def read(
    specs: Iterable[str] | Mapping[str, Mapping[str, Any]],
    *,
    out_dir: str | Path | None = None,
    allow_code: bool = False,
    environment: Mapping[str, Any] | None = None,
) -> Plan:
    """The plan of spec files (`-` is standard input), or of tables by the names of their figures.

    Outputs go under `out_dir`, or else beside the file that was named, in the current folder for
    standard input, `<(…)` and tables. The options of `environment` are for the figures that have
    them and say nothing else. What is wrong with keys, types and paths is in `faults`;
    `check` validates the values. Raises `WorldError` for a file that cannot be read.
    """
    faults = FaultList()
    collected = Entries(faults, dict(environment or {}))
    root = None if out_dir is None else Path(out_dir)
    if isinstance(specs, Mapping):
        for name, table in specs.items():
            collected.add_table(name, dict(table), root or Path())
    else:
        for path in specs:
            _add(collected, path, root)
    return _planned(collected, [path for path in specs if path == "-"], allow_code)


def read_tables(
    tables: Iterable[PlacedTable],
    inputs: Iterable[str],
    *,
    faults: Iterable[Fault] = (),
    allow_code: bool = False,
    environment: Mapping[str, Any] | None = None,
) -> Plan:
    """The plan of tables that stand in other files, the `inputs`, which no output may be.

    They are no `inputs` of the plan, because they are written after its outputs. `faults` are
    mistakes that are known already; else as `read`.
    """
    inputs = tuple(inputs)
    collected = Entries(FaultList(faults), dict(environment or {}))
    collected.inputs = dict.fromkeys(path for path in inputs if path != "-")
    collected.add_placed(tables)
    streams = [path for path in inputs if path == "-"]
    plan = _planned(collected, streams, allow_code, "the document")
    return replace(plan, inputs=())


def _planned(
    collected: Entries, streams: list[str], allow_code: bool, owner: str = "the batch itself"
) -> Plan:
    """The plan of the entries; standard input among the `streams` is a file that is read.

    `owner` is what messages call the files that are read.
    """
    faults = collected.faults
    reader = ItemReader(faults, list(collected.inputs), allow_code, owner)
    items = [reader.item(entry) for entry in collected.by_name.values()]
    valid = tuple(item for item in items if item)
    _refuse_inputs(faults, valid, [*streams, *collected.inputs])
    return Plan(
        valid, tuple(collected.inputs), tuple(faults), collected.about, tuple(collected.empty)
    )


def _refuse_inputs(faults: FaultList, items: Iterable[Item], inputs: Iterable[str]) -> None:
    """Notes each output that is a file which the batch reads, also by another path or a link."""
    items = tuple(items)
    identities = _identities([*inputs, *(path for item in items for path in item.data)])
    for item in items:
        for output, _ in item.outputs:
            if files.identity(item.path(output)) in identities:
                error = BadValue("output", output, "but the batch reads that file")
                faults.note(item.place, item.label, "output", output, error)


def _identities(paths: Iterable[str]) -> set[tuple[int, int] | None]:
    return {files.identity(path) for path in paths} - {None}


def _add(collected: Entries, path: str, root: Path | None) -> None:
    try:
        collected.add(path, root)
    except BadFile as error:
        place = f"{error.path}, line {error.line}" if error.line is not None else error.path
        collected.faults.note(place, "", "", None, error.message)
