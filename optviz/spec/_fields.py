"""The fields of specs: each is an option of the same name; a new field is a new option."""

from dataclasses import dataclass

from optviz.text.options import option

COMMON = ("eta", "beta", "rho", "beta1", "beta2", "eps", "clip")  # options that set all optimizers


@dataclass(frozen=True)
class RunSpec:
    """What runs: objective, optimizers, start, steps."""

    objective: str = option(
        "d2l", "expression, preset, quadratic(…), @file or @- (optviz list objectives)", "-f"
    )
    target: str | None = option(
        None,
        "column of a table, -f @data.csv, that the others explain by least squares",
        value="COLUMN",
    )
    standardize: bool = option(False, "give every feature of a table mean 0 and deviation 1")
    intercept: bool = option(False, "give a table a feature that is 1 in every row")
    l2: float = option(0.0, "of a table: add L2/2 · ‖w‖², the intercept left out", value="L2")
    rotate: float = option(0.0, "turn a 2-D objective about the origin", value="DEG")
    opt: tuple[str, ...] = option(
        (),
        "optimizer NAME[@DIALECT][:key=value,…], or names A,B,C; repeatable "
        "(optviz list optimizers)",
    )
    eta: str | None = option(None, "learning rate or schedule of every --opt without its own")
    beta: str | None = option(None, "momentum, likewise")
    rho: str | None = option(None, "forgetting of RMSProp, likewise")
    beta1: str | None = option(None, "first decay of Adam, likewise")
    beta2: str | None = option(None, "second decay of Adam, likewise")
    eps: str | None = option(None, "ε, likewise")
    clip: str | None = option(None, "longest gradient, a longer one is scaled to it, likewise")
    param: tuple[str, ...] = option(
        (), "any other setting, likewise, repeatable", "-p", "KEY=VALUE"
    )
    start: tuple[str, ...] = option((), "where to start, e.g. -5,-2, repeatable", value="X1,X2,…")
    steps: int | None = option(None, "number of steps (20, or the preset's)", "-n", "N")
    gradient: str = option(
        "exact",
        "what the optimizer sees of ∇f, e.g. noise(1); in rates and run log(FILE) too",
        value="SOURCE",
    )
    seed: int = option(0, "the first seed of what is drawn", value="N")
    seeds: int = option(
        1, "how many seeds: their median, in bands with 50 and 90 % of them", value="N"
    )
    expected: bool = option(
        False, "under Gaussian noise: the exact mean and covariance, not a draw (linear rules)"
    )


@dataclass(frozen=True)
class LookSpec:
    """How a figure looks."""

    title: str | None = option(None, "heading instead of the one made from the settings")
    subtitle: str | None = option(None, "line below the title instead of the one made")
    heading: str = option(
        "full", "full, title (without the line below) or none", value="WHAT",
        choices=("full", "title", "none"),
    )  # fmt: skip
    label: tuple[str, ...] = option(
        (), "name of an optimizer in the figure, one for each, in order"
    )
    colors: tuple[str, ...] = option(
        (), "colours of the optimizers, in order, e.g. '#e04e10,navy'", value="C,C,…"
    )
    legend: str = option(
        "auto", "names: auto (at their curves), right, below or none", value="WHERE",
        choices=("auto", "right", "below", "none"),
    )  # fmt: skip
    xlabel: str | None = option(None, "name of the horizontal axis")
    ylabel: str | None = option(None, "name of the vertical axis")
    xlim: str | None = option(None, "limits of the horizontal axis", value="LOW,HIGH")
    ylim: str | None = option(None, "limits of the vertical axis", value="LOW,HIGH")
    size: str | None = option(None, "pixels, or 16x9cm, 6x4in (960x720)", value="SIZE")
    dpi: int = option(120, "dots an inch, of sizes in inches and in the file", value="N")
    theme: str = option("light", "light, dark, print, FILE.toml, or for svg auto", value="NAME")
    transparent: bool = option(False, "no background")
    font: str | None = option(None, "an installed font for words", value="NAME")
    font_size: float | None = option(
        None, "font size in points (8 on paper, else by the size)", value="PT"
    )


@dataclass(frozen=True)
class FilmSpec:
    """How a film (gif, apng, webp, mp4, frames) runs."""

    fps: float = option(20.0, "frames a second at most", value="N")
    duration: float | None = option(None, "seconds of motion (by the number of steps)", value="S")
    hold: str = option(
        "1.1,2", "seconds that the first and the last frame stand, or one for both", value="S,S"
    )
    pace: str = option("even", "even, or progress: slow where the path moves", value="HOW")
    loop: int = option(0, "how often to play, 0 for ever", value="N")
    smooth: bool = option(False, "move between the steps too")
    tail: int | None = option(None, "let the path fade but for its last N steps", value="N")
    counter: bool = option(True, "the step, and f of a single run, beside the heading")
    max_size: str | None = option(None, "largest file, e.g. 2MB: fewer colours, frames, pixels")
