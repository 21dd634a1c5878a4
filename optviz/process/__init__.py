"""Settings of a process that is a command or a worker of optviz, not a library in another's."""

import gc
import os
import sys
import warnings
from types import ModuleType

ours = False  # whether this process is a command or a worker of optviz
_GARBAGE = 100_000  # objects, as twenty figures leave, that are worth a collection
_figures = 0  # started so far


def settle() -> None:
    """Sets up this process before matplotlib is imported; never called in a library.

    Cyclic garbage is collected between figures only: it takes time, and frees little that the end
    of the process does not. BLAS gets one thread, unless NumPy is imported already: starting more
    takes longer than its work. Neither the environment nor a file of the user changes how
    matplotlib draws, and warnings are for programmers. Importing the 3-D axes of matplotlib, 15 ms
    with any figure, is prevented: nothing here draws them.
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
    absent.__dict__["Axes3D"] = None  # as matplotlib itself marks a failed import
    sys.modules.setdefault(absent.__name__, absent)


def tidy() -> None:
    """Collects the garbage of earlier figures before the next, once it is worth the time.

    A figure of matplotlib is held by circular references, a few megabytes each. What exists after
    the first figure is frozen: it stays, and is not part of later collections.
    """
    global _figures  # noqa: PLW0603 - there is one process
    if not ours:
        return
    _figures += 1
    if _figures == 2:  # all that figures share has been imported and created
        gc.freeze()
    elif _figures > 2 and gc.get_count()[0] > _GARBAGE:  # the first would collect imports only
        gc.collect()
