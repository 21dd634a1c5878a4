"""Names of what a log of training holds, and no gradient or path: loss, epoch, learning rate, …."""

import re
from collections.abc import Iterable

# As TensorBoard, Keras, Lightning, the Trainer of transformers, and wandb write them.
_NAMES = """
wall time|walltime|time|timestamp|datetime|date|runtime|elapsed|step|steps|global|iteration|iter
value|tag|loss|nll|cross entropy|lr|learning rate|accuracy|acc|top1|top5|error|err|auc|precision
recall|f1|mae|mse|rmse|mean absolute error|mean squared error|perplexity|ppl|bleu|grad norm
gradient norm|gnorm|samples per second|steps per second|samples|tokens|flos|total flos|log history
best metric|max steps|num train epochs
"""
_AFFIXES = """
train|training|val|valid|validation|test|eval|dev|epoch|epochs|step|batch|running|avg|mean|smoothed
min|max|best|last|metrics|num
"""
_KNOWN = frozenset(_NAMES.strip().replace("\n", "|").split("|"))
_PASSED = frozenset(_AFFIXES.strip().replace("\n", "|").split("|"))
_LAST = (["loss"], ["losses"], ["accuracy"], ["reward"])  # of box_loss, or g_loss
_WORDS = re.compile(r"[A-Za-z]+[0-9]*|[0-9]+")


def of_training(names: Iterable[str]) -> list[str]:
    """Those of the names that a log of training gives to what is no gradient."""
    return [name for name in names if _is_of_training(name)]


def _is_of_training(name: str) -> bool:
    """Whether the name, without what says of which data or how averaged, is such a word.

    `run 1 - loss__MIN` of wandb and `lr-Adam/pg1` of Lightning are, `time_embed.weight` is none.
    """
    words = _WORDS.findall(name[:200].rpartition(" - ")[2].lower())
    bare = [word for word in words if word not in _PASSED and not word.isdigit()]
    if {" ".join(words), " ".join(bare)} & _KNOWN or bare[-1:] in _LAST:
        return True
    return name.startswith(("lr-", "lr/")) or (not bare and not _PASSED.isdisjoint(words))
