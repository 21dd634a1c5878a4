"""optviz draws how optimizers move on a quadratic objective.

    run = optviz.run("0.1x1^2 + 2x2^2", "adagrad:eta=0.4", start=(-5, -2), steps=20)
    optviz.figure(run, "trace").save("adagrad.png")

The library prints nothing, exits nothing, and leaves matplotlib's and NumPy's settings alone.
"""

TYPE_CHECKING = False  # what type checkers take for typing's, whose import takes 10 ms
if TYPE_CHECKING:
    from typing import Any

    from optviz.api import Figure, figure, run
    from optviz.errors import OptvizError
    from optviz.recorder import record
    from optviz.walks.trajectory import Trajectory

__version__ = "0.1.0"
__all__ = ["Figure", "OptvizError", "Trajectory", "__version__", "figure", "record", "run"]


def __getattr__(name: str) -> "Any":
    """The public names, imported when first used: `import optviz` itself costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'optviz' has no attribute {name!r}")
    if name == "record":
        from optviz import recorder

        return recorder.record
    from optviz import api

    return getattr(api, name)
