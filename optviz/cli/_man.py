"""The man page, made from the same texts as help: commands, their options, and all topics."""

from collections.abc import Iterable, Iterator

from typer.core import TyperCommand

from optviz import __version__, help
from optviz.cli._app import group
from optviz.cli._commands import commands
from optviz.cli._pages import HELP, INTRODUCTION, Row, common, grouped, shared

ENVIRONMENT = [
    ("OPTVIZ_<OPTION>", "an option, for commands that have it; flags win, e.g. OPTVIZ_THEME=dark"),
    ("OPTVIZ_DEBUG", "1 prints the traceback of a fault of optviz"),
    ("NO_COLOR, FORCE_COLOR", "no colours, or colours in a pipe too"),
]


def page() -> str:
    """The page as roff. It has no date, so that the same version gives the same bytes."""
    made = [one for one in group(commands()).commands.values() if isinstance(one, TyperCommand)]
    lines = [
        f'.TH OPTVIZ 1 "" "optviz {__version__}" "User Commands"',
        *(".SH NAME", f"optviz \\- {_roff(INTRODUCTION.removeprefix('optviz ').rstrip('.'))}"),
        *(".SH SYNOPSIS", *_bold("optviz", " COMMAND [OPTIONS]"), ".br"),
        *(*_bold("optviz help", " [TOPIC]"), ".SH COMMANDS"),
    ]
    for one in made:
        lines += _command(one)
    lines += [".SH OPTIONS", _roff("Each command has those that its --help lists.")]
    for heading, rows in shared(made).items():
        lines += [f".SS {_roff(heading)}", *_table(rows)]
    for topic in help.topics():
        title, _, text = help.text(topic).partition("\n")
        name, _, about = title.partition(": ")
        lines += [f'.SH "{_roff(f"{name.upper()}: {about}")}"', *_text(text.strip("\n"))]
    return "\n".join([*lines, ".SH ENVIRONMENT", *_table(ENVIRONMENT)])


def _command(command: TyperCommand) -> Iterator[str]:
    """What a command does, its own options, and examples."""
    yield f".SS optviz {_roff(command.name or '')}"
    yield from _text((command.help or "").strip())
    for heading, rows in grouped(command).items():
        if not common(heading):
            yield from _table(row for row in rows if row[0] != HELP)
    yield from _text((command.epilog or "").strip())


def _text(text: str) -> Iterator[str]:
    """Paragraphs, and lines that are set in as they are."""
    for verbatim, lines in help.blocks(text):
        yield from (".RS 2", ".nf") if verbatim else (".PP",)
        yield from (_roff(line.removeprefix("  ")) for line in lines)
        yield from (".fi", ".RE") if verbatim else ()


def _table(rows: Iterable[Row]) -> Iterator[str]:
    for left, right in rows:
        yield ".TP"
        yield from _bold(left)
        yield _roff(right)


def _bold(text: str, rest: str = "") -> list[str]:
    return [f"\\fB{_roff(text)}\\fR{_roff(rest)}"]


def _roff(text: str) -> str:
    """A text for roff: no request at its beginning, signs as they are, letters in ASCII."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    text = "".join(ch if ord(ch) < 127 else f"\\[u{ord(ch):04X}]" for ch in text)
    return f"\\&{text}" if text[:1] in (".", "'") else text
