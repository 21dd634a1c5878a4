"""The figures of spec files as tables: includes followed, defaults and matrices worked in."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from optviz import figures, files
from optviz.batch import _files, _matrix
from optviz.batch._faults import Faults, unknown
from optviz.batch._files import Sheet, Table
from optviz.errors import BadFile, BadValue, WorldError
from optviz.files import limits
from optviz.spec import kind_options
from optviz.text.options import listed

OWN = ("output", "caption")  # keys of a figure that are no words of its picture


@dataclass(frozen=True)
class Entry:
    """A figure's table with its defaults in: the file it stands in, and where its outputs go."""

    file: str
    root: Path
    name: str
    table: Table
    own: frozenset[str] = frozenset()  # keys that are not of the defaults


class Tables:
    """Collects the entries of files, in order; what is wrong goes into `faults`."""

    def __init__(self, faults: Faults) -> None:
        self.faults, self.entries = faults, dict[str, Entry]()
        self.inputs: dict[str, None] = {}  # every file that was read, in order
        self.empty: list[str] = []  # files that were named and hold nothing
        self.about: dict[str, str] = {}  # what the comment that opens a file says
        self._read: dict[Path, Table] = {}  # the defaults of each file that is done

    def add(self, path: str, root: Path | None = None) -> None:
        """The figures of a file, and of those it includes; outputs go beside it, or to `root`."""
        self._follow(path, root or _files.folder(path), ())

    def table(self, name: str, table: Any, root: Path) -> None:
        """One figure given from Python."""
        self._figure(Sheet("specs"), root, name, table, {})

    def _follow(self, path: str, root: Path, above: tuple[Path, ...]) -> Table:
        """Takes a file in and returns its defaults."""
        with files.telling("read", path):
            place = files.resolved(path) if path != "-" else Path("-")
        if place in above:
            chain = " → ".join(p.name for p in (*above[above.index(place) :], place))
            raise BadFile(path, f"includes itself: {chain}")
        if place in self._read:
            return self._read[place]
        sheet = _files.read(path)
        self.inputs |= {} if _files.is_stream(path) else {path: None}
        self.empty += [sheet.path] if sheet.is_empty and not above else []
        self.faults += sheet.faults
        self.about |= {sheet.path: sheet.about} if sheet.about else {}
        defaults: Table = {}
        for included in self._includes(sheet):
            beside = str(_files.folder(path) / included)
            try:
                defaults |= self._follow(beside, root, (*above, place))
            except (BadFile, WorldError) as error:
                self.faults.note(sheet.path, "", "include", included, error)
        of_sheet = self._defaults(sheet)
        defaults |= of_sheet
        self._read[place] = defaults
        before = len(self.entries)
        for name, table in sheet.figures.items():
            self._figure(sheet, root, name, table, defaults)
        added = list(self.entries.values())[before:]
        if added and not above:
            self._refuse_unused(sheet, of_sheet, added)
        return defaults

    def _refuse_unused(self, sheet: Sheet, defaults: Table, entries: list[Entry]) -> None:
        """Notes the defaults that none of the figures beneath them has an option for."""
        taken = {key for entry in entries for key in kind_options.split(entry.table)[1]}
        for key, value in kind_options.split(defaults)[1].items():
            if key not in taken and (kinds := kind_options.kinds_with(key)):
                said = f"an option of {listed(kinds, 'and')}, and no figure here is one"
                self.faults.note(sheet.path, "defaults", key, value, said)

    def _includes(self, sheet: Sheet) -> list[str]:
        listed = [sheet.include] if isinstance(sheet.include, str) else sheet.include
        if isinstance(listed, list | tuple) and all(isinstance(one, str) for one in listed):
            return list(listed)
        self.faults.note(
            sheet.path, "", "include", sheet.include, 'a list of files, ["a.toml"], is wanted'
        )
        return []

    def _defaults(self, sheet: Sheet) -> Table:
        if not isinstance(sheet.defaults, dict):
            self.faults.note(sheet.path, "", "defaults", sheet.defaults, "a table is wanted")
            return {}
        table, words = _named(sheet.defaults), kind_options.all_keys()
        for key, value in table.items():
            if key not in words and key not in OWN:
                said = unknown("word", key, [*sorted(words), *OWN])
                self.faults.note(sheet.path, "defaults", key, value, said)
        return table

    def _figure(self, sheet: Sheet, root: Path, name: str, table: Any, defaults: Table) -> None:
        if not isinstance(table, dict):
            said = "a figure is a table, [name]; before the first stands include alone"
            self.faults.note(sheet.path, "", name, table, said)
            return
        caption = {"caption": sheet.captions[name]} if name in sheet.captions else {}
        try:
            for full, own in _matrix.expanded(name, _named(table)):
                table = caption | _beneath(defaults, own)
                self._entry(Entry(sheet.path, root, full, table, frozenset(own)))
        except BadValue as error:
            self.faults.note(sheet.path, name, str(error.what), None, error)

    def _entry(self, entry: Entry) -> None:
        twin = self.entries.get(entry.name)
        if twin or not entry.name.strip():
            where = f", also in {twin.file}" if twin and twin.file != entry.file else ""
            said = f"two figures are called so{where}" if twin else "a figure wants a name"
            self.faults.note(entry.file, entry.name, "", None, said)
        elif len(self.entries) >= limits.FIGURES:
            raise BadValue("figures", f"more than {limits.FIGURES}", "fewer are wanted")
        else:
            self.entries[entry.name] = entry


def _named(table: Table) -> Table:
    return {key.replace("-", "_"): value for key, value in table.items()}


def _beneath(defaults: Table, own: Table) -> Table:
    """The table over those defaults that its kind of figure has an option for."""
    kind, chosen = kind_options.split(defaults)
    if (named := kind_options.split(own)[0]) is not None:
        kind = named
    elif kind is not None:
        own = {"figure": kind, **own}
    kind = "trace" if kind is None else kind
    if kind not in figures.registry.names:
        return own
    options = kind_options.options_of(figures.registry[kind])
    return {**{k: v for k, v in chosen.items() if k in options or k in OWN}, **own}
