"""Numbers that a monitor logged under names, TensorBoard or W&B, as a log of training.

Learning rates and norms become lines of groups and layers, others, such as losses, stay numbers
that were logged. Rates other than learning rates are in no such log.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, NamedTuple

from optviz.errors import NothingYet
from optviz.files import limits
from optviz.notes import note
from optviz.records._monitored_names import meanings_of

_CLASS = re.compile(r"lr-([A-Za-z]\w*)(?:[-/].*)?")  # of Lightning's LearningRateMonitor
NORMS = {"grad": "gradients", "update": "updates", "parameter": "parameters"}


class Number(NamedTuple):
    """A number at a step, the time in seconds or nan; of a histogram the norm of its values."""

    step: int
    time: float
    tag: str
    value: float
    histogram: bool = False


@dataclass
class _Lines:
    """The lines of a log in the making, by step."""

    rates: dict[int, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    norms: dict[tuple[int, str], dict[str, float]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    logged: dict[int, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    times: dict[int, float] = field(default_factory=dict)


def text(numbers: Iterable[Number], file: str) -> str:
    """The numbers of a file in the form that `optviz.record` writes. What it lacks is noted.

    Of several numbers of one name and step the last counts. Raises `BadFile` if there are none.
    """
    found = [number for number in numbers if 0 <= number.step <= limits.STEP]
    if not found:
        raise NothingYet(file, "no numbers have been logged in it yet")
    meanings = meanings_of({number.tag: number.histogram for number in found})
    lines = _Lines()
    for step, time, tag, value, _ in found:
        quantity, layer = meanings[tag]
        lines.times.setdefault(step, time)
        if quantity == "lr":
            lines.rates[step][tag] = value
        elif quantity == "log":
            lines.logged[step][tag] = value
        elif quantity:
            lines.norms[step, layer][quantity] = value
    tags = sorted({tag for rates in lines.rates.values() for tag in rates}, key=_natural)
    _note_missing(file, {meaning.quantity for meaning in meanings.values()})
    written = (json.dumps(line) for line in [_head(tags), *_written(lines, tags)])
    return "".join(f"{line}\n" for line in written)


def _note_missing(file: str, quantities: set[str]) -> None:
    """Notes what is in the file and what is not."""
    names = {"lr": "learning rates", "log": "logged numbers"}
    names |= {kind: f"norms of {word}" for kind, word in NORMS.items()}
    there = [word for kind, word in names.items() if kind in quantities]
    lacking = [word for kind, word in names.items() if kind not in quantities]
    lacking = ["effective rates", "curvature", *lacking]
    holds = f"it holds {', '.join(there) or 'nothing else'}, but no {', '.join(lacking)}"
    note(f"{file}: {holds}; optviz.record writes those")


def _natural(tag: str) -> list[tuple[int, str]]:
    """A key by which pg2 comes before pg10."""
    return [(int(digits or 0), text) for text, digits in re.findall(r"(\D*)(\d{0,9})", tag)]


def _head(rates: list[str]) -> dict[str, Any]:
    """The first line, with the optimizer's class if the names of learning rates have it."""
    classes = {match[1] for match in map(_CLASS.fullmatch, rates) if match}
    optimizer = classes.pop() if len(classes) == 1 else ""
    return {
        "optviz": 1,
        "kind": "training",
        "optimizer": optimizer,
        "settings": {},
        "rate": "effective",
        "every": None,
        "quantiles": [0.5],
    }


def _written(lines: _Lines, tags: list[str]) -> Iterable[dict[str, Any]]:
    """The lines of each step: a group a learning rate, then the layers, then what was logged."""
    begin = min((time for time in lines.times.values() if isfinite(time)), default=0.0)
    layers: dict[int, list[str]] = defaultdict(list)
    for step, layer in lines.norms:
        layers[step].append(layer)
    rate_of = {tag: group for group, tag in enumerate(tags)}
    effective = _head(tags)["optimizer"] == "SGD"
    several = len(tags) > 1
    for step in sorted(lines.times):
        elapsed = lines.times[step] - begin
        time = {"time": round(max(0.0, elapsed), 3) if isfinite(elapsed) else None}
        rates = {rate_of[tag]: value for tag, value in lines.rates.get(step, {}).items()}
        groups = {0} if "" in layers[step] and not several else set()
        for group in sorted({*rates, *groups}):
            lr = _json(rates.get(group))
            norms = lines.norms.get((step, ""), {}) if group == 0 and not several else {}
            head = {"step": step, "group": group, "layer": None, "name": _name(tags, group)}
            yield {**head, "lr": lr, "rate": [lr if effective else None], **_all(norms), **time}
        for layer in layers[step] if several else filter(None, layers[step]):
            name = layer or "all parameters"  # of several groups, whose own norms are not known
            head = {"step": step, "group": 0, "layer": name, "name": name}
            lr = _json(rates.get(0)) if len(tags) == 1 else None
            yield {**head, "lr": lr, "rate": [None], **_all(lines.norms[step, layer]), **time}
        if logged := lines.logged.get(step):
            yield {"step": step, "log": {tag: _json(v) for tag, v in logged.items()}, **time}


def _name(tags: list[str], group: int) -> str:
    """What a group is called: as in the log where there are several."""
    return tags[group].rpartition("/")[2] if len(tags) > 1 else "all parameters"


def _all(norms: dict[str, float]) -> dict[str, float | None]:
    return {key: _json(norms.get(key)) for key in NORMS}


def _json(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None
