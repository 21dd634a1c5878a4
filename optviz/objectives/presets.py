"""The quadratics that people know by name, as the sources have them; one more is one entry."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Preset:
    """An expression, its source, what it shows, and the usual start and steps.

    `start` has one number a coordinate. `says` notes a start or steps that the source lacks.
    `group` is the heading it is listed under, `region` the box that is drawn, two limits of each
    coordinate, () to fit the paths; `minima` are the known places of the least value, `least` is
    that value where they are a curve.
    """

    text: str
    source: str
    says: str
    start: tuple[float, ...]
    steps: int
    group: str = "quadratics"
    region: tuple[float, ...] = ()
    minima: tuple[tuple[float, ...], ...] = ()
    least: float | None = None


_D2L = "Dive into Deep Learning, ch. 12"
_LMU = "LMU Munich, lecture on optimization (slds-lmu/lecture_optimization)"
_SCIPY = "Scientific Python Lectures, plot_gradient_descent.py"

QUADRATICS: dict[str, Preset] = {
    "d2l": Preset(
        "0.1x1^2 + 2x2^2",
        f"{_D2L}: Momentum, AdaGrad, RMSProp",
        "A valley twenty times steeper across than along: the book's test of every optimizer.",
        (-5.0, -2.0),
        20,
    ),
    "d2l-gd": Preset(
        "x1^2 + 2x2^2",
        f"{_D2L}: Gradient Descent, Stochastic Gradient Descent",
        "A well-conditioned bowl, where gradient descent needs no help.",
        (-5.0, -2.0),
        20,
    ),
    "d2l-rotated": Preset(
        "0.1(x1+x2)^2 + 2(x1-x2)^2",
        f"{_D2L}: AdaGrad, exercises",
        "The d2l valley turned by 45°, where a rate for each coordinate no longer helps.",
        (-5.0, -2.0),
        20,
    ),
    "d2l-1d": Preset(
        "x^2",
        f"{_D2L}: Gradient Descent",
        "One coordinate: too small a rate, a good one, and one that diverges.",
        (10.0,),
        10,
    ),
    "scratch": Preset(
        "x^2/20 + y^2",
        "Saitoh, Deep Learning from Scratch, ch. 6",
        "SGD zigzags, Momentum swings, AdaGrad and Adam turn into the valley.",
        (-7.0, 2.0),
        30,
    ),
    "distill": Preset(
        "0.005x1^2 + 0.05x2^2 + 0.5x3^2",
        "Goh, Why Momentum Really Works, Distill 2017",
        "Eigenvalues 0.01, 0.1 and 1: how fast each dies out is all (start and steps ours).",
        (1.0, 1.0, 1.0),
        150,
    ),
    "lmu-stepsize": Preset(
        "10x1^2 + x2^2/2",
        f"{_LMU}, stepsize.R",
        "Two step sizes on either side of what the steep coordinate bears.",
        (2.0, 20.0),
        13,
    ),
    "lmu-momentum": Preset(
        "x1^2/2 + 10x2^2",
        f"{_LMU}, momentum_comparison.R",
        "Momentum from none to too much at one learning rate.",
        (10.0, 1.0),
        12,
    ),
    "lmu-forms": Preset(
        "2x1^2 + 2x1x2 + 2x2^2 - 6x1 - 6x2",
        f"{_LMU}, gd_quadratic_forms.R",
        "x'Ax - b'x with A = [[2,1],[1,2]], b = (6,6), minimum at (1,1) (start and steps ours).",
        (-1.0, 2.0),
        25,
    ),
    "scipy-round": Preset(
        "0.33(x^2 + (0.7y)^2)",
        _SCIPY,
        "A well-conditioned bowl, κ about 2 (steps ours).",
        (1.6, 1.1),
        20,
    ),
    "scipy-narrow": Preset(
        "0.33(x^2 + (0.02y)^2)",
        _SCIPY,
        "The same bowl with κ = 2500: the flat coordinate hardly moves (steps ours).",
        (1.6, 1.1),
        20,
    ),
    "saddle": Preset(
        "x1^2 - x2^2",
        "the textbook saddle (start and steps ours)",
        "No minimum: who leaves the ridge, and how soon.",
        (-2.0, 0.01),
        20,
    ),
}
