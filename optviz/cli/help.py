"""`optviz help`."""

from typing import Annotated

import typer

from optviz import help as texts
from optviz.cli import _console
from optviz.cli._commands import commands
from optviz.cli._values import complete
from optviz.errors import Unfit, UnknownName

GROUP = "Learn"
WRITES: tuple[str, ...] = ()  # options with which it prints no text
EXAMPLES = """
The topics that there are:
  optviz help
What can stand after -f:
  optviz help objectives
Optimizers, dialects, settings:
  optviz help optimizers
All options of a command, as its --help has them:
  optviz help trace
A man page, as roff:
  optviz help --man > optviz.1
All commands and options as Markdown, or one command, or a topic:
  optviz help --markdown
  optviz help exit-codes --markdown
"""

Topic = Annotated[
    str | None,
    typer.Argument(metavar="[TOPIC]", help="topic, or command", autocompletion=complete("topic")),
]
Man = Annotated[bool, typer.Option("--man", help="print the man page, as roff")]
Markdown = Annotated[bool, typer.Option("--markdown", help="print it as Markdown")]


def command(topic: Topic = None, man: Man = False, markdown: Markdown = False) -> None:
    """Teach a topic by example, or list the topics.

    Of the name of a command it prints what --help of that command does.
    """
    if man and (topic or markdown):
        raise Unfit(
            "--man prints the page of the whole program; leave the topic and --markdown out"
        )
    if topic and topic not in (*texts.topics(), *commands()):
        from optviz.cli import _elsewhere

        raise _elsewhere.error(UnknownName("topic", topic, (*texts.topics(), *commands())))
    if man:
        from optviz.cli import _man

        _console.show(_man.page())
    elif markdown:
        _console.show(_markdown(topic))
    elif topic is None:
        _console.show(_topics())
    elif topic in commands():
        from optviz.cli._app import page

        _console.show(page(topic))
    else:
        _console.show(texts.text(topic))


def _markdown(topic: str | None) -> str:
    from optviz.cli import _markdown as pages

    if topic is None:
        return pages.page()
    return pages.command(topic) if topic in commands() else pages.topic(topic)


def _topics() -> str:
    width = max(map(len, texts.topics()))
    lines = [f"  optviz help {name.ljust(width)}  {texts.title(name)}" for name in texts.topics()]
    return "\n".join(["Topics", *lines, "", "Of each command: optviz help COMMAND"])
