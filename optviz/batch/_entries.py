"""The figures of spec files as tables, with includes, defaults and matrices resolved."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from optviz import figures, files
from optviz.batch import _matrix, _spec_file
from optviz.batch._faults import FaultList, unknown
from optviz.batch._placed import PlacedTable
from optviz.batch._spec_file import SpecFile, Table
from optviz.errors import BadFile, BadValue, WorldError
from optviz.files import limits
from optviz.spec import kind_options
from optviz.text.options import listed

OWN = ("output", "caption")  # keys of a figure that are not options of its picture


@dataclass(frozen=True)
class Entry:
    """The table of a figure with the defaults, its file, and the folder of its outputs."""

    file: str
    root: Path
    name: str
    table: Table
    own: frozenset[str] = frozenset()  # keys that are not from the defaults
    placed: PlacedTable | None = None

    @property
    def place(self) -> str:
        """The file for messages, with the line of a table that stands in a document."""
        return self.placed.place if self.placed else self.file

    @property
    def label(self) -> str:
        """The name for messages, "" where the line tells the figure."""
        return "" if self.placed else self.name

    @property
    def owner(self) -> str:
        """What a message calls the figure to which a file belongs."""
        return f"line {self.placed.line} of {self.file}" if self.placed else f"[{self.name}]"

    @property
    def folder(self) -> Path:
        """The folder in which the paths of its data begin."""
        return self.placed.folder if self.placed else _spec_file.folder(self.file)


class Entries:
    """Collects the entries of files, by name and in order; mistakes are added to `faults`."""

    def __init__(self, faults: FaultList, environment: Table | None = None) -> None:
        """`environment` are options beneath all defaults, for the figures that have them."""
        self.faults, self.by_name = faults, dict[str, Entry]()
        self.environment = environment or {}
        self.inputs: dict[str, None] = {}  # every file that is read, in order
        self.empty: list[str] = []  # files without content; included ones do not count
        self.about: dict[str, str] = {}  # the comments at the top of files
        self._read: dict[Path, Table] = {}  # the defaults of each file that has been read

    def add(self, path: str, root: Path | None = None) -> None:
        """Adds the figures of a file and its includes; outputs go beside it, or to `root`."""
        self._add_file(path, root or _spec_file.folder(path), ())

    def add_table(self, name: str, table: Any, root: Path) -> None:
        """Adds a figure that a program gives."""
        self._add_figure(SpecFile("specs"), root, name, table, {})

    def add_placed(self, tables: Iterable[PlacedTable]) -> None:
        """Adds figures of documents, in order; defaults are for those of their file that follow."""
        defaults: list[tuple[PlacedTable, Table]] = []
        for placed in tables:
            if placed.is_defaults:
                own = self._defaults(SpecFile(placed.place, defaults=placed.table))
                defaults.append((placed, own))
                continue
            above = dict(self.environment)
            for other, own in defaults:
                above |= own if other.file == placed.file else {}
            own = _underscored(placed.table)
            table, keys = _with_defaults(own, above), frozenset(own)
            entry = Entry(placed.file, placed.root, placed.name, table, keys, placed)
            self.by_name[f"{placed.place}: {placed.name}"] = entry
        for placed, own in defaults:
            if entries := [one for one in self.by_name.values() if placed.is_above(one.placed)]:
                self._refuse_unused(SpecFile(placed.place), own, entries)

    def _add_file(self, path: str, root: Path, above: tuple[Path, ...]) -> Table:
        """Adds a file, which those `above` include, and returns its defaults."""
        with files.telling("read", path):
            place = files.resolved(path) if path != "-" else Path("-")
        if place in above:
            chain = " → ".join(p.name for p in (*above[above.index(place) :], place))
            raise BadFile(path, f"includes itself: {chain}")
        if place in self._read:
            return self._read[place]
        source = _spec_file.read(path)
        self.inputs |= {} if _spec_file.is_stream(path) else {path: None}
        self.empty += [source.path] if source.is_empty and not above else []
        self.faults += source.faults
        self.about |= {source.path: source.about} if source.about else {}
        defaults: Table = {}
        for included in self._includes(source):
            beside = str(_spec_file.folder(path) / included)
            try:
                defaults |= self._add_file(beside, root, (*above, place))
            except (BadFile, WorldError) as error:
                self.faults.note(source.path, "", "include", included, error)
        own = self._defaults(source)
        defaults |= own
        self._read[place] = defaults
        before = len(self.by_name)
        for name, table in source.figures.items():
            self._add_figure(source, root, name, table, defaults)
        added = list(self.by_name.values())[before:]
        if added and not above:
            self._refuse_unused(source, own, added)
        return defaults

    def _refuse_unused(self, source: SpecFile, defaults: Table, entries: list[Entry]) -> None:
        """Notes the defaults that are no option of any figure of the file."""
        used = {key for entry in entries for key in kind_options.split(entry.table)[1]}
        for key, value in kind_options.split(defaults)[1].items():
            if key not in used and (kinds := kind_options.kinds_with(key)):
                message = f"an option of {listed(kinds, 'and')}, and no figure here is one"
                self.faults.note(source.path, "defaults", key, value, message)

    def _includes(self, source: SpecFile) -> list[str]:
        paths = [source.include] if isinstance(source.include, str) else source.include
        if isinstance(paths, list | tuple) and all(isinstance(path, str) for path in paths):
            return list(paths)
        self.faults.note(
            source.path, "", "include", source.include, 'a list of files, ["a.toml"], is wanted'
        )
        return []

    def _defaults(self, source: SpecFile) -> Table:
        if not isinstance(source.defaults, dict):
            self.faults.note(source.path, "", "defaults", source.defaults, "a table is wanted")
            return {}
        table, keys = _underscored(source.defaults), kind_options.all_keys()
        for key, value in table.items():
            if key not in keys and key not in OWN:
                error = unknown("word", key, [*sorted(keys), *OWN], value)
                self.faults.note(source.path, "defaults", key, value, error)
        return table

    def _add_figure(
        self, source: SpecFile, root: Path, name: str, table: Any, defaults: Table
    ) -> None:
        if not isinstance(table, dict):
            message = "a figure is a table, [name]; before the first stands include alone"
            self.faults.note(source.path, "", name, table, message)
            return
        caption = {"caption": source.captions[name]} if name in source.captions else {}
        try:
            for full, own in _matrix.expanded(name, _underscored(table)):
                table = caption | _with_defaults(own, self.environment | defaults)
                self._add_entry(Entry(source.path, root, full, table, frozenset(own)))
        except BadValue as error:
            self.faults.note(source.path, name, str(error.what), None, error)

    def _add_entry(self, entry: Entry) -> None:
        other = self.by_name.get(entry.name)
        if other or not entry.name.strip():
            where = f", also in {other.file}" if other and other.file != entry.file else ""
            message = f"two figures are called so{where}" if other else "a figure wants a name"
            self.faults.note(entry.file, entry.name, "", None, message)
        elif len(self.by_name) >= limits.FIGURES:
            raise BadValue("figures", f"more than {limits.FIGURES}", "fewer are wanted")
        else:
            self.by_name[entry.name] = entry


def _underscored(table: Table) -> Table:
    return {key.replace("-", "_"): value for key, value in table.items()}


def _with_defaults(own: Table, defaults: Table) -> Table:
    """The table with those defaults that are options of its figure kind."""
    kind, values = kind_options.split(defaults)
    if (own_kind := kind_options.split(own)[0]) is not None:
        kind = own_kind
    elif kind is not None:
        own = {"figure": kind, **own}
    kind = "trace" if kind is None else kind
    if kind not in figures.registry.names:
        return own
    options = kind_options.options_of(figures.registry[kind])
    return {**{k: v for k, v in values.items() if k in options or k in OWN}, **own}
