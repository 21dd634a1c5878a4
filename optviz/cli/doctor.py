"""`optviz doctor`."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from optviz.cli import _console

GROUP = "Learn"
EXAMPLES = """
What a report of a fault should have:
  optviz doctor
Which fonts draw a title, and which package is missing:
  optviz doctor "η und Größe"
The same with a font of your own choice:
  optviz doctor "η und Größe" --font "DejaVu Serif"
As JSON:
  optviz doctor --json
In a file, to be sent:
  optviz doctor > report.txt
"""

Text = Annotated[
    str | None, typer.Argument(metavar="[TEXT]", help="text whose fonts are looked for")
]
Font = Annotated[str | None, typer.Option("--font", metavar="NAME", help="font for that text")]
Json = Annotated[bool, typer.Option("--json", help="print one JSON document")]


def command(text: Text = None, font: Font = None, json: Json = False) -> None:
    """Report versions, fonts, ffmpeg, cache and terminal.

    With a TEXT it says which font draws which of its scripts, and which package is missing.
    """
    from optviz.cli import _surroundings as around

    facts = {
        "versions": around.versions(),
        "system": around.system(),
        "fonts": around.fonts(text, font),
        "ffmpeg": around.ffmpeg(),
        "cache": around.cache(),
        "terminal": around.terminal(),
    }
    if json:
        _console.document(facts, indent=2)
        return
    _console.show("\n\n".join(_section(name, part) for name, part in facts.items()))


def _section(name: str, part: Any) -> str:
    rows = [_font_row(use) for use in part] if name == "fonts" else _rows(part)
    width = max(len(left) for left, _ in rows)
    return "\n".join([name, *(f"  {left.ljust(width)}  {right}" for left, right in rows)])


def _rows(part: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(key, _shown(key, value)) for key, value in part.items()]


def _shown(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if key == "bytes" else str(value)


def _font_row(use: Mapping[str, str]) -> tuple[str, str]:
    letters = use["letters"] if len(use["letters"]) <= 12 else f"{use['letters'][:12]}…"
    return use["script"], f"{use['font']}  {letters}" if use["font"] else use["problem"]
