"""How a figure looks and how its film runs, apart from its content."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """The timing of a film. Times are in seconds; None leaves the choice to optviz.

    `duration` is that of the motion, between a still of the first and one of the last frame,
    whose lengths are `hold`. pace `even` gives every step the same time, `progress` gives more to
    longer steps. `smooth` interpolates between steps. loop 0 repeats for ever. `tail` is the
    number of steps whose path stays bright. `max_size` is in bytes.
    """

    fps: float = 20.0
    duration: float | None = None
    hold: tuple[float, float] = (1.1, 2.0)
    pace: str = "even"
    loop: int = 0
    smooth: bool = False
    tail: int | None = None
    max_size: int | None = None


@dataclass(frozen=True)
class Look:
    """How a figure looks; None leaves the choice to optviz.

    size is in pixels, dpi in dots an inch, labels and colors are one an optimizer. `font_size` is
    that of the base letter in points; None lets it grow with the size in pixels. `theme` is a name,
    or a TOML file: its name and, in the lines below, its content; None is the usual one of the
    format. `heading` is full, title or none, `legend` auto, right, below or none. `colours` are
    those of the palette of a GIF. `shape` is the approximate width over height of a panel among
    several. A page may be a `fragment` for another, its `sliders` move these settings, () the
    usual. `lang` is the code of the language of all words that were not typed.
    """

    title: str | None = None
    subtitle: str | None = None
    xlabel: str | None = None
    ylabel: str | None = None
    heading: str = "full"
    legend: str = "auto"
    font_size: float | None = None
    labels: tuple[str, ...] = ()
    colors: tuple[str, ...] = ()
    xlim: tuple[float, float] | None = None
    ylim: tuple[float, float] | None = None
    size: tuple[int, int] = (960, 720)
    dpi: int = 120
    theme: str | None = None
    transparent: bool = False
    font: str | None = None
    counter: bool = True
    colours: int = 255
    timing: Timing = Timing()
    shape: float | None = None
    fragment: bool = False
    sliders: tuple[str, ...] = ()
    lang: str = "en"

    @property
    def captions(self) -> tuple[tuple[str, str], ...]:
        """The texts that were typed for the figure, each with its option."""
        names = ("title", "subtitle", "xlabel", "ylabel")
        single = ((name, getattr(self, name)) for name in names)
        return (*(pair for pair in single if pair[1]), *(("label", one) for one in self.labels))
