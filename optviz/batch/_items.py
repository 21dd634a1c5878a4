"""Figures of a batch ready to be drawn: words read, outputs placed, code from outside refused."""

import json
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from optviz import gradients, objectives, optimizers, records, render, spec
from optviz.batch import _files, _meaning, _paths
from optviz.batch._faults import Faults, unknown
from optviz.batch._paths import Claims
from optviz.batch._tables import OWN, Entry
from optviz.errors import BadFile, BadValue, NoEffect, OptvizError, Unfit, UnknownName
from optviz.spec import RunSpec
from optviz.spec.figure import Figure, read
from optviz.spec.kind_options import KIND
from optviz.text.options import listed

_OTHER = ("figure", "matrix")  # words that are no options
_TABLE = 900 * 1024  # characters of a table that a recipe has room for
NO_PIPE = "a file is wanted: standard input is not read twice"


@dataclass(frozen=True)
class Item:
    """A figure, its outputs by path under `root` with their formats, and the data file it reads.

    `outside` says that it runs code that is not of optviz.
    """

    file: str
    name: str
    figure: Figure
    root: Path
    outputs: tuple[tuple[str, str], ...]
    caption: str = ""
    data: tuple[str, ...] = ()
    outside: bool = False

    def path(self, output: str) -> str:
        """Where an output goes, as people name it."""
        return str(self.root / output)

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats to make, each once, in order."""
        return tuple(dict.fromkeys(form for _, form in self.outputs))


class Reader:
    """Makes items of entries; what is wrong goes into `faults`."""

    def __init__(self, faults: Faults, inputs: list[str], allow_code: bool) -> None:
        self.faults, self.allow_code, self.claims = faults, allow_code, Claims()
        self.pictures = render.registry.names
        for path in inputs:
            self.claims.claim(Path(path), "the batch itself")

    def item(self, entry: Entry) -> Item | None:
        """The item of an entry, None where its table is wrong."""
        before = len(self.faults)
        found = self._figure(entry)
        caption = entry.table.get("caption", "")
        if not isinstance(caption, str):
            self._note(entry, "caption", BadValue("caption", caption, "a text is wanted"))
        outputs = self._outputs(entry, found)
        if found is None or len(self.faults) > before:
            return None
        outside = self._outside(entry, found.run)
        try:
            found = replace(found, typed=entry.own).fit(*_shown(outputs))
        except (NoEffect, Unfit) as error:
            self._note(entry, getattr(error, "what", "output"), error)
        data: tuple[str, ...] = ()
        try:
            found, data = _filled(found, _files.folder(entry.file))
        except OptvizError as error:
            word = "objective" if found.run.objective.strip().startswith("@") else "gradient"
            self._note(entry, word, error)
        if len(self.faults) > before:
            return None
        return Item(entry.file, entry.name, found, entry.root, outputs, caption, data, outside)

    def _note(self, entry: Entry, key: str, error: OptvizError) -> None:
        self.faults.note(entry.file, entry.name, key, entry.table.get(key), error)

    def _figure(self, entry: Entry) -> Figure | None:
        words = {key: value for key, value in entry.table.items() if key not in OWN}
        found, wrong = read(words)
        for error in wrong:
            key = self._blamed(error, words)
            if isinstance(words.get(key), dict):
                said = f'a table in a figure; a name with a dot is ["{entry.name}.{key}"]'
                self._note(entry, key, Unfit(said))
            elif isinstance(error, UnknownName) and key in words and key not in KIND:
                self._note(entry, key, unknown(error.kind, key, [*error.choices, *OWN, *_OTHER]))
            else:
                self._note(entry, key, error)
        if found is None:
            self._rest(entry, words, wrong)
        return found

    def _blamed(self, error: OptvizError, words: dict[str, Any]) -> str:
        """The word that an error is about."""
        named = [getattr(error, "name", ""), getattr(error, "what", "")]
        kinds = [word for word in KIND if word in words]
        return next((key for key in words if key.replace("-", "_") in named), "".join(kinds[:1]))

    def _rest(self, entry: Entry, words: dict[str, Any], wrong: list[OptvizError]) -> None:
        """What else is wrong once the words that cannot be read are left out: all is told at once.

        A data file is looked for later, from the folder of its spec.
        """
        bad = {getattr(error, "name", getattr(error, "what", "")) for error in wrong}
        left = {key: value for key, value in words.items() if key.replace("-", "_") not in bad}
        if str(left.get("objective", "")).startswith("@"):
            del left["objective"]
        partial, _ = read({key: value for key, value in left.items() if key not in bad})
        if partial and not self._outside(entry, partial.run):
            for key, value, error in _meaning.alone(partial):
                self.faults.note(entry.file, entry.name, key, value, error)

    def _outside(self, entry: Entry, run: RunSpec) -> bool:
        """Whether code from outside is run; a fault unless that is allowed."""
        code = optimizers.foreign(run.opt)
        if code and not self.allow_code:
            said = "code from outside runs only with --allow-code"
            self.faults.note(entry.file, entry.name, "opt", code, said)
        return bool(code)

    def _outputs(self, entry: Entry, found: Figure | None) -> tuple[tuple[str, str], ...]:
        given = entry.table.get("output", "{name}.png")
        listed = [given] if isinstance(given, str) else given
        if (
            not isinstance(listed, list)
            or not listed
            or not all(isinstance(o, str) for o in listed)
        ):
            self._note(entry, "output", BadValue("output", given, "a list of paths is wanted"))
            return ()
        outputs = []
        for text in (one.replace("{name}", entry.name) for one in listed):
            try:
                path = _paths.target(entry.root, text)
                outputs.append((text, self._format(text, found)))
                if said := self.claims.claim(path, f"[{entry.name}]"):
                    raise BadValue("output", text, said)
            except BadValue as error:
                self.faults.note(entry.file, entry.name, "output", text, error)
        return tuple(outputs)

    def _format(self, text: str, found: Figure | None) -> str:
        name = PurePath(text).suffix[1:].lower()
        drawn = [form for form in self.pictures if not render.registry[form].many]
        if name in drawn:
            return name
        if name not in records.registry.names:
            known = ", ".join([*drawn, *records.registry.names])
            raise BadValue("output", text, f"a known suffix is wanted: {known}")
        if found and name not in found.kind.formats():
            has = listed((*drawn, *found.kind.formats()), "or")
            raise BadValue("output", text, f"{has} is wanted of {found.name}")
        return name


def _shown(outputs: tuple[tuple[str, str], ...]) -> tuple[bool, bool]:
    """Whether there are pictures among the outputs, and films."""
    drawn = [render.registry[form] for _, form in outputs if form in render.registry.names]
    return bool(drawn), any(kind.moves for kind in drawn)


def _filled(found: Figure, folder: Path) -> tuple[Figure, tuple[str, ...]]:
    """The figure with the data of its `@file` and its log in its words instead, and their paths.

    Both are beside the spec. Of a table it is the text itself, below its name: a run under
    minibatches is drawn from its rows, and these travel with it.
    """
    run = found.run
    run, data = _objective(run, folder)
    if found.is_logged:
        log = gradients.log.read(run.gradient)
        if log.file == "-":
            raise BadValue("gradient", run.gradient, NO_PIPE)
        if not log.inline:
            path = str(folder / log.file)
            run = replace(run, gradient=str(records.packed(log, path)))
            data = (*data, path)
    return replace(found, run=run), data


def _objective(run: RunSpec, folder: Path) -> tuple[RunSpec, tuple[str, ...]]:
    text = run.objective.strip()
    if not text.startswith("@"):
        return run, ()
    name = text[1:].strip()
    if name == "-":
        raise BadValue("objective", text, NO_PIPE)
    if "\n" in name:  # the table is here already
        return run, ()
    path = str(folder / name) if name else ""
    if objectives.is_table(text):
        content = objectives.contents(path).decode("utf-8-sig", "replace")
        content = content.replace("\r\n", "\n")
        inside = f"@{PurePath(name).name}\n{content}"
        if len(json.dumps(inside)) > _TABLE:
            said = f"more than {_TABLE >> 10} kB; a figure of a batch carries its table"
            raise BadFile(path, f"{said}, so take fewer rows, or draw it by itself")
        return replace(run, objective=inside), (path,)
    q = spec.objective(replace(run, objective=f"@{path}", rotate=0.0)).quadratic_for("a matrix")
    numbers = json.dumps(q.Q.tolist()), json.dumps(q.c.tolist()), repr(float(q.b))
    return replace(run, objective="quadratic(Q={}, c={}, b={})".format(*numbers)), (path,)
