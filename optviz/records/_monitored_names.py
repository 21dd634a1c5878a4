"""What a logged number is, by its name: a learning rate, a norm of a layer, or anything else.

The names are those of PyTorch Lightning, the Trainer of transformers, Keras, Megatron and fairseq:
`lr-Adam/pg1`, `train/learning_rate`, `grad_2.0_norm/conv1.weight`, `grad-norm`, `gnorm`.
"""

import re
from typing import NamedTuple

_RATE = re.compile(r"(?:.*[^a-z])?(?:lr|learning[^a-z]?rate)(?:[^a-z].*)?")
_NO_RATE = re.compile(r"momentum|decay|loss|norm|grad|scale|find")
_NORM = re.compile(
    r"(?:.*[^a-z])?(g|grad(?:ient)?s?|updates?|weights?|param(?:eter)?s?)"
    r"[^a-z]?(l?\d[\d.]*|inf)?[^a-z]?norms?(?:[^a-z](?:total|all|global))?"
)
_EUCLIDEAN = {None, "2", "2.0", "l2"}
_KINDS = {"g": "grad", "u": "update", "w": "parameter", "p": "parameter"}  # by the first letter
_MARK = re.compile(r"(g)rad(?:ient)?s?|(u)pdates?|(w)eights?|(p)aram(?:eter)?s?", re.I)
_PASSED = re.compile(r"(?:train|optim|debug|stat|metric|norm|total|all|global|grad|watch)\w{0,6}")


class Meaning(NamedTuple):
    """A learning rate ("lr"), a norm of a layer ("grad", …; "" is all), or what was logged."""

    quantity: str
    layer: str = ""


def meanings_of(kinds: dict[str, bool]) -> dict[str, Meaning]:
    """The meaning of each tag, which may be that of a histogram.

    A histogram without a mark is a parameter if its gradient is met.
    """
    meanings = {tag: _of_histogram(tag) if kind else _of_scalar(tag) for tag, kind in kinds.items()}
    with_gradient = {meaning.layer for meaning in meanings.values() if meaning.quantity == "grad"}
    for tag, kind in kinds.items():
        if kind and tag in with_gradient:
            meanings[tag] = Meaning("parameter", tag)
    return meanings


def _of_scalar(tag: str) -> Meaning:
    parts = tag.lower()[:300].split("/")
    if any(map(_RATE.fullmatch, parts)) and not _NO_RATE.search(tag.lower()):
        return Meaning("lr")
    for i, part in enumerate(parts):
        match = _NORM.fullmatch(part)
        if match and match[2] in _EUCLIDEAN:
            rest = [*tag.split("/")[:i], *tag.split("/")[i + 1 :]]
            return Meaning(_KINDS[match[1][0]], _layer(rest))
    return Meaning("log")


def _of_histogram(tag: str) -> Meaning:
    """By a part of the tag: gradients/conv1.weight, conv1.weight.grad, weights/conv1."""
    parts = re.split(r"(/|[._](?=grad(?:ient)?s?$))", tag)
    for i, part in enumerate(parts):
        if match := _MARK.fullmatch(part):
            rest = "".join([*parts[:i], *parts[i + 1 :]]).strip("/._")
            return Meaning(_KINDS[(match[1] or match[2] or match[3] or match[4]).lower()], rest)
    return Meaning("")


def _layer(parts: list[str]) -> str:
    """What is left of a tag as the name of a layer, without words such as train and total."""
    return "/".join(part for part in parts if not _PASSED.fullmatch(part.lower()))
