"""What a worker does: plain words in, the bytes of pictures and the final values out.

Nothing here knows of files, caches or other workers; it may run on another machine.
"""

import io
import sys
from functools import cache
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from optviz import __version__
from optviz.errors import OptvizError, bug


class Work(TypedDict):
    """One figure to draw: its words, the formats to make, and, elsewhere, with which versions."""

    words: dict[str, Any]
    formats: list[str]
    versions: NotRequired[dict[str, str]]


class Result(TypedDict):
    """What came of it: bytes and remarks by format, what the picture shows; or only an `error`."""

    data: dict[str, bytes]
    said: dict[str, str]
    runs: list[dict[str, Any]]
    alt: str
    error: NotRequired[str]


def draw(work: Work) -> Result:
    """Draws a figure in every format asked for. Raises nothing: the result has the `error`."""
    result: Result = {"data": {}, "said": {}, "runs": [], "alt": ""}
    if "versions" in work and (other := _other(work["versions"])):
        return {**result, "error": f"the worker has {other}"}
    try:
        _draw(work, result)
    except OptvizError as error:
        return {**result, "data": {}, "error": str(error)}
    except MemoryError:
        return {**result, "data": {}, "error": "not enough memory"}
    except Exception as error:
        return {**result, "data": {}, "error": str(bug.diagnose(error))}
    return result


def _draw(work: Work, result: Result) -> None:
    from optviz import records, render
    from optviz.spec.figure import read
    from optviz.walks.seeds import medians

    made, wrong = read(work["words"])
    if made is None:
        raise wrong[0]
    drawn = made.draw()
    for form in work["formats"]:
        if form in render.registry.names:
            stream = io.BytesIO()
            if said := render.write(drawn.scene, drawn.look, form, stream):
                result["said"][form] = said
            result["data"][form] = stream.getvalue()
        elif records.registry[form].binary:
            drawn.write(form, packed := io.BytesIO())
            result["data"][form] = packed.getvalue()
        else:
            drawn.write(form, text := io.StringIO())
            result["data"][form] = text.getvalue().encode()
    result["runs"] = [row.facts() for row in medians(drawn.runs)]
    result["alt"] = drawn.scene.alt


def _other(wanted: dict[str, str]) -> str:
    """What is of another version here, as a list of words."""
    ours = versions()
    return ", ".join(
        f"{name} {ours[name]}, not {wanted.get(name)}"
        for name in sorted(ours)
        if ours[name] != wanted.get(name)
    )


@cache
def versions() -> dict[str, str]:
    """What decides pixels, by name.

    optviz goes by the sum of its source too, so that a change in a clone counts.
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
