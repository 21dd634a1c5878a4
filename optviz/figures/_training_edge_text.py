"""Title, subtitle and description of `edge`."""

import math
from collections.abc import Sequence

import numpy as np

from optviz.figures._training_text import context, duration, owners
from optviz.figures._training_verdict import Verdict, whole
from optviz.phrases import capitalised, listed, say
from optviz.recorder.training_log import Curvature, TrainingLog
from optviz.text import numbers

_NAMED = 4  # trainings whose places a subtitle tells
# Phrases of titles and subtitles, by the place of a training and whether it came there later.
_TITLES = {
    ("at", True): "is at edge",
    ("below", False): "is below edge",
    ("below", True): "is below edge since",
    ("above", False): "is above edge",
    ("above", True): "is above edge since",
}
_PLACES = {
    ("at", True): "at edge",
    ("below", False): "below edge",
    ("below", True): "below edge since",
    ("above", False): "above edge",
    ("above", True): "above edge since",
}
_TOLD = 2  # spikes that are told
_FAR = 10  # λ/C that no training can stay at


def axis(logs: list[TrainingLog]) -> str:
    """The name of the axis: λ/C, or 1 over the critical ratio where no log has more."""
    known = any((whole(log).effective > 0).any() for log in logs)
    return say("edge axis" if known else "edge axis, critical")


def part_name(part: Curvature) -> str:
    """The group of a curvature, as a phrase where it has no name of its own."""
    if part.group is None:
        return say("all parameters")
    usual = part.name == f"group {part.group + 1}"
    return say("group", number=part.group + 1) if usual else numbers.typed(part.name)


def heading(
    logs: list[TrainingLog], names: list[str], verdicts: list[Verdict], rows: Sequence[str]
) -> tuple[str, str]:
    """Where the trainings are as title; their settings, spikes and places as subtitle."""
    about = context(logs, names)
    if not verdicts:
        what = capitalised(listed([say(f"row {row}") for row in rows]))
        return say("rates of", quantity=what, names=owners(names)), about
    about = "; ".join(filter(None, [about, _ceiling(logs), _uncertain(logs), _far(verdicts)]))
    if len(logs) == 1:
        only = verdicts[0]
        before = _spikes(only) if only.place and not only.lost else _where(only)
        return _alone(names[0], only), "; ".join(filter(None, [about, before]))
    places = {"" if verdict.lost else verdict.place for verdict in verdicts}
    key = f"trainings {places.pop()}" if len(places) == 1 and "" not in places else "trainings edge"
    title = capitalised(say(key, names=owners(names)))
    if len(logs) > _NAMED:
        return title, about
    told = [
        say("of optimizer", name=name, text=_end(verdict))
        for name, verdict in zip(names, verdicts, strict=True)
        if _end(verdict)
    ]
    if any("=" in name for name in names):  # which tells the rates
        about = duration(logs)
    return title, "; ".join([about, *told])


def _ceiling(logs: list[TrainingLog]) -> str:
    """`C = 38` where all logs have one ceiling."""
    found = np.concatenate([whole(log).ceiling for log in logs])
    values = {numbers.number(float(value)) for value in found[np.isfinite(found)]}
    return f"C = {values.pop()}" if len(values) == 1 else ""


def _uncertain(logs: list[TrainingLog]) -> str:
    """How far off measurements by differences of gradients may be, if that is far."""
    most = max(whole(log).uncertain for log in logs)
    return say("edge uncertain", percent=numbers.number(100 * most, 2)) if most else ""


def _far(verdicts: list[Verdict]) -> str:
    """What is wrong where a training goes on far above the edge, which no step does."""
    far = (v.place == "above" and v.ratio is not None and v.ratio > _FAR for v in verdicts)
    return say("edge far") if any(far) else ""


def _alone(name: str, verdict: Verdict) -> str:
    if verdict.lost:
        return say("sharpness lost", name=name, step=verdict.lost)
    if verdict.place:
        key = _TITLES[verdict.place, verdict.since is not None]
        return say(key, name=name, step=verdict.since, factor=_factor(verdict))
    if verdict.spikes:
        top = verdict.spikes[0]
        return say("rises above edge", name=name, step=top.step, ratio=numbers.number(top.ratio, 2))
    return say("near edge", name=name)


def _end(verdict: Verdict) -> str:
    """What a subtitle with several trainings says of one."""
    return say("not finite since", step=verdict.lost) if verdict.lost else _where(verdict)


def _where(verdict: Verdict) -> str:
    """`at the edge since step 300`, for a subtitle."""
    if not verdict.place:
        return _spikes(verdict) or (say("edge crossed") if verdict.crosses else "")
    key = _PLACES[verdict.place, verdict.since is not None]
    return say(key, step=verdict.since, factor=_factor(verdict))


def _factor(verdict: Verdict) -> str:
    """The least factor between λ/C and the edge, above 1, in two figures that are not more."""
    ratio = verdict.nearest or 1.0
    factor = max(ratio, 1.0 / ratio)
    unit = 10.0 ** (math.floor(math.log10(factor)) - 1)
    return numbers.number(math.floor(factor / unit + 1e-9) * unit, 2)


def _spikes(verdict: Verdict) -> str:
    """`above it at step 700, λ/C = 2.3`."""
    if not verdict.spikes or verdict.place == "above":
        return ""
    told = sorted(verdict.spikes[:_TOLD], key=lambda spike: spike.step)
    texts = [say("spike", step=one.step, ratio=numbers.number(one.ratio, 2)) for one in told]
    return say("above at", spikes=listed(texts), count=len(verdict.spikes))
