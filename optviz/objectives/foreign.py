"""Functions of PyTorch's tensors or JAX's arrays, with the derivatives that those libraries have.

Neither library is imported here unless the program that holds the function has done so.
"""

import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.notes import note


class Derivatives(NamedTuple):
    """Functions of a point (dim,): f, ∇f (dim,), ∇²f (dim, dim)."""

    value: Callable[[Array], float]
    grad: Callable[[Array], Array]
    hess: Callable[[Array], Array]


def number(f: Callable[..., Any], x: Array | np.float64) -> float | None:
    """f at a point (dim,) or a number, whatever it is a function of; None for no single number."""
    found = _called(f, x)
    found = found.detach().cpu().numpy() if hasattr(found, "detach") else np.asarray(found)
    return float(found.reshape(())) if found.size == 1 and found.ndim <= 1 else None


def derivatives(f: Callable[..., Any], dim: int) -> Derivatives | None:
    """Those of the library whose function it is; None for any other function."""
    try:
        found = _called(f, np.full(dim, 0.5))
    except Exception:  # whatever it raises: it is called, and refused, elsewhere
        return None
    library = type(found).__module__.partition(".")[0]
    if library == "torch":
        return _of_torch(f)
    return _of_jax(f) if library in ("jax", "jaxlib") else None


def _called(f: Callable[..., Any], x: Array | np.float64) -> Any:
    """f of NumPy's array, or of a tensor where it takes no other."""
    torch = sys.modules.get("torch")
    try:
        found = f(x)
    except Exception:
        if torch is None:
            raise
        return f(torch.tensor(x, dtype=torch.float64))
    return found


def _of_torch(f: Callable[..., Any]) -> Derivatives:
    torch: Any = sys.modules["torch"]

    def tensor(x: Array, needs_grad: bool = False) -> Any:
        return torch.tensor(x, dtype=torch.float64, requires_grad=needs_grad)

    def grad(x: Array) -> Array:
        point = tensor(x, needs_grad=True)
        (slope,) = torch.autograd.grad(f(point), point)
        return np.asarray(slope.numpy(), dtype=np.float64)

    def hess(x: Array) -> Array:
        return np.asarray(torch.autograd.functional.hessian(f, tensor(x)).numpy())

    return Derivatives(lambda x: float(f(tensor(x)).detach()), grad, hess)


def _of_jax(f: Callable[..., Any]) -> Derivatives:
    jax: Any = sys.modules["jax"]
    if not jax.config.jax_enable_x64:
        note('JAX computes in 32 bit here; jax.config.update("jax_enable_x64", True) makes it 64')
    slope, curve = jax.grad(f), jax.hessian(f)
    return Derivatives(
        lambda x: float(f(jax.numpy.asarray(x))),
        lambda x: np.asarray(slope(jax.numpy.asarray(x)), dtype=np.float64),
        lambda x: np.asarray(curve(jax.numpy.asarray(x)), dtype=np.float64),
    )
