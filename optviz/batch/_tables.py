"""The figures of spec files as tables: includes followed, defaults and matrices worked in."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from optviz import files
from optviz.batch import _files, _matrix
from optviz.batch._faults import Faults, unknown
from optviz.batch._files import Sheet, Table
from optviz.errors import BadFile, BadValue, WorldError
from optviz.files import limits
from optviz.spec.figure import FRAMED, GROUPS, read

OWN = ("output", "caption")  # keys of a figure that are no words of its picture
_WORDS = {f.name for groups in GROUPS.values() for group in groups for f in fields(group)}
_WORDS |= {"view", "command"}


@dataclass(frozen=True)
class Entry:
    """A figure's table with its defaults in: the file it stands in, and where its outputs go."""

    file: str
    root: Path
    name: str
    table: Table


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
        defaults |= self._defaults(sheet)
        self._read[place] = defaults
        for name, table in sheet.figures.items():
            self._figure(sheet, root, name, table, defaults)
        return defaults

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
        table = _named(sheet.defaults)
        for key, value in table.items():
            if key not in _WORDS and key not in OWN:
                said = unknown("word", key, [*sorted(_WORDS), *OWN])
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
                self._entry(Entry(sheet.path, root, full, caption | _beneath(defaults, own)))
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
    """The table over those defaults that its view has a word for."""
    if not defaults:
        return own
    chosen = defaults if not {"view", "command"} & own.keys() else own
    found, wrong = read({k: chosen[k] for k in ("view", "command") if k in chosen})
    known = _WORDS if found is None or wrong else words_of(found.view)
    fit = {k: v for k, v in defaults.items() if k in known or k in OWN}
    if chosen is own:  # the view is its own, so is how it is framed
        fit.pop("command", None)
        if defaults.get("view") not in FRAMED or "view" in own:
            fit.pop("view", None)
    return {**fit, **own}


def words_of(view: str) -> set[str]:
    """The names of all words that a view has."""
    groups = GROUPS[view]
    return {f.name for group in groups for f in fields(group)} | {"view", "command"}


def other_views(key: str) -> list[str]:
    """The views that have a word of this name."""
    return [view for view in GROUPS if key in words_of(view)]
