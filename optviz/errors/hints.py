"""What to write for a name that does not exist: by meaning, by spelling, or where to look."""

from collections.abc import Iterable, Sequence

from optviz.errors.name_synonyms import LISTS, NAMES, SETTINGS
from optviz.errors.synonyms import OPTIONS, option

_OPTIONS = ("option", "word", "variable")  # families of names that are options
_PREFIX = "OPTVIZ_"  # of variables
_LONGEST = 60  # characters that are compared
_MANY = 200  # characters of a list of names that a sentence may hold
_KINDS = ("optimizer", "optimiser", "algorithm", "method")  # said after a name, as in "Adam method"


def hint(kind: str, name: str, choices: Sequence[str]) -> str:
    """How the sentence on an unknown name goes on, such as `did you mean adam?`."""
    if better := suggestion(kind, name, choices):
        return better
    names = ", ".join(choices)
    owner = kind.partition(" of ")[2]
    family = _family(kind)
    place = f"optviz {owner} --help" if family == "option" else LISTS.get(family)
    return f"{place} has them" if place and len(names) > _MANY else f"known: {names}"


def suggestion(kind: str, name: str, choices: Sequence[str]) -> str:
    """`write adam` for what means adam, `did you mean adam?` for what is near it, or ""."""
    prefix = _PREFIX if kind == "variable" else ""
    word, own = name.removeprefix(prefix), [choice.removeprefix(prefix) for choice in choices]
    better = meant(kind, word, own)
    if not better and (near := nearest(word, own)):
        return f"did you mean {prefix}{near}?"
    if not better and (slip := nearest(word, _words(_family(kind)))):
        better = meant(kind, f"--{slip}" if word.startswith("-") else slip, own)
    return better if " " in better or not better else f"write {prefix}{better}"


def meant(kind: str, name: str, choices: Iterable[str]) -> str:
    """The choice that means the same, or a sentence that answers the name, or ""."""
    family = _family(kind)
    if family in _OPTIONS:
        return _option(name, choices, kind == "variable")
    known: dict[str, str] = {}
    for choice in choices:
        known.setdefault(_plain(choice), choice)
    words = [_plain(name)]
    if family == "optimizer":
        words += [_plain(name.partition(end)[0]) for end in ":@("]
        words += [word.removesuffix(kind) for word in words for kind in _KINDS]
    for word in words:
        if word in known and known[word] != name:
            return known[word]
        for candidate in NAMES.get(family, {}).get(word, ()):
            if " " in candidate or candidate in known:
                return known.get(candidate, candidate)
    return ""


def _option(name: str, choices: Iterable[str], variable: bool) -> str:
    """What to write for an option: a flag, a word of a file, or a variable without its prefix."""
    meaning = option(name.lower())
    if meaning is None:
        return ""
    if variable:
        known = meaning.option.upper() in choices
        return f"{meaning.option.upper()}={meaning.value.replace('{}', '…')}" if known else ""
    return meaning.instead(map(_bare, choices), flag=name.startswith("-"))


def _family(kind: str) -> str:
    """The family of names, the first word of `setting of adam` and `optimizer or schedule`."""
    first = kind.partition(" of ")[0].partition(" or ")[0]
    return first if first in NAMES or first == "option" else kind


def _words(family: str) -> Iterable[str]:
    return OPTIONS if family in _OPTIONS else NAMES.get(family, ())


def setting(name: str, choices: Iterable[str]) -> str:
    """The setting among the choices that a word stands for, or ""."""
    known = set(choices)
    return next((own for own in SETTINGS.get(name, ()) if own in known), "")


def nearest(name: str, choices: Iterable[str]) -> str:
    """The choice that a slip of the pen makes of the name, or that it opens; "" if there is none.

    A letter in five, two at most, may be wrong, missing, too much or in its neighbour's place.
    """
    typed = _bare(name)[:_LONGEST]
    names = {_bare(choice): choice for choice in choices if choice}
    most = _slips(len(typed))
    near = [known for known in names if abs(len(known) - len(typed)) <= most]
    distances = {known: _distance(typed, known, most) for known in near}
    if distances and min(distances.values()) <= most:
        return names[min(distances, key=lambda known: (distances[known], *_rank(known, typed)))]
    opened = [known for known in names if len(typed) >= 3 and known.startswith(typed)]
    return names[opened[0]] if len(opened) == 1 else ""


def _rank(name: str, typed: str) -> tuple[bool, bool, str]:
    """Names with the same letters first, then those that the typed one opens."""
    return sorted(name) != sorted(typed), not name.startswith(typed), name


def _slips(length: int) -> int:
    """How many slips a word of this length may have."""
    return 0 if length < 3 else min((length + 4) // 5, 2) if length > 3 else 1


def _distance(one: str, other: str, most: int) -> int:
    """Letters to change, insert, leave out or swap with a neighbour; above `most`, some number."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, sign in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != sign))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == sign:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def suffix(path: str, suffixes: Sequence[str]) -> str:
    """What is wanted of a path without a known suffix; the suffixes are without their dots."""
    stem, dot, end = path.rpartition(".")
    known = f"a known suffix is wanted: {', '.join(suffixes)}"
    if not dot or "/" in end:
        return f"{known}; write {path}.png"
    if not stem or stem.endswith("/"):
        return f"a name before the suffix is wanted, as in {stem}trace.{end}"
    other = meant("format", end, suffixes) or nearest(end, suffixes)
    return f"{known}; write {stem}.{other}" if other else known


def _bare(name: str) -> str:
    return name.lower().lstrip("-").replace("-", "_")


def _plain(name: str) -> str:
    """A name in small letters and digits alone."""
    return "".join(letter for letter in name.lower() if letter.isalnum())
