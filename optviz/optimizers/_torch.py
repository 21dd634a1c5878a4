"""A PyTorch optimizer as a rule: the real class steps, in float64, on optviz's gradients."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.errors import BadValue, Unfit
from optviz.objectives import Objective
from optviz.optimizers._external_class import first_line
from optviz.optimizers._optimizer import Optimizer
from optviz.optimizers._rule import Point, Rule, Step
from optviz.schedules import Constant
from optviz.text.setting import Setting


class State(NamedTuple):
    """A parameter and its optimizer for each row: rules that take norms must not mix rows."""

    rows: tuple[Any, ...]


@dataclass(frozen=True)
class Torch(Rule):
    """What `module:Class(arguments)` does. Effective rates come from the optimizer's own state.

    Of SGD, Adagrad, RMSprop, Adam and AdamW the rate is η, or η over the root, with its ε as the
    library defines it; of others it is the realised ratio −Δx/g. `update` is not pure: the state is
    the library's, and it steps once for each call.
    """

    kind: type
    options: tuple[tuple[str, Any], ...]
    typed: str

    says = "A PyTorch optimizer, run as it is."
    fails = "Where the class itself does."
    equations = ("xₜ = what the library's own step makes of xₜ₋₁ and gₜ",)
    rate = r"\eta_t"
    reference = "the library"
    dialects = {"torch": {"eta": 1.0}}
    made_by = {}
    pure = False

    @property
    def title(self) -> str:  # type: ignore[override]
        """Class and package."""
        return f"{self.kind.__name__} of {self.kind.__module__.partition('.')[0]}"

    @classmethod
    def settings(cls) -> dict[str, Setting]:
        """Those of every rule alone; PyTorch has checked its own."""
        return Rule.settings()

    def init(self, x: Array) -> State:
        """A fresh parameter and optimizer for each row of x."""
        import torch

        rows = []
        for row in x:
            parameter = torch.nn.Parameter(torch.tensor(row, dtype=torch.float64))
            rows.append((parameter, self.kind([parameter], **dict(self.options))))
        return State(tuple(rows))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """One step of each row; what a step is not rate times gradient is drift."""
        import torch

        if len(s.rows) != len(p.x):
            raise Unfit("a sweep wants one of optviz's own rules, not one from outside")
        after, rate = np.empty_like(p.x), np.empty_like(p.x)
        for i, (parameter, optimizer) in enumerate(s.rows):
            with torch.no_grad():
                parameter.copy_(torch.tensor(p.x[i]))
            closure = _closure(p, i, parameter)
            closure()
            optimizer.step(closure)
            after[i] = parameter.detach().numpy()
            own = _rate(parameter, optimizer)
            with np.errstate(all="ignore"):
                rate[i] = (p.x[i] - after[i]) / p.grad[i] if own is None else own
        moved = p.x - after
        rate = np.where(np.isfinite(rate), rate, 0.0)
        return Step(p.grad, rate / p.eta, moved - rate * p.grad), s


def _closure(p: Point, i: int, parameter: Any) -> Callable[[], Any]:
    """Value and gradient of row i wherever the optimizer puts its parameter, as LBFGS needs."""
    import torch

    def closure() -> Any:
        f, g = _seen_at(p, i, parameter.detach().numpy())
        parameter.grad = torch.tensor(g)
        return torch.tensor(float(f))

    return closure


def _seen_at(p: Point, i: int, y: Array) -> tuple[Array, Array]:
    """f and ∇f at y (dim,) for row i, shifted as its value and gradient are at x."""
    f, x, value, grad = p.objective, p.x[i], p.value[i], p.grad[i]
    if isinstance(f, Objective) and f.quadratic is None:
        (f0, g0), (f1, g1) = f.value_and_grad(x), f.value_and_grad(y)
        return value + f1 - f0, grad + g1 - g0
    Q, away = np.zeros((len(x),) * 2) if f is None else p.hessian, y - x
    Q = Q if Q.ndim == 2 else Q[i]
    return value + grad @ away + 0.5 * away @ Q @ away, grad + Q @ away


def _rate(parameter: Any, optimizer: Any) -> Array | None:
    """η over the root, from the state after the step; None if there is no such state."""
    state, group = optimizer.state.get(parameter, {}), optimizer.param_groups[0]
    eta, eps = group.get("lr"), group.get("eps", 0.0)
    if eta is None:
        return None
    kind = type(optimizer).__name__
    if kind == "Adagrad":
        eta = eta / (1 + (float(state["step"]) - 1) * group["lr_decay"])
        return np.asarray(eta / (state["sum"].sqrt() + eps))
    if kind == "RMSprop":
        square = state["square_avg"]
        if group["centered"]:
            square = square - state["grad_avg"] ** 2
        return np.asarray(eta / (square.sqrt() + eps))
    if kind in ("Adam", "AdamW"):
        square = state["max_exp_avg_sq"] if group.get("amsgrad") else state["exp_avg_sq"]
        root = (square / (1 - group["betas"][1] ** float(state["step"]))).sqrt()
        return np.asarray(eta / (root + eps))
    return np.full(len(parameter), float(eta)) if kind == "SGD" else None


def optimizer_of(
    kind: type, text: str, options: dict[str, Any], clipping: dict[str, float]
) -> Optimizer:
    """The optimizer of a `torch.optim.Optimizer` class. Raises `BadValue` if that refuses.

    `clipping` are settings of every rule.
    """
    import torch

    try:
        sample = kind([torch.nn.Parameter(torch.zeros(2, dtype=torch.float64))], **options)
    except Exception as error:
        raise BadValue("optimizer", text, f"its maker says: {first_line(error)}") from None
    eta = float(sample.param_groups[0].get("lr") or 1.0)
    rule = Torch(kind, tuple(options.items()), text, **clipping)
    return Optimizer(rule, Constant(eta), explicit=frozenset({"eta"}))
