"""The constant C of a PyTorch optimizer: steps grow where λmax(diag(rate)·H) is above it."""

from functools import cache
from typing import Any

_SETTINGS = ("momentum", "dampening", "nesterov", "betas", "amsgrad", "centered")


def ceiling(name: str, group: dict[str, Any]) -> float | None:
    """C of a class of `RATES` with the settings of a group; None where there is none.

    2 for gradient descent; with momentum that of the heavy ball, Nesterov's, or of a mean. It is
    that of the optimizer of this program with the same settings.
    """
    settings = ", ".join(f"{key}={_text(group[key])}" for key in _SETTINGS if key in group)
    return _of(f"torch.optim.{name}({settings})") if name else None


def _text(value: Any) -> str:
    if isinstance(value, tuple | list):
        return f"({', '.join(_text(part) for part in value)})"
    return str(value if isinstance(value, bool) else float(value))


@cache
def _of(text: str) -> float | None:
    from optviz import optimizers

    found = optimizers.read(text).ceiling()
    return None if found is None else float(found[0])
