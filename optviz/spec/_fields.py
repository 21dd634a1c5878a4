"""The fields of specs: each is an option of the same name; a new field is a new option."""

from dataclasses import dataclass
from functools import partial

from optviz import phrases
from optviz.errors import BadValue
from optviz.text.options import listed, option

COMMON = ("eta", "beta", "rho", "beta1", "beta2", "eps", "clip")  # options that set all optimizers

_objective = partial(option, group="What to run")
_rule = partial(option, group="Optimizers")
_start = partial(option, group="Start and steps")
_noise = partial(option, group="Gradients and noise")
_training = partial(option, group="Logs of training")
_look = partial(option, group="Look")
_film = partial(option, group="Film (gif, apng, webp, mp4, frames)")


def _check_language(name: str, code: str) -> None:
    if code not in phrases.languages():
        raise BadValue(name, code, f"{listed(phrases.languages())} is wanted")


def _check_sliders(name: str, settings: tuple[str, ...]) -> None:
    for setting in settings:
        if not setting.isidentifier():
            raise BadValue(name, setting, "the name of a setting is wanted, such as beta1")


@dataclass(frozen=True)
class RunSpec:
    """What runs: objective, optimizers, start, steps."""

    objective: str = _objective("d2l", "expression, preset, quadratic(…) or @file", "-f")
    target: str | None = _objective(
        None, "column of -f @data.csv that the others explain", value="COLUMN"
    )
    loss: str = _objective("squares", "loss of a row: optviz list losses")
    standardize: bool = _objective(False, "scale every feature to mean 0 and deviation 1")
    intercept: bool = _objective(False, "add a feature that is 1 in every row")
    l2: float = _objective(0.0, "add L2/2 · ‖w‖², the intercept left out", value="L2")
    rotate: float = _objective(0.0, "turn a 2-D objective about the origin", value="DEG")
    opt: tuple[str, ...] = _rule((), "optimizer NAME[@DIALECT][:key=value,…]; repeatable")
    eta: str | None = _rule(None, "learning rate or schedule of optimizers without one")
    beta: str | None = _rule(None, "momentum, likewise")
    rho: str | None = _rule(None, "forgetting of RMSProp, likewise")
    beta1: str | None = _rule(None, "first decay of Adam, likewise")
    beta2: str | None = _rule(None, "second decay of Adam, likewise")
    eps: str | None = _rule(None, "ε, likewise")
    clip: str | None = _rule(None, "norm that longer gradients are scaled to, likewise")
    param: tuple[str, ...] = _rule((), "any other setting, likewise; repeatable", "-p", "KEY=VALUE")
    start: tuple[str, ...] = _start(
        (), "where to start, e.g. -5,-2, or grid(…); repeatable", value="X1,X2,…"
    )
    steps: int | None = _start(None, "number of steps", "-n", "N", usual="20, or the preset's")
    gradient: str = _noise("exact", "what optimizers see of ∇f, e.g. noise(1)", value="SOURCE")
    seed: int = _noise(0, "first seed of what is drawn at random", value="N")
    seeds: int = _noise(1, "number of seeds; their median, in bands", value="N")
    expected: bool = _noise(False, "exact mean and covariance under noise, not a draw")
    log: tuple[str, ...] = _training((), "what optviz.record wrote; repeatable", value="FILE")


@dataclass(frozen=True)
class LookSpec:
    """How a figure looks."""

    title: str | None = _look(None, "title instead of the one that is made")
    subtitle: str | None = _look(None, "line below the title instead of the one made")
    heading: str = _look(
        "full", "full, title (without the line below) or none", value="WHAT",
        choices=("full", "title", "none"),
    )  # fmt: skip
    label: tuple[str, ...] = _look((), "name of an optimizer in the figure, one for each")
    colors: tuple[str, ...] = _look(
        (), "colours of the optimizers, e.g. '#e04e10,navy'", value="C,C,…"
    )
    legend: str = _look(
        "auto", "names: auto (at the curves), right, below, none", value="WHERE",
        choices=("auto", "right", "below", "none"),
    )  # fmt: skip
    xlabel: str | None = _look(None, "name of the horizontal axis")
    ylabel: str | None = _look(None, "name of the vertical axis")
    xlim: str | None = _look(None, "limits of the horizontal axis", value="LOW,HIGH")
    ylim: str | None = _look(None, "limits of the vertical axis", value="LOW,HIGH")
    size: str | None = _look(
        None, "size in pixels, or 16x9cm, 6x4in", value="SIZE", usual="960x720"
    )
    dpi: int = _look(120, "dots an inch, of sizes in inches and in the file", value="N")
    theme: str | None = _look(
        None, "light, dark, print, auto or FILE", value="NAME", usual="light; html: auto"
    )
    transparent: bool = _look(False, "leave the background out")
    font: str | None = _look(None, "installed font for words", value="NAME")
    font_size: float | None = _look(
        None, "font size in points", value="PT", usual="8 on paper, else by the size"
    )
    fragment: bool = _look(False, "html: the figure alone, for a page of one's own")
    slider: tuple[str, ...] = _look(
        (), "html: setting with a slider; repeatable", value="NAME", usual="η and β",
        read=_check_sliders,
    )  # fmt: skip
    lang: str = _look(
        phrases.ENGLISH, "language of the words: optviz list languages", value="CODE",
        read=_check_language,
    )  # fmt: skip


@dataclass(frozen=True)
class FilmSpec:
    """How a film (gif, apng, webp, mp4, frames) runs."""

    fps: float = _film(20.0, "frames a second at most", value="N")
    duration: float | None = _film(None, "seconds of motion", value="S", usual="by the steps")
    hold: str = _film("1.1,2", "seconds that first and last frame stand", value="S,S")
    pace: str = _film("even", "even, or progress: slow where the path moves", value="HOW")
    loop: int = _film(0, "how often to play, 0 for ever", value="N")
    smooth: bool = _film(False, "move between the steps too")
    tail: int | None = _film(None, "fade the path but for its last N steps", value="N")
    counter: bool = _film(True, "show the step, and f of a single run")
    max_size: str | None = _film(
        None, "largest file, e.g. 2MB: fewer colours, frames, pixels", value="SIZE"
    )
