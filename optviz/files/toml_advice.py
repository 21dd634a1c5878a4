"""What to write instead of a line that is not TOML, for people who do not know TOML.

A line is mended piece by piece, and a mended line is proposed only if TOML reads it.
"""

import re
from collections.abc import Callable

_LONGEST = 1000  # characters of a line that is mended
_QUOTES = str.maketrans("“”„«»‘’", '"' * 5 + "''")
_HEADER = re.compile(r"\[\s*+([^\[\]=\"'#]++)(\]?)")
_BARE = re.compile(r"[\w-]+(\.[\w-]+)*", re.ASCII)
_WORD = re.compile(r"[\"']?([A-Za-z_][\w.-]*+)[\"']?(\s*+(?:=\s*+=|:=|=>|[=:])\s*+|\s++|$)")
_SECOND = re.compile(r"(?<=[\"'\]\w])(?:\s*+[,;]\s*+|\s++)([A-Za-z_]\w*+\s*+=[^=].*)$")
_NUMBER = re.compile(r"([+-]?)0*+([0-9]*+)(?:([.,])([0-9]*+))?((?:[eE][+-]?[0-9]++)?)")
_LISTS = ("start", "xlim", "ylim", "size", "levels")  # commas between numbers are no points
_TRUTH = {"true": "true", "yes": "true", "on": "true"}
_TRUTH |= {"false": "false", "no": "false", "off": "false"}
_EMPTY = ("", "none", "null", "nil", "~")
_OPEN = "a bracket is not closed"
_ALONE = "each word has a line of its own"
_AFTER = "nothing follows a value"


def advice(text: str, line: int, reason: str, read: Callable[[str], object]) -> tuple[int, str]:
    """The line of the mistake and a sentence on it; `reason` is the parser's, if none is better.

    `read` is the parser, which raises a `ValueError`.
    """
    lines = text.split("\n")
    if twice := _twice(reason, lines[line - 1].strip()):
        return line, twice
    above = [n for n in range(line, max(line - 3, 0), -1) if lines[n - 1].strip()]
    for number in above[:2]:
        one = lines[number - 1].strip()
        if len(one) <= _LONGEST and not _reads(read, one) and (sentence := _sentence(one, read)):
            return number, sentence
    return line, f"not TOML: {reason}"


def _twice(reason: str, line: str) -> str:
    """The sentence on a figure or a word that is there twice, or ""."""
    if reason == "cannot overwrite a value" and (word := _WORD.match(line)):
        return f"{word[1]} is given twice; leave one out"
    twice = reason.startswith("cannot declare") and line.startswith("[")
    return f"{line} stands twice; each figure has a name of its own" if twice else ""


def _reads(read: Callable[[str], object], line: str) -> bool:
    try:
        read(line)
    except (ValueError, RecursionError):
        return False
    return True


def _sentence(line: str, read: Callable[[str], object]) -> str:
    """What is wrong in a line and the line mended, or "" if that does not help."""
    mender = _Mender(read)
    better = mender.line(line.translate(_QUOTES)).split("\n")
    reasons = "; ".join(dict.fromkeys(mender.reasons)) or 'quotes are straight, "…"'
    if better == [""]:
        return reasons if mender.reasons else ""
    whole = all(_reads(read, one) for one in better)
    return f"{reasons}; write {', then '.join(better)}" if whole else ""


