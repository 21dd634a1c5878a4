"""What a person asks of a figure beyond its content."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """How a film runs. Times are in seconds; None leaves the choice to optviz.

    `duration` is that of the motion, between a still of the first and one of the last frame, each
    `hold` long. pace `even` gives every step the same time; `progress` gives it to the steps that
    move, so that creeping is quick. `smooth` interpolates between steps. loop 0 is for ever. `tail`
    is the number of steps whose path stays bright. `max_size` is in bytes.
    """

    fps: float = 20.0
    duration: float | None = None
    hold: float = 1.0
    pace: str = "even"
    loop: int = 0
    smooth: bool = False
    tail: int | None = None
    max_size: int | None = None


@dataclass(frozen=True)
class Look:
    """What a person asks of a figure beyond its content; None leaves the choice to optviz.

    size is in pixels, dpi in dots an inch, labels are one an optimizer. `colours` are those of a
    GIF's palette; `shape` is about the width over the height of a panel, if it is one of several.
    """

    title: str | None = None
    labels: tuple[str, ...] = ()
    xlim: tuple[float, float] | None = None
    ylim: tuple[float, float] | None = None
    size: tuple[int, int] = (960, 720)
    dpi: int = 120
    theme: str = "light"
    transparent: bool = False
    font: str | None = None
    counter: bool = False
    colours: int = 255
    timing: Timing = Timing()
    shape: float | None = None
