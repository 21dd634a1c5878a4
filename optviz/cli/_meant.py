"""What a word is that stands in the wrong place, and how it is written instead.

Imported only when an error is told, or to tell an optimizer from other words.
"""

import re
from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import NamedTuple

from optviz.decimals import is_number
from optviz.errors import ForeignOption, OptvizError, Unfit, UnknownName
from optviz.errors.hints import meant, nearest
from optviz.errors.name_synonyms import KINDS
from optviz.errors.synonyms import quoted
from optviz.files.suffixes import TABLES
from optviz.registry import stems

_OPTIMIZER = "an optimizer"
_HEAD = re.compile(r"\s*+([A-Za-z]\w*+)\s*+(?:$|[:@(,])", re.ASCII)
_LONG_DASHES = ("–", "—", "−")
_SETTING = re.compile(r"[A-Za-z_]\w*+=", re.ASCII)
_POWERS = re.compile(r"[\^²³]|\*\*")
_KEYWORD = re.compile(r"[(,]\s*+\w++\s*+=")  # of a call, which no formula has
_NUMBERS = re.compile(r"[\[(]*+[+-]?[0-9.][0-9.,eE+ -]*+[\])]*+")


class Word(NamedTuple):
    """What a word is, with the article, and how it stands in a line of a command.

    `line` is the whole line after `optviz` where that is not `trace` with the options.
    """

    kind: str
    options: str = ""
    line: str = ""

    def within(self) -> str:
        """How it stands in the line of a command."""
        return self.options or f"optviz {self.line}"

    def alone(self) -> str:
        """How it stands in a line of its own."""
        return f"optviz {self.line or f'trace {self.options}'}"


def word(text: str) -> Word | None:
    """What a word is that is no option, None for what could be anything."""
    kinds = (_optimizer, _file, _objective, _schedule, _gradient, _theme, _format, _topic)
    return next((found for kind in kinds if (found := kind(text))), None)


def refuse_argument(text: str) -> None:
    """Raises `Unfit` for an argument that is no optimizer but something that is known."""
    from optviz import optimizers

    if _head(text).lower() in stems("optviz.optimizers") or optimizers.foreign([text]):
        return
    if text.lower() in stems("optviz.figures"):
        raise Unfit(f"{text}: one command a line; write optviz {text.lower()}")
    if is_number(text):
        raise Unfit(f"{text}: a number; write --eta {text}, or --steps")
    if text.startswith(_LONG_DASHES) and (name := text.lstrip("".join(_LONG_DASHES))):
        dashes = "--" if name[1:] else "-"
        raise Unfit(f"{text}: a long dash, as word processors make; write {dashes}{name}")
    if text in ("+", "-", "*", "/", "^", "**"):
        raise Unfit(f'{text}: a formula is one word; put it in quotes, as in -f "x^2 + y^2"')
    if _SETTING.match(text):
        raise Unfit(f"{text}: a setting; write NAME:{text}, as in adam:eta=0.1")
    found = word(text)
    if found and found.kind != _OPTIMIZER:
        raise Unfit(f"{text}: {found.kind}; write {found.within()}")


def first_words(words: list[str], commands: Iterable[str]) -> list[str]:
    """The words where the first is no command, if they ask for the version or for help.

    Raises `OptvizError` if they do not, which says what to write.
    """
    first, known = words[0], tuple(commands)
    if first.lstrip("-").lower() in ("version", "v") and len(words) == 1:
        return ["--version"]
    if first in ("-help", "-?", "--usage"):
        return [*words[1:2], "--help"] if {*words[1:2]} <= {*known} else ["--help"]
    if first.startswith("-"):
        line = " ".join(map(quoted, words))
        raise Unfit(f"{first}: a command is wanted first, as in optviz trace {line}")
    raise _no_command(first, words[1:], known)


def _no_command(text: str, rest: list[str], known: tuple[str, ...]) -> OptvizError:
    """The error for a first word that is no command."""
    if meant("command", text, known) or nearest(text, known):
        return UnknownName("command", text, known)
    if not (found := word(text)):
        return UnknownName("command", text, known)
    more = "".join(f" {quoted(one)}" for one in rest)
    if found.kind == _OPTIMIZER:
        name = _head(text) or text
        lines = f"optviz trace {quoted(text)}{more}, or optviz explain {name}"
        return Unfit(f"{text}: {_OPTIMIZER}; a command is wanted first: {lines}")
    return Unfit(f"{text}: {found.kind}; write {found.alone()}{more}")


