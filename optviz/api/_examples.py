"""The examples of a command as calls: `optviz.trace("d2l", "adam", eta=0.3)`."""

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import Field
from typing import Any

from optviz.decimals import is_number
from optviz.text.options import flag_name, type_name

Fields = Mapping[str, "Field[Any]"]
_SHELL = {"|", ">", "&&", "--json", "--show"}  # of lines that are no call


def lines(name: str, examples: str, fields: Fields, positional: tuple[str, ...]) -> list[str]:
    """The examples as help shows them: what each does, and its call below."""
    found = []
    for title, line in _commands(examples):
        words = shlex.split(line)[2:]
        if not _SHELL & {*words}:
            found += [title, f"  {_call(name, words, fields, positional)}"]
    return found


def _commands(examples: str) -> Iterator[tuple[str, str]]:
    """The sentences of the examples with the command lines below them."""
    joined = re.sub(r" \\\n +", " ", examples)
    yield from re.findall(r"^(\S.*)\n  (optviz .*)", joined, re.M)


def _call(name: str, words: list[str], fields: Fields, positional: tuple[str, ...]) -> str:
    values: dict[str, list[str]] = {}
    outputs, left = [], iter(words)
    for word in left:
        key = _named(word, fields)
        if word == "-o":
            outputs.append(_text(next(left)))
        elif key is None:
            values.setdefault(positional[-1], []).append(word)
        else:
            is_switch = type_name(fields[key]).startswith("bool")
            values.setdefault(key, []).append("True" if is_switch else next(left))
    first = [key for key in positional[: len(values)] if key in values]
    first = first if first == list(positional[: len(first)]) else []
    bare = [_value(fields[key], values.pop(key)) for key in first]
    pairs = [f"{key}={_value(fields[key], value)}" for key, value in values.items()]
    saved = f".save({', '.join(outputs)})" if outputs else ""
    return f"optviz.{name}({', '.join([*bare, *pairs])}){saved}"


def _named(word: str, fields: Fields) -> str | None:
    """The option that a flag sets, None for an argument."""
    return next((n for n, f in fields.items() if word in (flag_name(f), f.metadata["short"])), None)


def _value(f: "Field[Any]", texts: list[str]) -> str:
    """The values of an option as Python writes them."""
    if type_name(f).startswith("bool"):
        return texts[0]
    parts = [text if is_number(text) else _text(text) for text in texts]
    return parts[0] if len(parts) == 1 else f"[{', '.join(parts)}]"


def _text(text: str) -> str:
    return f'"{text}"' if '"' not in text and "\\" not in text else repr(text)
