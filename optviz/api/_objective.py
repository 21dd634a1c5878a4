"""`optviz.objective`: what is minimised, as a thing of its own."""

from collections.abc import Callable
from typing import Any

from optviz.api._objective_text import objective as text_of
from optviz.errors import NoEffect
from optviz.objectives import Objective, read
from optviz.spec.in_python import spoken


@spoken()
def objective(
    f: Any,
    /,
    grad: Callable[..., Any] | None = None,
    hess: Callable[..., Any] | None = None,
    dim: int | None = None,
) -> Objective:
    """The objective of a Python function, a text or a matrix Q: for `run`, `trace` and all others.

    f is a function of an array x (dim,), or of as many numbers, that returns a number. One of
    NumPy's operations is traced, and then as exact as a text. One of PyTorch's or JAX's has the
    derivatives of that library. Others have those that are given, grad (dim,) and hess (dim, dim),
    or central differences, which a warning says. dim is found by trying where it is not told.

    value(x), grad(x) and hessian(x) of what is returned take points (…, dim). Raises `OptvizError`.

    >>> f = optviz.objective(lambda x: (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2)
    >>> optviz.trace(f, "adam", eta=0.05, start=(-2, 2), steps=500).save("valley.png")
    """
    from optviz.objectives import own, python_function

    if callable(f) and not isinstance(f, Objective):
        found = python_function.objective(f, grad, hess, dim)
        own.keep(found)
        return found
    for name, value in (("grad", grad), ("hess", hess), ("dim", dim)):
        if value is not None:
            raise NoEffect(name, "of a Python function, and this is none; leave it out")
    return f if isinstance(f, Objective) else read(text_of(f))
