"""Figures of a batch, ready to be drawn: options read, outputs placed, external code refused."""

from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from optviz import optimizers, records, render, spec
from optviz.batch import _output_paths, _validator
from optviz.batch._embedded import embedded, with_theme
from optviz.batch._entries import OWN, Entry
from optviz.batch._faults import FaultList, option_of, unknown
from optviz.batch._output_paths import Claims
from optviz.batch._placed import PlacedTable
from optviz.errors import BadValue, NoEffect, OptvizError, Unfit, UnknownName, hints
from optviz.files import watching
from optviz.spec import COMMON, LookSpec, RunSpec
from optviz.spec.figure import Figure, read
from optviz.spec.kind_options import KIND

Outputs = tuple[tuple[str, str], ...]  # paths and formats

# Options that are judged with the objective alone.
_WITH_OBJECTIVE = (
    *("target", "loss", "standardize", "intercept", "l2", "rotate"),
    *("gradient", "start"),
)
_KEYS = (*OWN, "figure", "matrix")  # of a figure's table, besides its options


@dataclass(frozen=True)
class Item:
    """A figure, its outputs by path under `root` with their formats, and the data files it reads.

    `outside` says that it runs code that is not of optviz, `placed` where a document has it.
    """

    file: str
    name: str
    figure: Figure
    root: Path
    outputs: Outputs
    caption: str = ""
    data: tuple[str, ...] = ()
    outside: bool = False
    placed: PlacedTable | None = None

    @property
    def place(self) -> str:
        """The file for messages, with the line of a figure of a document."""
        return self.placed.place if self.placed else self.file

    @property
    def label(self) -> str:
        """The name for messages, "" where the line tells the figure."""
        return "" if self.placed else self.name

    def path(self, output: str) -> str:
        """The path of an output, from the current folder or absolute as `root` is."""
        return str(self.root / output)

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats to make, each once, in order."""
        more = self.placed.formats if self.placed else ()
        return tuple(dict.fromkeys([*(form for _, form in self.outputs), *more]))


class ItemReader:
    """Makes items of entries, and adds what is wrong with them to `faults`."""

    def __init__(
        self,
        faults: FaultList,
        inputs: list[str],
        allow_code: bool,
        owner: str = "the batch itself",
    ) -> None:
        """`owner` is what messages call the files that are read."""
        self.faults, self.allow_code, self.claims = faults, allow_code, Claims()
        for path in inputs:
            self.claims.claim(Path(path), owner)

    def item(self, entry: Entry) -> Item | None:
        """The item of an entry, None if its table is wrong."""
        before = len(self.faults)
        figure = self._figure(entry)
        caption = entry.table.get("caption", "")
        if not isinstance(caption, str):
            self._note(entry, "caption", BadValue("caption", caption, "a text is wanted"))
        outputs = self._outputs(entry, figure)
        if figure and entry.placed:
            self._check_formats(entry, figure)
        if figure is None or len(self.faults) > before:
            return None
        outside = self._runs_external_code(entry, figure.run)
        figure, data = self._completed(entry, figure, outputs)
        if len(self.faults) > before:
            return None
        return Item(
            entry.file, entry.name, figure, entry.root, outputs, caption, data, outside,
            entry.placed,
        )  # fmt: skip

    def _check_formats(self, entry: Entry, figure: Figure) -> None:
        """Notes formats for the report that the figure does not have."""
        known = figure.kind.formats()
        for form in entry.placed.formats if entry.placed else ():
            if form not in known:
                error = Unfit(f"{records.registry[form].says}: a {figure.name} has none")
                self._note(entry, "", error)

    def _completed(
        self, entry: Entry, figure: Figure, outputs: Outputs
    ) -> tuple[Figure, tuple[str, ...]]:
        """The figure without options that its outputs cannot use, data files embedded; their paths.

        The figure as it is, with a fault noted, if that cannot be.
        """
        try:
            figure = replace(figure, typed=entry.own).fit(*_abilities(outputs))
        except (NoEffect, Unfit) as error:
            self._note(entry, getattr(error, "what", "output"), error)
        folder, key = entry.folder, "theme"
        try:
            figure, theme = with_theme(figure, folder)
            key = "objective" if figure.run.objective.strip().startswith("@") else "gradient"
            key = "log" if figure.run.log else key
            figure, data = embedded(figure, folder)
        except OptvizError as error:
            self._note(entry, key, error)
            return figure, ()
        return figure, (*data, *theme)

    def _note(self, entry: Entry, key: str, error: OptvizError) -> None:
        self.faults.note(entry.place, entry.label, key, entry.table.get(key), error)

    def _figure(self, entry: Entry) -> Figure | None:
        table = {key: value for key, value in entry.table.items() if key not in OWN}
        figure, errors = read(table)
        kind_key = next((key for key in KIND if key in table), "")
        for error in errors:
            key = option_of(error, table) or kind_key
            if isinstance(table.get(key), dict):
                message = f'a table in a figure; a name with a dot is ["{entry.name}.{key}"]'
                self._note(entry, key, Unfit(message))
            elif isinstance(error, UnknownName) and key in table and key not in KIND:
                choices = [*error.choices, *_KEYS]
                self._note(entry, key, unknown(error.kind, key, choices, table[key]))
            else:
                self._note(entry, key, error)
        if figure is None:
            self._check_others(entry, table, {option_of(error, table) for error in errors})
        return figure

    def _check_others(self, entry: Entry, table: dict[str, Any], wrong: set[str]) -> None:
        """Notes what is wrong with the options that can be read, so that all is reported at once.

        An objective or a theme in a file is left out, as its path begins at the folder of the spec
        file.
        """
        if str(table.get("objective", "")).startswith("@"):
            wrong = wrong | {"objective", *_WITH_OBJECTIVE}
        if "opt" not in table:  # a wrong word may have been meant for it
            wrong = wrong | {*COMMON, "param"}
        if spec.theme_file(LookSpec(theme=str(table.get("theme", "")))):
            wrong = wrong | {"theme"}
        figure, _ = read({key: value for key, value in table.items() if key not in wrong})
        if figure and not self._runs_external_code(entry, figure.run):
            for key, value, error in _validator.wrong_options(figure):
                if key in wrong or key not in table:  # what follows from what was left out
                    continue
                self.faults.note(entry.place, entry.label, key, value, error)

    def _runs_external_code(self, entry: Entry, run: RunSpec) -> bool:
        """Whether an optimizer is not of optviz; noted as a fault unless that is allowed."""
        code = optimizers.foreign(run.opt)
        for path in optimizers.code_files(code):
            watching.note(path)
        if code and not self.allow_code:
            message = "code from outside runs only with --allow-code"
            self.faults.note(entry.place, entry.label, "opt", code, message)
        return bool(code)

    def _outputs(self, entry: Entry, figure: Figure | None) -> Outputs:
        value = entry.table.get("output", "{name}.png")
        paths = [value] if isinstance(value, str) else value
        if not isinstance(paths, list) or not paths or not all(isinstance(p, str) for p in paths):
            self._note(entry, "output", BadValue("output", value, "a list of paths is wanted"))
            return ()
        outputs = []
        for text in (path.replace("{name}", entry.name) for path in paths):
            try:
                path = _output_paths.target(entry.root, text)
                outputs.append((text, _format(text, figure)))
                if message := self.claims.claim(path, entry.owner):
                    raise BadValue("output", text, message)
            except BadValue as error:
                self.faults.note(entry.place, entry.label, "output", text, error)
        return tuple(outputs)


def _format(path: str, figure: Figure | None) -> str:
    """The format of an output by its suffix. Raises `BadValue` if the figure has no such format."""
    moves = figure is None or figure.kind.moves
    kinds = {name: render.registry[name] for name in render.registry.names}
    known = {k.suffix: n for n, k in kinds.items() if not k.many and (moves or not k.moves)}
    if figure:
        known |= {suffix: name for name, suffix in figure.kind.formats().items()}
    else:
        known |= {records.registry[name].suffix: name for name in records.registry.names}
    suffix = PurePath(path).suffix.lower()
    if suffix not in known:
        of = f" of {figure.name}" if figure else ""
        better = hints.suffix(path, [suffix[1:] for suffix in known])
        raise BadValue("output", path, better.replace(" is wanted:", f" is wanted{of}:"))
    return known[suffix]


def _abilities(outputs: Outputs) -> tuple[bool, bool, bool, frozenset[str], frozenset[str]]:
    """Whether there are pictures among the outputs, films, and files with a resolution.

    Then the options of films that have no use, of which batches know none, and those of formats.
    """
    pictures = [render.registry[form] for _, form in outputs if form in render.registry.names]
    moves = any(picture.moves for picture in pictures)
    resolution = not pictures or any(picture.resolution for picture in pictures)
    used = frozenset[str]().union(*(picture.options for picture in pictures))
    return bool(pictures), moves, resolution, frozenset(), used