def unknown_option(
    flag: str,
    own: str,
    value: str | None,
    command: str,
    shown: list[str],
    all_flags: dict[str, set[str]],
) -> OptvizError:
    """The error for a flag that a command does not have.

    `own` is what it stands for where it is a synonym; `shown` are the flags of the command,
    `all_flags` those of every command.
    """
    having = [name for name, flags in all_flags.items() if own in flags]
    if having and command not in having:
        kinds = [name for name in having if name in stems("optviz.figures")]
        typed = f"{flag} ({own})" if flag.startswith("--") and flag != own else own
        return ForeignOption(typed, command, kinds or having)
    name = flag.lstrip("-")
    if flag.startswith("--"):
        found = word(name)
        other = not found or found.kind != _OPTIMIZER
        if other and "--param" in shown and (setting := _setting(name.replace("-", "_"))):
            return Unfit(f"{flag}: write -p {setting}={value or '…'}")
        if found and (found.line or found.options.split()[0] in (*shown, "-f", "-o", "-p")):
            return Unfit(f"{flag}: {found.kind}; write {found.within()}")
    return UnknownName(f"option of {command}", flag, shown)


def _head(text: str) -> str:
    """The name that opens a text such as `adam:eta=1` or `cosine(0.3,60)`, or ""."""
    head = _HEAD.match(text)
    return head[1] if head else ""


def _setting(name: str) -> str:
    """The word as that of a setting of some optimizer, or ""."""
    from optviz import optimizers

    vocabularies = (optimizers.vocabulary_of(rule, "") for rule in optimizers.registry)
    return name if any(name in each.words for each in vocabularies) else ""


def _file(text: str) -> Word | None:
    from optviz import render

    suffix = PurePath(text).suffix.lower()
    if ":" in text or not suffix[1:].isalnum() or suffix[1:].isdigit() or _POWERS.search(text):
        return None
    name = quoted(text)
    if text.startswith("@"):
        return Word("an objective", f"-f {name}")
    if suffix in (".toml", ".json"):
        return Word("a file of figures", line=f"batch {name}")
    if suffix in (".md", ".markdown"):
        return Word("a document", line=f"book {name}")
    if suffix in (".jsonl", ".npz"):
        line = f"plot trace {name} for trajectories, optviz plot edge {name} for a log of training"
        return Word("a file of steps", line=line)
    if suffix in TABLES:
        table = f"-f {quoted(f'@{text}')} --target COLUMN"
        line = f"plot trace {name} for trajectories, optviz trace {table} for a data set"
        return Word("a table", table, line)
    if suffix == ".py":
        place = name if "/" in text else f"./{name}"
        return Word("a file of rules", f"--opt {place}:CLASS")
    if suffix in {render.registry[one].suffix for one in render.registry.names}:
        return Word("a picture", f"-o {name}", f"recipe {name}")
    return None


def _optimizer(text: str) -> Word | None:
    from optviz import optimizers

    if (name := _head(text)) and name in optimizers.registry:
        return Word(_OPTIMIZER, f"--opt {quoted(text)}")
    called = "(" in text and not optimizers.foreign([text])  # a line of a training script
    if called and _reads(optimizers.read, text):
        return Word(_OPTIMIZER, f"--opt {quoted(text)}")
    if better := meant("optimizer", text, optimizers.registry.names):
        return Word(f"the optimizer {better}", f"--opt {better}", f"trace {better}")
    return None


def _objective(text: str) -> Word | None:
    from optviz import objectives

    if _NUMBERS.fullmatch(text):
        return Word("a place", f"--start {text}") if "," in text else None
    if text.startswith("@"):
        return Word("an objective", f"-f {quoted(text)}")
    formula = _POWERS.search(text) and ":" not in text and not _KEYWORD.search(text)
    if not formula and not _reads(objectives.read, text):
        return None
    return Word("an objective", f"-f {quoted(text)}")


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except OptvizError:
        return False
    return True


def _schedule(text: str) -> Word | None:
    from optviz import schedules

    if not (name := _head(text)) or name not in schedules.registry:
        return None
    call = text if "(" in text else f"{name}({', '.join(schedules.registry[name].settings())})"
    return Word("a schedule, in place of a rate", f"--eta {quoted(call)}")


def _gradient(text: str) -> Word | None:
    from optviz import gradients

    if not (name := _head(text)) or name not in gradients.registry:
        return None
    return Word("a source of gradients", f"--gradient {quoted(text)}")


def _theme(text: str) -> Word | None:
    from optviz.render.draw.theme import THEMES

    name = text if text in THEMES else meant("theme", text, THEMES)
    return Word("a theme", f"--theme {name}") if name else None


def _format(text: str) -> Word | None:
    from optviz import records, render

    name = text.lower().lstrip(".")
    known = (registry for registry in (render.registry, records.registry) if name in registry.names)
    return next((Word("a format", f"-o trace{one[name].suffix}") for one in known), None)


def _topic(text: str) -> Word | None:
    if text.lower() not in KINDS:
        return None
    return Word("a list", line=f"list {text.lower()}")
