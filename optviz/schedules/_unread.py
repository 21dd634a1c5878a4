"""Names that people write for a schedule and that are none here, and what to write instead."""

from collections.abc import Mapping

_OWN = "{} has a function of one's own, which is not read; join_schedules([…],[…]) joins those here"
_LOSS = "{} goes by the loss and not by the step, so it is no schedule here; write one in steps"
_NAMED = "{} chooses a schedule by a name; write get_linear_schedule_with_warmup(…), or another"
_WRITE = "no schedule is called {}; write {instead}(…)"

_UNREAD: Mapping[str, str] = {
    "lambdalr": _OWN,
    "multiplicativelr": _OWN,
    "learningratescheduler": _OWN,
    "reducelronplateau": _LOSS,
    "reduce_on_plateau": _LOSS,
    "get_reduce_on_plateau_schedule": _LOSS,
    "plateaulrscheduler": _LOSS,
    "get_scheduler": _NAMED,
    "create_scheduler": _NAMED,
    "create_scheduler_v2": _NAMED,
}
_MEANT: Mapping[str, str] = {
    "cosine_with_restarts": "get_cosine_with_hard_restarts_schedule_with_warmup",
    "cosine_with_min_lr": "get_cosine_with_min_lr_schedule_with_warmup",
    "constant_with_warmup": "get_constant_schedule_with_warmup",
    "inverse_sqrt": "get_inverse_sqrt_schedule",
    "noam": "get_inverse_sqrt_schedule",
    "warmup_stable_decay": "get_wsd_schedule",
    "wsd": "get_wsd_schedule",
    "linear_with_warmup": "get_linear_schedule_with_warmup",
    "linear_warmup": "warmup",
    "get_linear_schedule": "get_linear_schedule_with_warmup",
    "get_cosine_schedule": "get_cosine_schedule_with_warmup",
    "cosine_with_warmup": "get_cosine_schedule_with_warmup",
    "sgdr": "CosineAnnealingWarmRestarts",
    "onecycle": "OneCycleLR",
    "one_cycle": "OneCycleLR",
    "triangular": "CyclicLR",
    "multistep": "MultiStepLR",
    "piecewise_constant": "piecewise_constant_schedule",
}


def advice(name: str) -> str:
    """The sentence on a name that is no schedule's; "" if only its spelling can tell."""
    word = name.lower()
    if word in _MEANT:
        return _WRITE.format(name, instead=_MEANT[word])
    return _UNREAD[word].format(name) if word in _UNREAD else ""
