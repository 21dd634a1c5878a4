"""Weight decay: into the gradient (L2), or off x itself (decoupled)."""

from optviz.arrays import Array
from optviz.optimizers._rule import Point
from optviz.text.settings import Num, is_zero


def decayed(p: Point, decay: Num, decoupled: bool = False) -> tuple[Array, Num]:
    """(gradient, drift): g + λx and none, or g and ηλx. Where λ is 0, x is not looked at."""
    if is_zero(decay):
        return p.grad, 0.0
    if decoupled:
        return p.grad, p.eta * decay * p.x
    return p.grad + decay * p.x, 0.0
