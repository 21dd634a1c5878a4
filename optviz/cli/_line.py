"""The words after a command, rewritten in its own: synonyms are read, slips are answered.

Typer gets a line in which every option has its own name and stands once.
"""

from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from optviz.decimals import is_number
from optviz.errors import BadValue, OptvizError, Unfit
from optviz.errors.synonyms import Meaning, option, quoted
from optviz.spec import COMMON
from optviz.text.options import is_ratio, listed

ARGUMENTS = "_arguments"  # ends the name of the arguments that stand for an option
_HELP = ("-h", "--help", "-help", "-?", "--usage")
_TRUTH = ("true", "false", "yes", "no", "on", "off")


Flags = dict[str, set[str]]  # of each command


def rewritten(
    command: str, parameters: Iterable[Any], words: Iterable[str], all_flags: Callable[[], Flags]
) -> list[str]:
    """The words in the command's own. Raises `OptvizError` for one that it does not have.

    `parameters` are those of Typer's command; `all_flags` is called for the error alone.
    """
    return _Line(command, list(parameters), all_flags).rewrite(deque(words))


class _Line:
    def __init__(self, command: str, parameters: list[Any], flags: Callable[[], Flags]) -> None:
        options = [p for p in parameters if p.param_type_name == "option"]
        self.command, self.all_flags = command, flags
        self.flags = {flag: p for p in options for flag in (*p.opts, *p.secondary_opts)}
        self.names = {str(p.name) for p in options}
        names = (str(p.name) for p in parameters if str(p.name).endswith(ARGUMENTS))
        self.listed = next(names, "").removesuffix(ARGUMENTS)  # the option of its arguments
        self.result: list[str] = []
        self.values: dict[str, str] = {}  # of the options that stand once

    def rewrite(self, words: deque[str]) -> list[str]:
        """The words rewritten; help goes before all."""
        while words:
            word = words.popleft()
            if word in _HELP or (word == "help" and self.listed):
                return ["--help"]
            if word == "--" and not self.listed:
                return [*self.result, "--", *words]
            if word == "--":
                for argument in words:
                    self.argument(argument)
                break
            if len(word) > 1 and word.startswith("-") and not _is_number(_first(word)):
                self.flag(word, words)
            else:
                self.argument(word)
        return self.result

    def argument(self, word: str) -> None:
        """A word that is no option, or the value of one that may go without its flag."""
        if self.listed == "opt":
            from optviz.cli import _meant

            word = word.rstrip(",") or word  # of `adam, gd`
            _meant.refuse_argument(word)
        self.result.append(f"--{self.listed.replace('_', '-')}={word}" if self.listed else word)

    def flag(self, word: str, words: deque[str]) -> None:
        """An option with its value, from the word and those after it."""
        flag, value = self.split(word)
        parameter, meaning = self.flags.get(flag), None
        if parameter is None and (meaning := option(flag)) and meaning.read:
            parameter = self.flags.get(f"--{meaning.option.replace('_', '-')}")
        if parameter is None:
            raise self.unknown(flag, value, words, meaning)
        if parameter.is_flag or parameter.count:
            self.switch(parameter, flag, value, words)
            return
        if value is None:
            value = self.following(flag, words)
        template = meaning.value if meaning else "{}"
        shape = template if "({})" in template else str(parameter.metavar)
        value = _joined(parameter, shape, value, words)
        self.note(parameter, _whole(parameter, template.replace("{}", value)))

    def switch(self, parameter: Any, flag: str, rest: str | None, words: deque[str]) -> None:
        """An option without a value; -qn 5 is -q -n 5."""
        self.note(parameter, flag)
        if rest and not flag.startswith("--"):
            words.appendleft(f"-{rest}")
        elif rest is None and words and words[0].lower() in _TRUTH:
            rest = words[0]
        if rest is not None and flag.startswith("--"):
            raise BadValue(flag, rest, f"but it has no value; write {flag} alone, or leave it out")

    def following(self, flag: str, words: deque[str]) -> str:
        """The value of an option in a word of its own. Raises `Unfit` if there is none."""
        if not words:
            raise Unfit(f"{flag}: a value is wanted after it")
        value = words.popleft()
        if value.partition("=")[0] in self.flags:
            raise Unfit(f"{flag}: a value is wanted, and {value} follows")
        return value

    def split(self, word: str) -> tuple[str, str | None]:
        """The flag as the command has it, and the value that is in the same word.

        One dash before a whole name is as good as two: `-steps 20`.
        """
        name, sign, value = word.lstrip("-").partition("=")
        long = f"--{name.lower().replace('_', '-')}"
        whole = long in self.flags or option(name.lower()) is not None
        if word.startswith("--") or (len(name) > 1 and whole):
            exact = f"--{name}"
            return exact if exact in self.flags or not whole else long, value if sign else None
        return word[:2], word[2:].removeprefix("=") or None

    def note(self, parameter: Any, value: str) -> None:
        """Adds an option to the result. Raises `BadValue` for a second value of one."""
        name = str(parameter.name)
        if not parameter.multiple:
            first = self.values.setdefault(name, value)
            if first != value:
                raise self.several(name, [first, value])
            parts = value.split(",")
            if name in COMMON and parts[1:] and all(map(is_number, parts)):
                if parts[0] == "0":
                    raise BadValue(name, value, f"a number has a point; write {'.'.join(parts)}")
                raise self.several(name, parts)
        long = next(flag for flag in parameter.opts if flag.startswith("--"))
        own = value if value in self.flags else long
        switch = parameter.is_flag or parameter.count
        self.result.append(own if switch else f"{long}={value}")

    def several(self, name: str, values: list[str]) -> BadValue:
        """The error for several values of an option that has one; rates are compared."""
        expected = "one is wanted"
        if name in COMMON and "over" in self.names:
            axis = f"{name}=[{','.join(values)}]"
            expected = f"one is wanted; for all of them, write --over {quoted(axis)}"
        elif name in COMMON:
            typed = [word.removeprefix("--opt=") for word in self.result if word[:6] == "--opt="]
            optimizer = typed[0] if typed else "adagrad"
            sign = "," if ":" in optimizer else ":"
            pair = [f"--opt {quoted(f'{optimizer}{sign}{name}={v}')}" for v in values]
            expected = f"one is wanted; to compare, write {' '.join(pair)}"
        return BadValue(name, listed(values, "and"), expected)

    def unknown(
        self, flag: str, value: str | None, words: deque[str], meaning: Meaning | None
    ) -> OptvizError:
        """The error for an option that the command does not have."""
        from optviz.cli import _meant

        if value is None and words and not words[0].startswith("--"):
            value = words[0]
        if meaning and (better := meaning.instead(self.names, value or "…", flag=True)):
            return Unfit(f"{flag}: {better}")
        shown = sorted(flag for flag in self.flags if flag.startswith("--"))
        own = f"--{meaning.option.replace('_', '-')}" if meaning else flag
        return _meant.unknown_option(flag, own, value, self.command, shown, self.all_flags())


