"""The options of a figure as a command line for a shell."""

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import Field
from typing import Any

from optviz import figures
from optviz.spec.figure import Figure
from optviz.spec.kind_options import options_of
from optviz.text.options import flag_name


def command(figure: Figure, outputs: Iterable[str]) -> str:
    """The command that draws the figure into the files `outputs`, for bash and zsh."""
    options = figure.options()
    parts = ["optviz", options.pop("figure")]
    fields = options_of(type(figure.kind)) | options_of(figures.registry[figure.name])
    for name, value in options.items():
        parts += _flags(fields[name], value)
    for output in outputs:
        parts += ["-o", output]
    return " ".join(map(_quoted, parts))


def _flags(f: "Field[Any]", value: Any) -> Iterator[str]:
    """The flag of an option and its value, one flag for each value of many; a switch has none."""
    flag = f.metadata["short"] or flag_name(f)
    for one in value if isinstance(value, list) else (value,):
        yield flag if one is not False else f"--no-{f.name}"
        if not isinstance(one, bool):
            yield repr(one).removesuffix(".0") if isinstance(one, float) else str(one)


def _quoted(text: str) -> str:
    """A quoted argument; characters that cannot be seen are escaped, so that none is hidden."""
    if text.isprintable():
        return shlex.quote(text)
    return "$'" + "".join(map(_letter, text)) + "'"


def _letter(letter: str) -> str:
    if letter in "\\'":
        return "\\" + letter
    if letter.isprintable():
        return letter
    return "".join(f"\\x{byte:02x}" for byte in letter.encode(errors="surrogatepass"))
