"""A process of our own, a command or a worker of a batch: what it can do without."""

import gc
import os
import sys
import warnings
from types import ModuleType

ours = False  # whether this is one
_GARBAGE = 100_000  # objects, those of twenty figures, that are worth looking through
_figures = 0  # that were begun


def settle() -> None:
    """Before matplotlib is imported; a program that imports optviz as a library is left alone.

    Cyclic garbage is collected between figures alone: it is felt, and frees little that the end of
    the process does not. BLAS has one thread, where NumPy is not there already: more take longer
    than its work. Neither the environment nor a file of the user's decides how matplotlib draws,
    and warnings are for programmers. And matplotlib imports its 3-D axes with any figure, 15 ms:
    nothing here draws any.
    """
    global ours  # noqa: PLW0603 - there is one process
    ours = True
    gc.set_threshold(1_000_000, 50, 50)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.pop("MPLBACKEND", None)  # notebooks set it for every command they run
    os.environ["MATPLOTLIBRC"] = os.devnull
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    absent = ModuleType("mpl_toolkits.mplot3d")
    absent.__dict__["Axes3D"] = None  # which is how matplotlib itself notes that they are not there
    sys.modules.setdefault(absent.__name__, absent)


def tidy() -> None:
    """Before a figure is drawn: collects what those before it left, once it is worth the time.

    A figure of matplotlib holds itself by circles of references, a few megabytes each. What is
    there after the first figure stays, and is never looked through.
    """
    global _figures  # noqa: PLW0603 - there is one process
    if not ours:
        return
    _figures += 1
    if _figures == 2:  # all that figures need has been imported and made
        gc.freeze()
    elif gc.get_count()[0] > _GARBAGE:
        gc.collect()
