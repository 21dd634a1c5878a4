"""The command `optviz`: from the words typed to an exit status."""

import gc
import os
import sys
from typing import NoReturn

from optviz import __version__


def main() -> NoReturn:
    """Runs the command line and leaves.

    No cyclic garbage is collected in a short command, and none at exit: both are felt, neither
    frees anything that the end of the process does not.
    """
    gc.set_threshold(1_000_000, 50, 50)
    if sys.argv[1:] == ["--version"]:  # answered before anything is imported
        print(f"optviz {__version__}")
        status = 0
    else:
        from optviz import cli

        status = cli.main(sys.argv[1:])
    _leave(status)


def _leave(status: int) -> NoReturn:
    import atexit

    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        pass
    except OSError:
        status = status or 1
    os._exit(status)


if __name__ == "__main__":
    main()
