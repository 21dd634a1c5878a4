"""JSON and TOML as plain data, with bounds on depth and length.

The values can be compared, printed and written as JSON again: they are not nested deeper than
`limits.DEPTH`, and their texts have no lone surrogates.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any, NoReturn

from optviz.errors import BadFile
from optviz.files import limits

_BLANK = re.compile(r"\s*")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_PART = r"""(?:[\w-]++|"[^"\n]*"|'[^'\n]*')"""
_LONG_KEY = re.compile(
    rf"(?:^|[\[{{,])[ \t]*+(?:{_PART}[ \t]*+\.[ \t]*+){{{limits.KEY_PARTS}}}", re.M
)
_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_TOO_DEEP = f"nested more than {limits.DEPTH} deep"
_TOO_LONG = "a whole number with too many digits"


class Malformed(ValueError):
    """A text that cannot be parsed: the reason, and the line where it is known."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        self.reason, self.line = reason, line
        super().__init__(reason)


@contextmanager
def in_file(path: str, line: int | None = None) -> Iterator[None]:
    """Raises `BadFile` for a `Malformed` text in the block; `line` is where it stands in the file.

    Without `line` the text is all of the file.
    """
    try:
        yield
    except Malformed as error:
        raise BadFile(path, error.reason, line or error.line) from None


def json_value(text: str) -> Any:
    """The value of a JSON text in which each key stands once. Raises `Malformed`."""
    try:
        value = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise Malformed(f"not JSON: {_lower_first(error.msg)}", error.lineno) from None
    except RecursionError:
        raise Malformed(_TOO_DEEP) from None
    except Malformed:
        raise
    except ValueError:  # Python reads no integer of more than 4300 digits
        raise Malformed(_TOO_LONG) from None
    return _checked(value, text)


def json_values(text: str) -> Iterator[tuple[int, Any]]:
    """Each of several JSON values and the line where it opens. Raises `Malformed`.

    NaN and Infinity are accepted: they are not JSON, but many programs write them.
    """
    decoder = json.JSONDecoder()
    start, end, line = 0, 0, 1
    while (opening := _after_blanks(text, end)) < len(text):
        line += text.count("\n", start, opening)
        start = opening
        try:
            value, end = decoder.raw_decode(text, start)
            yield line, _checked(value, text, start, end)
        except json.JSONDecodeError as error:
            place = f"column {error.colno}" if error.lineno == line else f"line {error.lineno}"
            met = _lower_first(error.msg).removesuffix(" at")
            reason = f"not JSON, or cut off: {met} at {place}"
            raise Malformed(reason, line) from None
        except RecursionError:
            raise Malformed(_TOO_DEEP, line) from None
        except ValueError as error:
            reason = error.reason if isinstance(error, Malformed) else _TOO_LONG
            raise Malformed(reason, line) from None


def toml_table(text: str) -> dict[str, Any]:
    """The table of a TOML text. Raises `Malformed`."""
    import tomllib

    if key := _LONG_KEY.search(text):
        line = text.count("\n", 0, key.end()) + 1
        raise Malformed(f"a dotted key of more than {limits.KEY_PARTS} parts", line)
    try:
        table: dict[str, Any] = _checked(tomllib.loads(text), "")
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error), max(len(str(error)) - 80, 0))
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        reason = str(error)[: place.start()] if place else str(error)
        from optviz.files.toml_advice import advice

        line, sentence = advice(text, line, _lower_first(reason[:200]), tomllib.loads)
        raise Malformed(sentence, line) from None
    except RecursionError:
        raise Malformed(_TOO_DEEP) from None
    except Malformed:
        raise
    except ValueError:
        raise Malformed(_TOO_LONG) from None
    return table


def depth(value: Any) -> int:
    """How deep lists and tables are nested, 0 for anything else; counts to just over the limit."""
    level, count = [value] if type(value) in (list, dict) else [], 0
    while level and count <= limits.DEPTH:
        count += 1
        inside = (one.values() if type(one) is dict else one for one in level)
        children = list(chain.from_iterable(inside))
        nested = {list, dict} & set(map(type, children))
        level = [child for child in children if type(child) in (list, dict)] if nested else []
    return count


def _checked(value: Any, text: str, start: int = 0, end: int | None = None) -> Any:
    """The value. Raises `Malformed` for what could not be written as JSON again."""
    if depth(value) > limits.DEPTH:
        raise Malformed(_TOO_DEEP)
    if _SURROGATE.search(text, start, len(text) if end is None else end):
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise Malformed("half of a surrogate pair, which is no letter") from None
    return value


def _after_blanks(text: str, start: int) -> int:
    match = _BLANK.match(text, start)
    return match.end() if match else start


def _refuse_constant(name: str) -> NoReturn:
    raise Malformed(f"{name} is no finite number, and no JSON")


def _object(items: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(items)
    if len(table) < len(items):
        (twice, _), *_ = Counter(name for name, _ in items).most_common(1)
        raise Malformed(f"{twice[:60]} is given twice")
    return table


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
