"""Products of vectors with the Hessian of a loss, at the present values of its parameters."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

Loss = Callable[[], Any]


class Hessian(Protocol):
    """The second derivatives of a loss by some parameters, with those of each in one row.

    rounding: the relative rounding of gradients whose differences the products are; 0 without.
    """

    by: str
    parameters: Sequence[Any]
    rounding: float

    def product(self, vector: Any, members: Sequence[int]) -> Any:
        """Of the block of these parameters, by their numbers, with a vector (n,): (n,)."""

    def error(self, vector: Any, members: Sequence[int]) -> float:
        """The relative error of the product with a vector, as far as it can be told."""


class DoubleBackward:
    """Exact products: the gradient's own gradient.

    Attention is computed as PyTorch's plain products for it, since its fused kernels have no second
    derivative.
    """

    by, rounding = "double backward", 0.0

    def __init__(self, loss: Loss, parameters: Sequence[Any]) -> None:
        import torch
        from torch.nn.attention import SDPBackend, sdpa_kernel

        self.parameters = parameters
        with sdpa_kernel(SDPBackend.MATH):
            value = loss()
        self._grads = torch.autograd.grad(
            value, parameters, create_graph=True, allow_unused=True, materialize_grads=True
        )
        self._rows = dict[tuple[int, ...], Any]()

    def product(self, vector: Any, members: Sequence[int]) -> Any:
        """As `Hessian.product`. Raises `RuntimeError` for layers that have no second derivative."""
        import torch

        gradient = self._gradient(vector, tuple(members))
        if not gradient.requires_grad:  # the loss is linear in them
            return vector.new_zeros(vector.shape)
        products = torch.autograd.grad(
            gradient,
            [self.parameters[i] for i in members],
            vector,
            retain_graph=True,
            allow_unused=True,
            materialize_grads=True,
        )
        return row(products, vector)

    def gradient(self, like: Any) -> Any:
        """The gradient by all parameters as one vector (n,), of the type of `like`."""
        return self._gradient(like, tuple(range(len(self.parameters)))).detach()

    def _gradient(self, like: Any, members: tuple[int, ...]) -> Any:
        """The gradient by some parameters, which can be differentiated: (n,)."""
        if members not in self._rows:
            self._rows[members] = row([self._grads[i] for i in members], like)
        return self._rows[members]

    def error(self, vector: Any, members: Sequence[int]) -> float:
        """As `Hessian.error`: rounding alone."""
        return 0.0


def move(parameters: Sequence[Any], values: Sequence[Any]) -> None:
    """Sets parameters in place; PyTorch's record of what a gradient may still need is unaware."""
    for parameter, value in zip(parameters, values, strict=True):
        parameter.data.copy_(value)


def parts(vector: Any, parameters: Sequence[Any]) -> list[Any]:
    """A vector (n,) as tensors like the parameters."""
    pieces = vector.split([parameter.numel() for parameter in parameters])
    return [
        piece.reshape(p.shape).to(device=p.device, dtype=p.dtype)
        for piece, p in zip(pieces, parameters, strict=True)
    ]


def row(tensors: Sequence[Any], like: Any) -> Any:
    """Tensors as one vector (n,) of the device and type of `like`."""
    import torch

    dense = (each if each.layout is torch.strided else each.to_dense() for each in tensors)
    return torch.cat([each.reshape(-1).to(like) for each in dense])
