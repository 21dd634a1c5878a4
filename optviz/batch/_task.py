"""The task of a worker: a figure in, the bytes of its pictures and its final values out.

It reads and writes no files, so it may run on another machine.
"""

import io
import sys
from functools import cache
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from optviz import __version__
from optviz.errors import OptvizError, bug
from optviz.spec.figure import Figure


class Task(TypedDict):
    """A figure to draw, the formats to make, and, for other machines, the versions to have."""

    figure: Figure
    formats: tuple[str, ...]
    versions: NotRequired[dict[str, str]]


class Result(TypedDict):
    """Bytes and remarks by format, final values, the picture in words; or only an `error`."""

    data: dict[str, bytes]
    remarks: dict[str, str]
    runs: list[dict[str, Any]]
    alt: str
    error: NotRequired[str]


def draw(task: Task) -> Result:
    """Draws a figure in each of the formats. Raises nothing: the result has the `error`."""
    result: Result = {"data": {}, "remarks": {}, "runs": [], "alt": ""}
    if "versions" in task and (difference := _difference(task["versions"])):
        return {**result, "error": f"the worker has {difference}"}
    try:
        _draw(task, result)
    except OptvizError as error:
        return {**result, "data": {}, "error": str(error)}
    except MemoryError:
        return {**result, "data": {}, "error": "not enough memory"}
    except Exception as error:
        return {**result, "data": {}, "error": str(bug.diagnose(error))}
    return result


def _draw(task: Task, result: Result) -> None:
    from optviz import render
    from optviz.walks.seeds import medians

    drawing = task["figure"].draw()
    for form in task["formats"]:
        if form in render.registry.names:
            stream = io.BytesIO()
            if remark := render.write(drawing.scene, drawing.look, form, stream):
                result["remarks"][form] = remark
            result["data"][form] = stream.getvalue()
        else:
            result["data"][form] = drawing.data(form)
    result["runs"] = [row.facts() for row in medians(drawing.runs)]
    result["alt"] = drawing.scene.alt


def _difference(required: dict[str, str]) -> str:
    """The names whose versions are other ones here, with both versions."""
    ours = versions()
    return ", ".join(
        f"{name} {ours[name]}, not {required.get(name)}"
        for name in sorted(ours)
        if ours[name] != required.get(name)
    )


@cache
def versions() -> dict[str, str]:
    """The versions that decide pixels, by name.

    That of optviz has a checksum of its source, so that a change in a clone counts.
    """
    from importlib.metadata import version

    return {
        "optviz": f"{__version__}+{_source()}",
        "python": ".".join(map(str, sys.version_info[:2])),
        **{name: version(name) for name in ("matplotlib", "numpy", "pillow")},
    }


def _source() -> str:
    from hashlib import sha256

    home, total = Path(__file__).parent.parent, sha256()
    for path in sorted(home.rglob("*.py"), key=lambda path: path.relative_to(home).as_posix()):
        total.update(path.relative_to(home).as_posix().encode() + b"\0")
        total.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return total.hexdigest()[:12]
