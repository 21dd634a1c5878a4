"""Names of schedules in a figure: their texts, cut where they are long."""

from collections import Counter

from optviz.figures._schedule_rates import Rates
from optviz.figures._trajectory_kind import apart
from optviz.scene import Look
from optviz.schedules import Schedule
from optviz.text.numbers import typed

_FEW, _LONG, _SHORT = 3, 44, 30  # curves, and characters of a name beside one of few and of many


def full_text(schedule: Schedule) -> str:
    """The whole text, with spaces where a line may break."""
    return str(schedule).replace(",", ", ")


def names(content: list[Rates], look: Look) -> list[str]:
    """The labels of the look, or the texts of the schedules, those alike with their numbers."""
    if look.labels:
        return [typed(label) for label in apart(look.labels, len(content))]
    room = _LONG if len(content) <= _FEW else _SHORT
    short = [_cut(full_text(one.schedule), room) for one in content]
    count = Counter(short)
    return [
        f"{text} ({number})" if count[text] > 1 else text
        for number, text in enumerate(short, start=1)
    ]


def _cut(text: str, room: int) -> str:
    """The text with as many of its settings as have room."""
    if len(text) <= room or "(" not in text:
        return text
    name, settings = text.partition("(")[0], _apart(text)
    for count in range(len(settings) - 1, 0, -1):
        short = f"{name}({', '.join(settings[:count])}, …)"
        if len(short) <= room:
            return short
    return name


def _apart(text: str) -> list[str]:
    """The settings of a call, whatever commas are within their brackets."""
    parts, depth = [""], 0
    for sign in text.partition("(")[2].removesuffix(")"):
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]
