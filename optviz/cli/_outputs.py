"""Where results go: formats by suffix, pictures and data alike, and what is said about them."""

import sys
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from optviz.cli._options import OutSpec
from optviz.errors import BadValue, Unfit, UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterable

    from optviz.engine import Walk
    from optviz.scene import Look, Scene
    from optviz.trajectory import Trajectory


@dataclass(frozen=True)
class Output:
    """A path, or `-`, and the format to write to it; `picture` tells drawn from data."""

    path: str
    format: str
    picture: bool


def outputs(spec: OutSpec, default: str, pictures: bool = True) -> list[Output]:
    """What the options ask for, checked before anything runs.

    `default` is the path where none is given. Raises `UnknownName` or `BadValue`.
    """
    from optviz import record, render
    from optviz.render.frames import is_meant

    data = record.registry.names
    known = dict.fromkeys(render.registry.names, True) if pictures else {}
    known |= dict.fromkeys(data, False)
    found = []
    for path in spec.output or (default,):
        name = (spec.format or ("frames" if is_meant(path) else PurePath(path).suffix[1:])).lower()
        if not name and path == "-":
            raise BadValue("output", "-", "--format is wanted too: there is no suffix to go by")
        if name not in known:
            what = "a known suffix" if not spec.format else "a known format"
            raise BadValue("output", path if not spec.format else spec.format,
                           f"{what} is wanted: {', '.join(known)}")  # fmt: skip
        found.append(Output(path, name, known[name]))
    paths = [out.path for out in found]
    if twice := next((path for path in paths if paths.count(path) > 1), None):
        raise BadValue("output", twice, "each path once is wanted")
    if spec.json and "-" in paths:
        raise Unfit("--json and -o - both want standard output; give the output a file")
    return found


def write(
    spec: OutSpec, found: list[Output], runs: "Iterable[Walk | Trajectory]", every: int,
    scene: "Scene | None" = None, look: "Look | None" = None,
) -> None:  # fmt: skip
    """Writes each output whole or not at all. Raises `WorldError` for what the disk says."""
    from optviz import files, record, render

    if any(out.picture for out in found):
        render.load()
    for out in found:
        if out.picture:
            assert scene and look
            _draw(out, scene, look, spec.quiet)
        else:
            binary = record.registry[out.format].binary
            with files.writing(out.path, binary=binary) as stream:
                record.write(stream, out.format, runs, every)


def _draw(out: Output, scene: "Scene", look: "Look", quiet: bool) -> None:
    """One picture or film; what a budget cost is said on standard error."""
    from optviz import files, render
    from optviz.cli._progress import progress
    from optviz.render import frames

    with progress(out.path, quiet) as watch:
        if render.registry[out.format].many:
            for index, data in enumerate(frames.pictures(scene, look, watch)):
                path = frames.numbered(out.path, index)
                if index == 0:
                    files.folder(path)
                with files.writing(path, binary=True) as stream:
                    stream.write(data)
            return
        with files.writing(out.path, binary=True) as stream:
            said = render.write(scene, look, out.format, stream, watch)
    if said and not quiet:
        print(f"{out.path}: {said}", file=sys.stderr)


def tell(spec: OutSpec, found: list[Output], runs: "list[Trajectory]") -> int:
    """Paths or JSON on standard output, the summary on standard error; returns the exit status."""
    rows = [row for run in runs for row in run.rows()]
    if spec.json:
        import json

        paths = [out.path for out in found]
        print(json.dumps({"outputs": paths, "runs": [_facts(row) for row in rows]}))
    else:
        for out in found:
            if out.path != "-":
                print(out.path)
    if not spec.quiet:
        from optviz.cli import _summary

        _summary.show(rows, spec.color)
    diverged = any(row.status[0] == "diverged" for row in rows)
    return 4 if spec.strict and diverged else 0


def _facts(run: "Trajectory") -> dict[str, Any]:
    import math

    def plain(value: float) -> float | None:
        return value if math.isfinite(value) else None

    return {
        "optimizer": str(run.optimizer) if run.optimizer else run.label,
        "start": [plain(v) for v in run.x[0, 0].tolist()],
        "steps": run.steps,
        "x": [plain(v) for v in run.x[-1, 0].tolist()],
        "f": plain(float(run.f[-1, 0])),
        "status": run.status[0],
        "status_step": int(run.status_step[0]),
    }


def known_view(name: str) -> str:
    """The view's name if there is such a view. Raises `UnknownName`."""
    from optviz.views import registry

    if name not in registry.names:
        raise UnknownName("view", name, registry.names)
    return name
