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

    size is in pixels, dpi in dots an inch. `view` frames a trace: `fit` the paths, `lock` start and
    minimum only, `equal` the same unit on both axes. `rate` says which of the three quantities of
    that name `rates` draws: `effective`, `realised`, `asymptotic`; `measure` what `loss` draws:
    `gap`, `distance`, `gradient`, `modes`, and `against` what: `step`, `epoch`, `time`. `rows` are
    the views of `compare`, `overlay` puts all optimizers into each; `starts` says what a trace
    shows of a grid of them: `paths`, `moves`, `steps`, `status`; `remark` is a sentence that the
    subtitle ends with. `plane` picks the plane of an n-D trace: two coordinates by name or counted
    from 1, or None for the two extreme eigenvectors.
    `ellipses` are the steps at which the exact law of a noisy run is drawn, () for some that tell.
    `shape` is about the width over the height of a panel, where it is one of several.
    """

    title: str | None = None
    labels: tuple[str, ...] = ()
    xlim: tuple[float, float] | None = None
    ylim: tuple[float, float] | None = None
    view: str = "fit"
    rate: str = "effective"
    measure: str = "gap"
    against: str = "step"
    rows: tuple[str, ...] = ("trace", "rates")
    overlay: bool = False
    starts: str = "paths"
    remark: str = ""
    levels: int | None = None
    plane: tuple[int | str, int | str] | None = None
    size: tuple[int, int] = (960, 720)
    dpi: int = 120
    theme: str = "light"
    transparent: bool = False
    font: str | None = None
    counter: bool = False
    ellipses: tuple[int, ...] = ()
    colours: int = 255
    timing: Timing = Timing()
    shape: float | None = None
