"""The fields of specs: each is an option of the same name; a new field is a new option."""

from dataclasses import dataclass, field
from typing import Any


def option(
    default: Any, says: str, short: str = "", value: str = "TEXT", choices: tuple[str, ...] = ()
) -> Any:
    """A field with its one-line help, its short flag, the name of its value, what it may be."""
    known = {"says": says, "short": short, "value": value, "choices": choices}
    return field(default=default, metadata=known)


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
class SweepSpec:
    """What a sweep goes over, and what it shows of each point."""

    over: tuple[str, ...] = option(
        (),
        "eta=log(0.01,3,50), beta=lin(0,0.9,10), rho=[0.5,0.9]; also angle, kappa, start; "
        "one or two",
        value="NAME=GRID",
    )
    of: str = option("steps", "steps (to the tolerance), f, rate (measured) or status")
    tol: float = option(1e-6, "the tolerance: a share of f − f* at the start", value="SHARE")
    mark: str | None = option(None, "a point to mark, in the order of the axes", value="A[,B]")


@dataclass(frozen=True)
class StepSpec:
    """Which step of a trace is taken apart."""

    anatomy: int | None = option(
        None,
        "take step N apart: arrows and the equation in numbers; md, latex, csv as a table",
        value="N",
    )


@dataclass(frozen=True)
class CompareSpec:
    """How a comparison is made fair."""

    fair: str = option(
        "as-given",
        "how rates are chosen: as-given, same-eta, same-first-step or tuned",
        value="RULE",
    )


@dataclass(frozen=True)
class JudgeSpec:
    """When a run counts as done."""

    tol: float = option(1e-6, "f − f*, relative to the start's, at which a run is done", value="N")


@dataclass(frozen=True)
class LookSpec:
    """How a figure looks."""

    title: str | None = option(None, "heading instead of the one made from the settings")
    label: tuple[str, ...] = option(
        (), "name of an optimizer in the figure, one for each, in order"
    )
    xlim: str | None = option(None, "limits of the horizontal axis", value="LOW,HIGH")
    ylim: str | None = option(None, "limits of the vertical axis", value="LOW,HIGH")
    view: str = option(
        "fit",
        "fit the paths, lock on start and minimum, or equal units",
        value="HOW",
        choices=("fit", "lock", "equal"),
    )
    rate: str = option(
        "effective",
        "in rates: effective, realised (−Δx/g) or asymptotic (η/(1−β))",
        value="WHICH",
        choices=("effective", "realised", "asymptotic"),
    )
    measure: str = option(
        "gap",
        "in loss: gap (f − f*), distance, gradient, or modes (shares of f − f*)",
        value="WHICH",
        choices=("gap", "distance", "gradient", "modes"),
    )
    against: str = option(
        "step",
        "in loss: step, epoch (of a data set) or time (Σ η, of the gradient flow)",
        value="WHAT",
        choices=("step", "epoch", "time"),
    )
    rows: str = option("trace,rates", "in compare: the views, one below the other", value="VIEWS")
    overlay: bool = option(False, "in compare: all optimizers in each view, views side by side")
    starts: str = option(
        "paths",
        "of a grid of starts: paths, moves (first steps), steps (to 1e-6) or status",
        value="HOW",
        choices=("paths", "moves", "steps", "status"),
    )
    levels: int | None = option(None, "number of contour levels of a trace", value="N")
    plane: str | None = option(
        None,
        "plane of an n-D trace: two coordinates such as 1,3 or by name (else extreme eigenvectors)",
    )
    ellipses: str | None = option(
        None, "with --expected: the steps whose 1σ and 2σ ellipses are drawn", value="N,N,…"
    )
    size: str = option("960x720", "pixels, or 16x9cm, 6x4in", value="SIZE")
    dpi: int = option(120, "dots an inch: larger makes letters and lines larger", value="N")
    theme: str = option("light", "light, dark or print (greys only)", value="NAME")
    transparent: bool = option(False, "no background")
    font: str | None = option(None, "an installed font for words", value="NAME")
    counter: bool = option(False, "the step, and f of a single run, in the corner")


@dataclass(frozen=True)
class FilmSpec:
    """How a film (gif, apng, webp, mp4, frames) runs."""

    fps: float = option(20.0, "frames a second at most", value="N")
    duration: float | None = option(None, "seconds of motion (by the number of steps)", value="S")
    hold: float = option(1.0, "seconds that the first and the last frame stand", value="S")
    pace: str = option("even", "even, or progress: slow where the path moves", value="HOW")
    loop: int = option(0, "how often to play, 0 for ever", value="N")
    smooth: bool = option(False, "move between the steps too")
    tail: int | None = option(None, "let the path fade but for its last N steps", value="N")
    max_size: str | None = option(None, "largest file, e.g. 2MB: fewer colours, frames, pixels")
