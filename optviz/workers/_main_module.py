"""What workers import of the program that starts them: its main module.

multiprocessing imports it in each worker, so a script is to do its work below
`if __name__ == "__main__":`; without that line every worker would begin the script anew.
"""

import linecache
import sys

from optviz.errors import Unfit

_GUARD = 'if __name__ == "__main__":'


def main_file() -> str | None:
    """The file that workers import as the main module, None in a notebook or a shell."""
    main = sys.modules["__main__"]
    module = str(getattr(getattr(main, "__spec__", None), "name", ""))
    if module.rpartition(".")[2] == "__main__":
        return None  # of a package, which multiprocessing leaves alone
    return getattr(main, "__file__", None)


def check_main() -> None:
    """Raises `Unfit` for a script that workers would begin anew."""
    path = main_file()
    if path is None:
        return
    lines = linecache.getlines(path)
    if not lines:
        raise Unfit(f"jobs: workers import the program, and {path} is no file; leave jobs out")
    if not any("__main__" in line for line in lines):
        raise Unfit(f"jobs: each worker imports {path}; write what it does below {_GUARD}")
