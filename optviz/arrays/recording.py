"""What stands for an array and records the operations on it: `optviz.tape` has such a class."""

from typing import Any

import numpy as np


def records(value: Any) -> bool:
    """Whether NumPy's operations on it are its own, so that it must not become an array."""
    return not isinstance(value, float | int | np.ndarray | np.generic) and hasattr(
        value, "__array_ufunc__"
    )
