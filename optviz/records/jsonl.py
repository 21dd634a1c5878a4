"""One trajectory a line, each line a JSON object: the pipe between `run` and `plot`."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import IO, Any

from optviz.errors import BadFile, BadValue
from optviz.records._format import PARTS, Format, Run, rows, text_of
from optviz.records._plain import describe, rebuild
from optviz.records._training import KIND
from optviz.records._values import listed, numbers
from optviz.trajectory import Trajectory

_DEPTH = {"x": 2, "f": 1, "grad": 2, "rate": 2}


class Jsonl(Format):
    """JSON lines; reads any JSON objects in a row, pretty-printed or in a list as well."""

    suffix = ".jsonl"
    binary = False
    says = "one trajectory a line, complete; what plot reads best"
    opens = (b"{", b"[")

    def write(self, stream: IO[Any], runs: Iterable[Run], every: int = 1) -> None:
        """A line a row, in ASCII so that it survives any pipe; `null` for what is not finite."""
        for row in rows(runs, every):
            arrays = {part: listed(getattr(row, part)[:, 0]) for part in PARTS}
            stream.write(json.dumps(describe(row) | arrays, allow_nan=False) + "\n")
            stream.flush()  # whoever is at the other end of the pipe has it now

    def read(self, data: bytes, name: str) -> list[Trajectory]:
        """The objects' runs, in order. Raises `BadFile` with the line where the object opens."""
        runs = []
        for line, known in documents(text_of(data, name), name):
            if not isinstance(known, dict):
                shown = json.dumps(known)[:60]
                raise BadFile(name, f"a JSON object is wanted, this is {shown}", line)
            if known.get("kind") == KIND:
                raise BadFile(name, "a log of training, not of a path; only plot rates draws it")
            try:
                arrays = [
                    None if known.get(part) is None else numbers(part, known[part], _DEPTH[part])
                    for part in PARTS
                ]
                runs.append(rebuild(known, *arrays))
            except BadValue as error:
                raise BadFile(name, str(error), line) from None
        return runs


def documents(text: str, name: str) -> Iterator[tuple[int, Any]]:
    """Each JSON value and the line where it opens; the members of a list count as such values."""
    space, decoder = re.compile(r"\s*"), json.JSONDecoder()
    start, end, line = 0, 0, 1
    while (match := space.match(text, end)) and match.end() < len(text):
        line += text.count("\n", start, match.end())
        start = match.end()
        try:
            value, end = decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            place = f"column {error.colno}" if error.lineno == line else f"line {error.lineno}"
            said = f"not JSON, or cut off: {error.msg[:1].lower()}{error.msg[1:]} at {place}"
            raise BadFile(name, said, line) from None
        except RecursionError:
            raise BadFile(name, "lists in lists, too deep to be read", line) from None
        except ValueError:  # Python reads no integer of more than 4300 digits
            raise BadFile(name, "an integer too long to be read", line) from None
        yield from ((line, one) for one in (value if isinstance(value, list) else [value]))
