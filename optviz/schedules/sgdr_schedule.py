"""Optax's sgdr_schedule: a straight rise and half a cosine wave, again and again."""

from dataclasses import dataclass, fields
from itertools import accumulate

from optviz.errors import BadValue, Unfit
from optviz.schedules._joined import check_some, rate_of
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.schedules._schedule import Schedule
from optviz.schedules.warmup_cosine_decay_schedule import WarmupCosineDecaySchedule
from optviz.text.settings import Num, setting, show


@dataclass(frozen=True)
class SgdrSchedule(LibrarySchedule):
    """A warmup_cosine_decay_schedule after the other, as `optax.sgdr_schedule`.

    Each is given by its arguments, and begins decay_steps after the one before (Loshchilov &
    Hutter 2017).
    """

    says = "a rise and half a wave, again and again"
    formula = "the cycles in turn, each a warmup_cosine_decay_schedule of decay_steps"
    source = "Optax 0.2.8"

    cosine_kwargs: tuple[WarmupCosineDecaySchedule, ...] = setting(
        ...,
        "",
        "",
        "the arguments of each cycle",
        listed="calls",
        call="warmup_cosine_decay_schedule",
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        check_some("sgdr_schedule: cosine_kwargs", self.cosine_kwargs)
        for cycle in self.cosine_kwargs:
            if not isinstance(cycle, WarmupCosineDecaySchedule):
                message = "arguments of warmup_cosine_decay_schedule are wanted, in dict(…) or {…}"
                raise BadValue("sgdr_schedule: cosine_kwargs", show(cycle), message)
            if cycle.decay_steps % 1:
                message = "whole decay_steps are wanted, as the next cycle begins then"
                raise BadValue("sgdr_schedule: cosine_kwargs", show(cycle), message)

    def __call__(self, t: int) -> Num:
        lengths = [float(cycle.decay_steps) for cycle in self.cosine_kwargs[:-1]]
        return rate_of(self.cosine_kwargs, list(accumulate(lengths)), t)

    def __str__(self) -> str:
        return f"{self.word()}([{','.join(map(_as_dictionary, self.cosine_kwargs))}])"

    @classmethod
    def base(cls) -> str:
        raise Unfit("sgdr_schedule has no base rate to change, only those of its cycles")


def _as_dictionary(cycle: Schedule) -> str:
    """Its arguments that are not the usual ones: `dict(init_value=0,…)`."""
    values = {f.name: getattr(cycle, f.name) for f in fields(cycle)}
    named = [f"{k}={show(v)}" for k, v in values.items() if v != cycle.defaults()[k]]
    return f"dict({','.join(named)})"
