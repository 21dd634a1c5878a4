"""AdaGrad, diagonal form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz import arrays
from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal, with_decay
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """The sum of squared gradients (batch, dim); the last of them, newest first, for a window."""

    G: Array
    recent: Array


@dataclass(frozen=True)
class AdaGrad(Rule):
    """AdaGrad: a rate per coordinate, η over the root of the sum of its squared gradients.

    Source: Duchi, Hazan & Singer 2011; d2l, chapter AdaGrad. ε stands inside the root in the
    book, Keras and Optax, outside in PyTorch; Keras and Optax start G at 0.1. PyTorch
    can also let η fall (`lr_decay`). Weight decay enters the gradient in PyTorch and is
    decoupled in Keras.

    Its less aggressive relatives are variants: the exponent `p` in η/(G+ε)^p; a `window`, in which
    only the last squares count, and G₀; `forget`, by which G is multiplied before g² comes in. The
    last two let the rate rise again, as RMSProp does.
    """

    title = "AdaGrad"
    says = (
        "Gives each coordinate its own rate: small where gradients were large, large for rare "
        "features, with no knob but η."
    )
    fails = (
        "G only grows, so with a small η the path stalls on the way; and it scales the axes, so "
        "an objective turned against them gains nothing."
    )
    equations = ("Gₜ = Gₜ₋₁ + gₜ²", "xₜ = xₜ₋₁ − η/√(Gₜ+ε) ⊙ gₜ")
    rate = r"\eta/\sqrt{G_t+\epsilon}"
    reference = "Duchi, Hazan & Singer 2011, JMLR 12; d2l, chapter AdaGrad"
    dialects = {
        "d2l": {"eta": 0.4, "eps": 1e-6},
        "torch": {"eta": 0.01, "eps": 1e-10, "eps_at": "outside"},
        "keras": {"eta": 0.001, "eps": 1e-7, "G0": 0.1, "decoupled": True},
        "optax": {"eta": 0.001, "eps": 1e-7, "G0": 0.1},
    }
    made_by = {
        "torch": "torch.optim.Adagrad(params, lr=η)",
        "keras": "keras.optimizers.Adagrad(learning_rate=η)",
        "optax": "optax.adagrad(η)",
    }
    spellings = {
        "torch": {
            "lr": "eta",
            "eps": "eps",
            "initial_accumulator_value": "G0",
            "lr_decay": "lr_decay",
            "weight_decay": "decay",
        },
        "keras": {
            "learning_rate": "eta",
            "epsilon": "eps",
            "initial_accumulator_value": "G0",
            "weight_decay": "decay",
        },
        "optax": {"learning_rate": "eta", "eps": "eps", "initial_accumulator_value": "G0"},
    }
    sums_gradients = True

    eps: Num = setting(1e-6, "ε", r"\epsilon", "keeps the root from 0; 0 for none", "[0, inf)")
    eps_at: str = setting(
        "inside", "", "", "√(G+ε) or √G+ε", variant=True, choices=("inside", "outside")
    )
    G0: Num = setting(0.0, "G₀", "G_0", "the sum before the first step", "[0, inf)", variant=True)
    lr_decay: Num = setting(
        0.0, "κ", r"\kappa", "η also falls, as 1/(1+(t−1)κ)", "[0, inf)", variant=True
    )
    decay: Num = setting(0.0, "λ", r"\lambda", "weight decay", "[0, inf)", variant=True)
    decoupled: bool = setting(False, "", "", "decay off x, not into g", variant=True)
    p: Num = setting(
        0.5, "p", "p", "the exponent in η/(G+ε)^p; ½ is the root", "(0, inf)", variant=True
    )
    window: Num = setting(
        0.0,
        "W",
        "W",
        "only the last W squares count; 0 for all",
        "[0, 1000]",
        whole=True,
        variant=True,
    )
    forget: Num = setting(
        1.0,
        "γ",
        r"\gamma",
        "the share of G that is kept in a step; 1 for all",
        "[0, 1]",
        variant=True,
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self._sums:
            object.__setattr__(self, "sums_gradients", False)

    @property
    def _sums(self) -> bool:
        """Whether it is AdaGrad itself: the root of the sum of all squares."""
        return bool(np.all(self.p == 0.5) and np.all(self.window == 0) and np.all(self.forget == 1))

    def init(self, x: Array) -> State:
        """G = G₀."""
        recent = np.zeros((len(x), int(np.max(self.window)), x.shape[1]))
        return State(np.zeros_like(x) + self.G0, recent)

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """G = γG + g²; x − η/√(G+ε) ⊙ g. In a window G is G₀ and the last squares instead."""
        g, drift = with_decay(p, self.decay, self.decoupled)
        square = g * g
        G = self.forget * s.G + square
        recent = s.recent
        if recent.size:
            recent = np.concatenate([square[:, None], recent], axis=1)[:, :-1]
            G = np.where(self.window == 0, G, self._within(recent))
        slower = 1 + (p.t - 1) * self.lr_decay
        return Step(g, reciprocal(self._root(G)) / slower, drift), State(G, recent)

    def _within(self, recent: Array) -> Array:
        """G₀ + g² + γ(g² before + γ(…)), as far as the window reaches: the oldest first."""
        total, ages = np.zeros_like(recent[:, 0]), np.arange(recent.shape[1])
        if np.ndim(self.window):  # a row's window may be shorter than the longest
            recent = np.where((ages < self.window)[:, :, None], recent, 0.0)
        plain = not np.ndim(self.forget) and self.forget == 1
        for square in np.swapaxes(recent, 0, 1)[::-1]:
            total = (total if plain else self.forget * total) + square
        return self.G0 + total

    def _root(self, G: Array) -> Array:
        if self.eps_at == "inside":
            return self._raised(G + self.eps)
        return self._raised(G) + self.eps

    def _raised(self, G: Array) -> Array:
        if np.ndim(self.p) == 0 and self.p == 0.5:
            return np.sqrt(G)
        return arrays.as_array(arrays.power(G, self.p))

    def forecast(self, p: Setup) -> Forecast:
        """The sum in the end: the first steps exactly, then the continuous limit.

        There d√G/dx = −λx/(2η), so √G∞ = √G + λx²/(4η), and from x to x·exp(−s) it is
        s√G∞/(ηλ) − x²(1−exp(−2s))/(8η²) steps. In N steps with shrinking gradients no coordinate
        travels farther than η Σ t^(−½) ≤ η(2√N − 1), because Gₜ ≥ t gₜ².
        """
        if (self.p, self.window, self.forget, self.lr_decay, self.decay) != (0.5, 0, 1, 0, 0):
            return super().forecast(p)
        path, root = self._first_steps(p)
        root = root + p.curvature * path[-1] * path[-1] / (4 * p.eta)
        settled = p.eta * reciprocal(root)
        if not p.diagonal:
            sentence = (
                "its rates only fall, to the order of {settled}, and Q is not diagonal: no rate "
                "for each coordinate can undo that"
            )
            return Forecast(sentence, {"settled": settled})
        travel = "in {within} steps it travels about {travel} of {away}"
        facts = {"settled": settled, "needed": p.one_step_rates, **_travel(p, path, root)}
        farthest = p.eta * (2 * float(np.sqrt(max(p.steps, 1))) - 1)
        shrinks = len(path) == 2 and bool((abs(path[-1]) <= abs(p.away)).all())
        if shrinks and farthest < abs(p.away).max():
            travel = (
                "in {within} steps it travels about {travel} of {away}, and no more than "
                "η(2√{within}−1) = {farthest}: it cannot arrive"
            )
        sentence = (
            "settles at rates {settled}, where {needed} would be needed; "
            "about {steps} steps to {share}; "
        ) + travel
        return Forecast(sentence, facts | {"farthest": farthest} if shrinks else facts)

    def _first_steps(self, p: Setup) -> tuple[list[Array], Array]:
        """x − x* of the first steps, while they are coarse, and the root of the sum after them."""
        path, g, G = [p.away], p.grad, np.zeros_like(p.away) + self.G0
        for _ in range(200):
            G = G + g * g
            rate = p.eta * reciprocal(self._root(G))
            path.append(path[-1] - rate * g)
            g = p.curvature * path[-1]
            done = _height(p, path[-1]) <= min(p.tolerance, 1e-20) * _height(p, p.away)
            if (rate * p.curvature <= 0.5).all() or done:
                break
        return path, self._root(G)


def _travel(p: Setup, path: list[Array], root: Array) -> dict[str, float | Array]:
    """The steps to the tolerance, and how far p.steps of them go: along `path`, then the limit."""
    exact = len(path) - 1

    def distance(t: float) -> Array:
        if t <= exact:
            return path[int(t)]
        return path[-1] * np.exp(-_decay(p, path[-1], root, t - exact))

    target = p.tolerance * _height(p, p.away)
    return {
        "steps": _first(lambda t: _height(p, distance(t)) <= target),
        "share": p.tolerance,
        "within": float(p.steps),
        "travel": abs(p.away - distance(p.steps)),
        "away": abs(p.away),
    }


def _height(p: Setup, x: Array) -> float:
    """f − f*, were Q diagonal."""
    return float((p.curvature * x * x).sum()) / 2


def _decay(p: Setup, x: Array, root: Array, t: float) -> Array:
    """s of each coordinate after t more steps: the formula of `forecast` solved by bisection."""
    pace = p.eta * p.curvature * reciprocal(root)
    low, high = np.zeros_like(x), pace * t + np.log1p(p.curvature * x * x / (p.eta * root)) + 1
    for _ in range(60):
        s = (low + high) / 2
        spent = s - pace * x * x * -np.expm1(-2 * s) / (8 * p.eta * p.eta)
        low, high = np.where(spent < pace * t, s, low), np.where(spent < pace * t, high, s)
    return low


def _first(done: Callable[[float], bool]) -> float:
    """About the least t with `done(t)`; inf if none is in sight."""
    high = 1.0
    while not done(high):
        high *= 2
        if high > 1e15:
            return float("inf")
    low = high / 2
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (low, middle) if done(middle) else (middle, high)
    return float(np.ceil(high - 1e-6))
