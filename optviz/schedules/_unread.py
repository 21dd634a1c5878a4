"""Names of other programs that are no schedules here, each with why, and what to write instead."""

from collections.abc import Mapping

_OWN = "{} has a function of one's own; write that in the step t = 1, 2, …: 0.1*exp(-(t-1)/20)"
_LOSS = "{} goes by the loss and not by the step, so it is no schedule here; write one in steps"
_NAMED = "{} chooses a schedule by a name; write get_linear_schedule_with_warmup(…), or another"

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


def advice(name: str) -> str:
    """The sentence on a name of another program that is no schedule here; "" for any other."""
    return _UNREAD.get(name.lower(), "").format(name)