def _first(word: str) -> str:
    """What stands before the first comma: of -5,-2 it is the number -5."""
    return word.partition(",")[0]


def _joined(parameter: Any, shape: str, value: str, words: deque[str]) -> str:
    """The value with the numbers that follow it as words of their own: `--start -5 -2`.

    An option of several numbers has a comma in its shape, the name of its value, `--xlim LOW,HIGH`;
    one that stands for a list has brackets there, `betas=({})`.
    """
    separator = "x" if parameter.name == "size" else "," if "," in shape or "({" in shape else ""
    if not separator or not _is_number(value):
        return value
    parts = [value]
    most = len(words) + 1 if "…" in shape else 2
    while words and len(parts) < most and _is_number(words[0]):
        parts.append(words.popleft())
    return separator.join(part.strip("[](),") for part in parts) if parts[1:] else value


def _is_number(word: str) -> bool:
    """Whether a word is a number, or a fraction, with brackets or a comma at its ends or not."""
    return is_ratio(word.strip("[](),"))


def _whole(parameter: Any, value: str) -> str:
    """The value of an option for whole numbers as one, where it is: 1e3 and 20.0."""
    if parameter.type.name.startswith("int") and is_number(value):
        number = float(value)
        if number.is_integer() and abs(number) < 1e15:
            return str(int(number))
    return value
