"""Whether products with a Hessian are symmetric, and those that differences of gradients give.

A layer whose backward pass cannot be differentiated, but does not say so, has products without its
part.
"""

from collections.abc import Sequence
from math import sqrt
from typing import Any

from optviz.recorder._gradient_differences import Differences
from optviz.recorder._hessian import DoubleBackward, Loss
from optviz.recorder._hessian_blocks import vector_like

_SHARE = 0.01  # of a product, beyond what rounding in half precision does


def is_sound(hessian: DoubleBackward, loss: Loss) -> bool:
    """Whether the products are symmetric, and those that differences of gradients give.

    The vectors are random ones, of a random state of their own, and the gradient: along it the
    curvature is high, and the kinks of ReLU, which make differences unsure, count for less. Raises
    `RuntimeError` for layers that have no second derivative.
    """
    members = range(len(hessian.parameters))
    v, w = _random(hessian.parameters)
    hv, hw = hessian.product(v, members), hessian.product(w, members)
    usual = float(hv.norm() * w.norm() + hw.norm() * v.norm()) / sqrt(len(v))
    if abs(float(w @ hv - v @ hw)) > _SHARE * usual:
        return False
    gradient = hessian.gradient(v)
    pairs = [(v, hv), (gradient, hessian.product(gradient, members))]
    return all(_agrees(Differences(loss, hessian.parameters), *pair, members) for pair in pairs)


def _agrees(differences: Differences, vector: Any, product: Any, members: Sequence[int]) -> bool:
    """Whether a product is that by differences, as far as these can be trusted."""
    other, error = differences.product(vector, members), differences.error(vector, members)
    size = max(float(product.norm()), float(other.norm()))
    return not float((product - other).norm()) > (_SHARE + 3 * error) * size


def _random(parameters: Any) -> Any:
    """Two vectors over all parameters: (2, n)."""
    import torch

    generator, like = torch.Generator().manual_seed(1), vector_like(parameters)
    n = sum(p.numel() for p in parameters)
    return torch.randn(2, n, generator=generator, dtype=like.dtype).to(like.device)
