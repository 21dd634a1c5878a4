"""Outputs: paths with their formats, pictures and data written to them, and the summary."""

import sys
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any

from optviz.cli import _console, _default_output, _show
from optviz.cli._options import OutSpec
from optviz.cli._output import Output
from optviz.errors import BadValue, Unfit, hints
from optviz.spec import FilmSpec, LookSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from optviz.figures import Kind
    from optviz.scene import Look, Scene
    from optviz.spec.drawing import Drawing
    from optviz.walks.trajectory import Trajectory


def outputs(
    spec: OutSpec, stem: str, kind: "Kind[Any]", inputs: "Sequence[str]" = (), pictures: bool = True
) -> list[Output]:
    """What the options ask for, checked before anything runs.

    `stem` and the suffix of the format, PNG by default, name the file where no path is given; what
    the kind prints goes to standard output. None may be one of the `inputs`. Raises `BadValue`,
    `Unfit`, or `WorldError` for a path that cannot be written.
    """
    from optviz import render

    drawn = [n for n in render.registry.names if kind.moves or not render.registry[n].moves]
    drawn = drawn if pictures else []
    form = (spec.format or "").lower()
    data = {} if _are_pictures(form, spec.output, drawn) else kind.formats()
    known = (*drawn, *data)
    if form and form not in known:
        better = hints.meant("format", form, known)
        expected = f"one of {', '.join(known)} is wanted" + (f"; write {better}" if better else "")
        raise BadValue("format", spec.format, expected)
    suffix = data[form] if form in data else render.registry[form or "png"].suffix
    usual = "-" if form in kind.printed_formats else stem + suffix
    paths = spec.output or (() if spec.show and not form else (usual,))
    if "" in paths:
        raise BadValue("output", "''", "a path is wanted")
    suffixes = {name: name for name in known} | {end[1:]: name for name, end in data.items()}
    names = [form or _format_of(path, suffixes) for path in paths]
    found = [Output(path, name, name in drawn) for path, name in zip(paths, names, strict=True)]
    _refuse_clashes(spec, found, inputs)
    return [*found, Output("", "png", picture=True)] if spec.show else found


def _are_pictures(form: str, paths: "Sequence[str]", drawn: list[str]) -> bool:
    """Whether all outputs are pictures by their names: then no format of data is loaded."""
    named = [form] if form else [PurePath(path).suffix[1:].lower() for path in paths]
    return bool(drawn) and {*named} <= {*drawn}


def _format_of(path: str, known: dict[str, str]) -> str:
    """The format of a path, `known` by suffix without its dot."""
    from optviz.render.formats.frames import is_meant

    if path == "-":
        raise BadValue("output", "-", "--format is wanted too: there is no suffix to go by")
    name = "frames" if is_meant(path) else PurePath(path).suffix[1:].lower()
    if name not in known:
        raise BadValue("output", path, hints.suffix(path, list(known)))
    return known[name]


def _refuse_clashes(spec: OutSpec, found: list[Output], inputs: "Sequence[str]") -> None:
    """Two outputs into one place, an input as output, and places that cannot be written."""
    from optviz import files
    from optviz.render.formats import frames

    refuse_inputs("output", [out.path for out in found if not out.many], inputs)
    seen = set()
    for out in found:
        place = frames.place(out.path) if out.many else files.place(out.path, out.binary)
        if place in seen:
            raise BadValue("output", out.path, "each file once is wanted")
        seen.add(place)
    if spec.json and "-" in seen:
        raise Unfit("--json and -o - both want standard output; give the output a file")


def refuse_inputs(option: str, paths: "Iterable[str]", inputs: "Iterable[str]") -> None:
    """Raises `BadValue` for a path that leads to a file that is read, by whatever name."""
    from optviz import files

    known = {identity: path for path in inputs if (identity := files.identity(path))}
    for path in paths:
        if path != "-" and (twin := known.get(files.identity(path) or (-1, -1))):
            name = "standard input" if twin == "-" else twin
            same = "it is read" if twin == path else f"it is {name}, which is read"
            raise BadValue(option, path, f"but {same}; another file is wanted")


def deliver(spec: OutSpec, found: list[Output], drawn: "Drawing") -> int:
    """Writes each output whole or not at all, names it, and returns the exit status.

    Raises `WorldError` for what the disk says.
    """
    written(found, drawn.write, lambda out: _draw(out, drawn.scene, drawn.look, spec.quiet))
    if spec.json:
        paths = {"outputs": [out.path for out in found]} if found else {}
        _console.document(paths | drawn.figure.kind.facts(drawn.content))
    return summed_up(spec, found, drawn.runs)


def written(
    found: list[Output],
    write: "Callable[[str, IO[Any]], None]",
    draw: "Callable[[Output], None] | None" = None,
) -> None:
    """Writes the outputs. Frames come first: their folder may fail."""
    from optviz import files, render

    if any(out.picture for out in found):
        render.load()
    for out in sorted(found, key=lambda out: not out.many):
        if out.picture:
            assert draw
            draw(out)
            continue
        with files.writing(out.path, out.binary) as stream:
            write(out.format, stream)


def drawable(look: LookSpec, film: FilmSpec, pictures: list[Output]) -> None:
    """Raises `OptvizError` for what cannot be drawn so, before anything runs."""
    from optviz import render, spec

    wanted = spec.look(look, film)
    if look.font or wanted.captions or pictures:
        render.load()
    render.check(wanted, [out.format for out in pictures])


def _draw(out: Output, scene: "Scene", look: "Look", quiet: bool) -> None:
    """One picture or film; what a budget cost is said on standard error."""
    from optviz import files, render
    from optviz.cli._progress import progress

    if not out.path:
        _show.show(scene, look)
        return
    with progress(out.path, quiet) as watch:
        if out.many:
            said = render.write_frames(scene, look, out.path, watch)
        else:
            with files.writing(out.path, binary=True) as stream:
                said = render.write(scene, look, out.format, stream, watch)
    if said and not quiet:
        _console.say(f"{out.path}: {said}")


def summed_up(spec: OutSpec, found: list[Output], runs: "Sequence[Trajectory]") -> int:
    """Paths on standard output, the summary on standard error; the exit status."""
    from optviz.walks.seeds import medians

    rows = medians(runs)
    for out in () if spec.json else found:
        if out.path not in ("-", ""):
            _console.path(out.path)
    sys.stdout.flush()  # a full disk is met before the summary
    if not (spec.output or spec.quiet):
        _default_output.tell(found)
    if rows and not spec.quiet:
        from optviz.cli import _summary

        _summary.show(rows, spec.color)
    diverged = any(row.status[0] == "diverged" for row in rows)
    return 4 if spec.strict and diverged else 0