class _Mender:
    """Mends a line, and keeps what was wrong in `reasons`. A text that cannot be mended is ""."""

    def __init__(self, read: Callable[[str], object]) -> None:
        self.read = read
        self.reasons: list[str] = []

    def line(self, line: str) -> str:
        """A line, or two where one holds what belongs in two."""
        if line.startswith(("//", "%", ";", "--", "/*")):
            self.reasons.append("a remark begins with #")
            return f"# {line.lstrip('/%;-* ')}"
        if line.startswith("{"):
            self.reasons.append("this is JSON; the name of such a file ends in .json")
            return ""
        if line.startswith("["):
            return self.header(line)
        word = _WORD.match(line)
        return self.pair(word[1], word[2].strip(), line[word.end() :]) if word else ""

    def header(self, line: str) -> str:
        """`[my figure]` with the name in quotes, `[a] opt = 1` in two lines."""
        if not (header := _HEADER.match(line)):
            return ""
        name, rest = header[1].strip(), line[header.end() :].strip()
        if not header[2]:
            self.reasons.append(_OPEN)
        if not _BARE.fullmatch(name):
            self.reasons.append("a name with blanks or signs stands in quotes")
            name = f'"{name}"'
        if not rest or rest.startswith("#"):
            return f"[{name}]"
        self.reasons.append(_ALONE)
        more = self.line(rest)
        return f"[{name}]\n{more}" if more else ""

    def pair(self, name: str, sign: str, text: str) -> str:
        """`name = value`, from a line with another sign, or with one more pair."""
        if sign == ":" and not text:
            self.reasons.append("a figure begins with its name in brackets")
            return f"[{name}]"
        if not sign and text.startswith("-"):
            return ""  # a command
        if sign != "=":
            self.reasons.append("= stands between a word and its value")
        second = _SECOND.search(text)
        if second and not _is_open(text[: second.start()]):
            self.reasons.append(_ALONE)
            first, more = self.value(name, text[: second.start()]), self.line(second[1])
            return f"{name} = {first}\n{more}" if first and more else ""
        value = self.value(name, text)
        return f"{name} = {value}" if value else ""

    def value(self, name: str, text: str) -> str:
        """A value: truth, list, number, or else a text in quotes."""
        text = re.sub(r"\s#.*$", "", text).strip()
        bare = text.rstrip(",; ")
        if bare != text:
            self.reasons.append(_AFTER)
        if _reads(self.read, f"x = {bare}"):
            return bare
        if bare.lower() in _EMPTY:
            self.reasons.append("no value: leave the line out, or write one after =")
            return ""
        if truth := _TRUTH.get(bare.lower()):
            self.reasons.append("true and false are in small letters")
            return truth
        if bare.startswith("[") or re.fullmatch(
            r"""(["'])[^"']*\1(\s*,\s*(["'])[^"']*\3)+""", bare
        ):
            return self.listed(name, bare)
        return self.number(name, bare.replace("−", "-")) or self.quoted(bare)

    def listed(self, name: str, text: str) -> str:
        """A list in brackets."""
        if not (text.startswith("[") and text.endswith("]")):
            self.reasons.append("several values stand in brackets" if text[0] != "[" else _OPEN)
        items = [item for item in text.strip("[]").split(",") if item.strip()]
        values = [self.value(name, item) for item in items]
        return f"[{', '.join(values)}]" if all(values) else ""

    def number(self, name: str, text: str) -> str:
        """A number as TOML has it: 0.5 for .5, 1.0 for 1., 0.4 for 0,4; "" for what is none."""
        match = _NUMBER.fullmatch(text)
        if not match or not any(letter.isdigit() for letter in text):
            return ""
        sign, whole, point, rest, power = (match[i] or "" for i in range(1, 6))
        if point == "," and name in _LISTS:
            return ""
        self.reasons.append("a number is written as 20, -1 or 0.5")
        return sign + (whole or "0") + (f".{rest or '0'}" if point else "") + power

    def quoted(self, text: str) -> str:
        """A text in quotes."""
        if whole := re.match(r"(\"[^\"]*\"|'[^']*')\s", text):
            self.reasons.append(_AFTER)
            return whole[1]
        inner = text.strip("\"'`")
        if "\\" in inner and text[0] == text[-1] == '"':
            self.reasons.append("a text with a backslash stands in single quotes")
        else:
            missing = inner != text
            self.reasons.append("a quote is missing" if missing else "a text stands in quotes")
        if "\\" in inner or '"' in inner:
            return f"'{inner}'" if "'" not in inner else ""
        return f'"{inner}"'


def _is_open(text: str) -> bool:
    """Whether a quote or a bracket is still open at the end of a text."""
    return text.count('"') % 2 == 1 or text.count("'") % 2 == 1 or text.count("[") > text.count("]")
