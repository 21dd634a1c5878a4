"""The command line in the blocks of documents: a line as the table of a figure, or what it prints.

A command that prints has a constant `WRITES`, the options with which it does something else; the
others, which write files of their own or ask for a terminal, are not for documents.
"""

import importlib
import io
import re
from collections.abc import Callable
from contextlib import ExitStack, chdir, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typer.exceptions import TyperException

from optviz.cli import _drawing, _line, _meant, _pages
from optviz.cli._app import group
from optviz.cli._commands import commands
from optviz.cli._options import OutSpec
from optviz.cli._refusals import flags, sentence
from optviz.cli._workers import WorkSpec
from optviz.documents import Drawing, Printing
from optviz.errors import BadFile, NoEffect, Unfit
from optviz.files import limits
from optviz.registry import stems
from optviz.spec.figure import Figure
from optviz.spec.kind_options import options_of
from optviz.text import options

if TYPE_CHECKING:
    from typer.core import TyperGroup

WIDTH = 80  # columns of what is printed
_ROOT = ("-h", "--help", "--version")
_STYLE = re.compile(r"\x1b\[[0-9;]*m")
_ERROR = re.compile(r"^optviz: ", re.M)
_OPT = "--opt="
_INTERRUPTED = 130  # exit status of Ctrl-C
_PLOT = "plot"  # draws files, which are options of the figures themselves


class DocumentLines:
    """The lines of blocks, read and run by this command line, whose function `main` is."""

    def __init__(self, main: Callable[[list[str]], int]) -> None:
        self._main = main

    def read(self, words: list[str]) -> Drawing | Printing:
        """What a line asks for. Raises `OptvizError`."""
        if words[0] not in commands() and words[0] not in _ROOT:
            words = _meant.first_words(words, commands())
        name, *rest = words
        if name not in commands():
            return Printing(tuple(words))
        root = _group(name)
        line = [name, *_line.rewritten(name, root.commands[name].params, rest, flags)]
        if "--help" in line:
            return Printing((name, "--help"))
        if name == _PLOT:
            name, *rest = words = _plotted(line[1:])
            root = _group(name)
            line = [name, *_line.rewritten(name, root.commands[name].params, rest, flags)]
        if name in stems("optviz.figures"):
            return _drawn(root, line, tuple(words))
        _refuse_writing(name, line)
        return Printing(tuple(words), _code(line[1:]))

    def output(self, words: tuple[str, ...], folder: Path) -> str:
        """What a line prints on standard output. Raises `OptvizError` if it fails."""
        out, errors = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n"), io.StringIO()
        with ExitStack() as stack:
            if folder.is_dir():  # pictures make it, if they are the first in it
                stack.enter_context(chdir(folder))
            stack.enter_context(redirect_stdout(out))
            stack.enter_context(redirect_stderr(errors))
            stack.enter_context(_pages.of_width(WIDTH))
            status = self._main(list(words))
        if status == _INTERRUPTED:
            raise KeyboardInterrupt
        if status:
            *_, message = _ERROR.split(errors.getvalue())
            raise Unfit(message.strip() or f"it ends with exit status {status}")
        data = out.buffer.getvalue()
        if len(data) > limits.PRINTED:
            raise BadFile(words[0], f"it prints more than {limits.PRINTED >> 20} MB; ask for less")
        try:
            return _STYLE.sub("", data.decode())
        except UnicodeDecodeError:
            raise BadFile(words[0], "what it prints is no text") from None


@cache
def _group(name: str) -> "TyperGroup":
    """The command line with this command, which reads its options and does nothing."""
    return group((name,), lambda kind: _drawing.command(kind, _options))


def _options(figure: Figure, out: OutSpec, who: WorkSpec) -> tuple[Figure, OutSpec]:
    del who
    return figure, out


def _plotted(words: list[str]) -> list[str]:
    """The words of `plot`, rewritten, as those of the figure itself, with its logs as options.

    Raises `Unfit` for a figure that no log of training has, and for what is no file.
    """
    from optviz import figures

    named = words.index("--") if "--" in words else len(words)  # what follows is no option
    typed = [word for word in words[:named] if word.startswith("-") and word != "-"]
    kind, *paths = [*(w for w in words[:named] if w not in typed), *words[named + 1 :]] or [""]
    with_logs = [name for name in figures.plotted() if figures.registry[name].draws_training()]
    if kind not in with_logs:
        line, names = f"plot {kind}".strip(), options.listed(with_logs)
        raise Unfit(f"{line}: of files a block draws logs of training alone, with {names}")
    if not paths or "-" in paths:
        raise Unfit(f"plot: a block has no standard input; write plot {kind} and a file")
    if "--watch" in typed:
        raise NoEffect("watch", "of a terminal; optviz book --watch draws documents again")
    return [kind, *typed, *(f"--log={path}" for path in paths)]


def _drawn(root: "TyperGroup", line: list[str], words: tuple[str, ...]) -> Drawing | Printing:
    """The options of a figure as a table, or its report where no output is named."""
    try:
        with root.make_context("optviz", line) as context:
            figure, out = context.command.invoke(context)
    except TyperException as error:
        raise Unfit(sentence(error)) from None
    kind, typed = figure.kind, figure.typed or frozenset()
    output = list(out.output) if "output" in typed else []  # not the environment's
    form = (out.format or "").lower() if "format" in typed else ""
    if not output and (form in kind.printed_formats if form else kind.reports):
        return Printing(words, _code(line[1:]))
    for name in (*options.options(OutSpec), *options.options(WorkSpec)):
        if name in typed and name != "output":
            raise NoEffect(name, "of a command of its own, not of a figure in a document")
    return Drawing(_table(figure) | ({"output": output} if output else {}))


def _table(figure: Figure) -> dict[str, Any]:
    """The options that were typed, as a batch file has them."""
    from optviz import figures

    values, fields = figure.options(), options_of(figures.registry[figure.name])
    typed = [name for name in fields if name in (figure.typed or ())]
    plain = {name: values.get(name, fields[name].default) for name in typed}
    return {"figure": figure.name, **plain}


def _refuse_writing(name: str, line: list[str]) -> None:
    """Raises `Unfit` for a command, or an option of one, that does not print."""
    writes = getattr(importlib.import_module(f"optviz.cli.{name}"), "WRITES", None)
    if writes is None:
        raise Unfit(f"{name}: a command for a terminal; a block draws a figure or prints a text")
    for word in line:
        flag, _, value = word.partition("=")
        if flag in {f"--{one.replace('_', '-')}" for one in writes} and value != "-":
            raise Unfit(f"{flag}: a block shows what {name} prints; leave it out")


def _code(words: list[str]) -> tuple[str, ...]:
    """Those of the words of a line that run code from outside."""
    from optviz import optimizers

    texts = [w.removeprefix(_OPT) for w in words if w.startswith(_OPT) or not w.startswith("-")]
    return (*optimizers.foreign(texts), *(word for word in words if word == "--allow-code"))
