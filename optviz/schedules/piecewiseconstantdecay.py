"""Keras's PiecewiseConstantDecay: given rates between given steps."""

from dataclasses import dataclass

from optviz.errors import BadValue, Unfit
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting, show


@dataclass(frozen=True)
class PiecewiseConstantDecay(LibrarySchedule):
    """η = values[i], where i boundaries are below k, as in `keras.optimizers.schedules`.

    At k = a boundary the old value still holds: one step longer than with MultiStepLR and
    piecewise_constant_schedule.
    """

    says = "given rates between given steps"
    formula = "values[boundaries < t−1]"
    source = "Keras 3.15"

    boundaries: tuple[float, ...] = setting(
        ..., "b", "b", "the last k of each rate", "[0, inf)", listed="numbers"
    )
    values: tuple[float, ...] = setting(
        ..., "η", r"\eta", "the rates, one more", "[0, inf)", listed="numbers"
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.boundaries or list(self.boundaries) != sorted(set(self.boundaries)):
            message = "one or more numbers that grow are wanted"
            raise BadValue("PiecewiseConstantDecay: boundaries", show(self.boundaries), message)
        if len(self.values) != len(self.boundaries) + 1:
            message = "one more than boundaries is wanted"
            raise BadValue("PiecewiseConstantDecay: values", show(self.values), message)

    def __call__(self, t: int) -> Num:
        return self.values[sum(boundary < t - 1 for boundary in self.boundaries)]

    @classmethod
    def base(cls) -> str:
        raise Unfit("PiecewiseConstantDecay has no base rate to change, only its values")
