"""What is so of the sharpness of runs at every step: titles, remarks and descriptions."""

import numpy as np

from optviz.figures._claims import subject
from optviz.figures._optimizer_names import full_name, optimizer_name
from optviz.figures._rates_claims import possessive
from optviz.figures._sharpness_data import Measured
from optviz.phrases import capitalised, say
from optviz.text import numbers


def claim(every: list[Measured]) -> str:
    """`AdaGrad's sharpness is never above its ceiling`, or whose it is."""
    one, who = every[0], subject([one.run for one in every])
    name = say("sharpness of", names=who)
    name = name if one.run.label and name.startswith(one.run.label) else capitalised(name)
    if len(every) > 1 or one.ceiling is None or one.seeds is not None:
        return name
    known = int(np.isfinite(one.values).sum())
    optimizer = one.run.optimizer
    whose = possessive(optimizer_name(optimizer) if optimizer else one.run.label)
    if not (known and whose):
        return name
    if not one.above.size:
        return say("sharpness never above", whose=whose)
    if len(one.above) == known:
        return say("sharpness always above", whose=whose, count=known)
    return say("sharpness above", whose=whose, count=len(one.above), steps=known)


def remarks(every: list[Measured]) -> list[str]:
    """What the gaps of the curves are, where they have any."""
    found = []
    if any((one.run.rate < 0).any() for one in every):
        found.append(say("gaps of negative rates"))
    if any((one.values[(one.run.rate[:, 0] > 0).any(axis=1)] <= 0).any() for one in every):
        found.append(say("gaps without curvature"))
    return found


def alt(every: list[Measured]) -> str:
    """The first, the largest and the last sharpness of each run, and when it is above C."""
    texts = [(one, _described(one)) for one in every]
    if len(texts) == 1:
        return say("sharpness alt", text=texts[0][1])
    parts = [say("of optimizer", name=full_name(one.run), text=text) for one, text in texts]
    return say("sharpness alt", text="; ".join(parts))


def _described(one: Measured) -> str:
    known = np.flatnonzero(np.isfinite(one.values))
    if not known.size:
        return say("no sharpness")
    top = int(known[one.values[known].argmax()])
    ends = (numbers.number(float(one.values[i])) for i in (known[0], top, known[-1]))
    first, most, last = ends
    text = say("sharpness span", first=first, most=most, step=top + 1, last=last)
    if one.ceiling is None:
        return text
    height = numbers.number(one.ceiling)
    if not one.above.size:
        return f"{text}, {say('never above', value=height)}"
    count = len(one.above)
    steps = say("steps above", count=count, value=height, step=int(one.above[0]))
    return f"{text}, {steps}"
