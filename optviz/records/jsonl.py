"""JSON Lines, one trajectory a line: the pipe between `run` and `plot`."""

import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

from optviz import files
from optviz.errors import BadFile, BadValue
from optviz.files import parse
from optviz.records._format import PARTS, Format, Run, rows
from optviz.records._json_values import nested_lists, numbers
from optviz.records._metadata import describe, rebuild
from optviz.records._recorder_log import KIND
from optviz.records._training_columns import of_training
from optviz.walks.trajectory import Trajectory

_DEPTH = {"x": 2, "f": 1, "grad": 2, "rate": 2}


class Jsonl(Format):
    """JSON lines; reads any JSON objects in a row, pretty-printed or in a list as well."""

    suffix = ".jsonl"
    media_type = "application/jsonl"
    binary = False
    says = "one trajectory a line, complete; what plot reads best"
    opening = b'{"optviz": '
    magic = (b"{", b"[")

    def write(self, stream: IO[Any], runs: Iterable[Run], every: int = 1) -> None:
        """A line a row, in ASCII so that it survives any pipe; `null` for what is not finite."""
        for row in rows(runs, every):
            arrays = {part: nested_lists(getattr(row, part)[:, 0]) for part in PARTS}
            stream.write(json.dumps(describe(row) | arrays, allow_nan=False) + "\n")
            stream.flush()  # the program at the other end of the pipe has it now

    def read(self, data: bytes, name: str) -> list[Trajectory]:
        """The objects' runs, in order. Raises `BadFile` with the line where the object opens."""
        text = files.decoded(data, name)
        return [_run(fields, name, line) for line, fields in documents(text, name)]


def documents(text: str, name: str) -> Iterator[tuple[int, Any]]:
    """Each JSON value and the line where it opens; the members of a list count as such values."""
    with parse.in_file(name):
        for line, value in parse.json_values(text):
            yield from ((line, one) for one in (value if isinstance(value, list) else [value]))


def _run(fields: Any, name: str, line: int) -> Trajectory:
    if not isinstance(fields, dict):
        raise BadFile(name, f"a JSON object is wanted, this is {json.dumps(fields)[:60]}", line)
    if fields.get("kind") == KIND:
        raise BadFile(name, "a log of training, not of a path; optviz help training")
    if not {"x", "grad"} & fields.keys() and (met := of_training(fields)):
        message = f"{met[0]} is of a log of training, which has no path; lists x or grad are wanted"
        raise BadFile(name, message, line)
    try:
        arrays = [
            None if fields.get(part) is None else numbers(part, fields[part], _DEPTH[part])
            for part in PARTS
        ]
        return rebuild(fields, *arrays)
    except BadValue as error:
        raise BadFile(name, str(error), line) from None
