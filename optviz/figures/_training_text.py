"""Title, subtitle, axis and description of logs of trainings."""

import numpy as np

from optviz.figures._rates_claims import possessive
from optviz.figures._training_names import layer_name, learning_rates
from optviz.figures._training_verdict import lost
from optviz.phrases import counted, listed, say
from optviz.recorder.training_log import TrainingLog
from optviz.text import numbers

_NAMED = 3  # logs beyond which a title has their number, and the panels their names
_DESCRIBED = 8  # layers of a log in the description


def heading(logs: list[TrainingLog], names: list[str]) -> str:
    """`Adam's median rates only fall`, or whose rates they are.

    Names that hold more than the optimizer, such as a file, are in the panels alone.
    """
    if len(logs) == 1 and _only_fall(logs[0]):
        return say("median rates only fall", whose=possessive(names[0]))
    effective = any(log.effective for log in logs)
    quantity = say("effective rates" if effective else "realised rates")
    return say("rates of", quantity=quantity, names=owners(names))


def owners(names: list[str]) -> str:
    """The names of logs in a title, or how many there are."""
    short = len(names) <= _NAMED and not any("," in name for name in names)
    return listed(names) if short else say("trainings", count=len(names), word=counted(len(names)))


def _only_fall(log: TrainingLog) -> bool:
    """Whether the median rates of all layers are effective ones that never rise, and fall."""
    medians = [layer.rates[:, log.median] for layer in log.layers]
    known = [rates for rates in medians if len(rates) > 1 and np.isfinite(rates).all()]
    if not log.effective or len(known) < len(medians):
        return False
    return all((np.diff(rates) <= 0).all() and rates[-1] < rates[0] for rates in known)


def subtitle(logs: list[TrainingLog], names: list[str], bands: int) -> str:
    """The learning rates, how long the trainings were, and what so many bands a curve hold."""
    return f"{context(logs, names)}; {_bands(logs[0], bands)}"


def context(logs: list[TrainingLog], names: list[str]) -> str:
    """The learning rates, and how long the trainings were."""
    return "; ".join([*filter(None, _etas(logs, names)), duration(logs)])


def _etas(logs: list[TrainingLog], names: list[str]) -> list[str]:
    """The learning rates, with their owners where these differ."""
    rates = [learning_rates(log) for log in logs]
    if len(set(rates)) == 1:
        return list(filter(None, rates[:1]))
    if len(logs) > _NAMED:
        return []
    return [
        name if "=" in name else say("of optimizer", name=name, text=eta)
        for name, eta in zip(names, rates, strict=True)
        if eta
    ]


def ended(logs: list[TrainingLog], names: list[str]) -> list[str]:
    """From which recorded step on the parameters of trainings are not finite, as they diverged."""
    ends = [
        (name, min(filter(None, (lost(one.steps, one.parameter) for one in log.layers)), default=0))
        for log, name in zip(logs, names, strict=True)
    ]
    told = [(name, say("not finite since", step=end)) for name, end in ends if end][:_NAMED]
    alone = len(logs) == 1
    return [text if alone else say("of optimizer", name=name, text=text) for name, text in told]


def duration(logs: list[TrainingLog]) -> str:
    """How long the trainings were."""
    steps = sorted({log.steps for log in logs})
    count = say("steps", count=steps[0])
    if len(steps) > 1:
        count = say("steps between", least=steps[0], most=steps[-1])
    return say("of a training", steps=count)


def _bands(log: TrainingLog, count: int) -> str:
    """What the lines and the bands show of the entries."""
    drawn = log.bands[-2:][:count]
    shares = [f"{100 * log.share(band):.3g}" for band in reversed(drawn)]
    if not shares:
        return say("medians of entries")
    return say("medians and bands", shares=listed(shares))


def axis(logs: list[TrainingLog]) -> str:
    if not any(log.effective for log in logs):
        return say("realised rate axis", formula=r"$-\Delta p/g$")
    if all(log.effective for log in logs):
        return say("effective rate axis", formula="").strip()
    return say("effective or realised rate axis")


def medians(logs: list[TrainingLog], names: list[str]) -> str:
    """The first and last medians of each layer."""
    parts = []
    for log, name in zip(logs, names, strict=True):
        columns = [(layer, layer.rates[:, log.median]) for layer in log.layers[:_DESCRIBED]]
        spans = [
            say(
                "rate span", name=layer_name(layer), first=numbers.number(float(rates[0])),
                last=numbers.number(float(rates[-1])),
            )
            for layer, rates in columns
        ]  # fmt: skip
        parts.append(say("of optimizer", name=name, text=", ".join(spans)))
    return say("medians", text="; ".join(parts))
