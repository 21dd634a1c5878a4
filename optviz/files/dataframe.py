"""Tables of columns as DataFrames of pandas or polars, whichever is installed."""

import importlib
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from optviz.errors import BadValue, Unfit

LIBRARIES = ("pandas", "polars")


def frame(columns: Mapping[str, Any], library: str | None = None) -> Any:
    """The columns as a DataFrame of the library, or else of the first that is installed.

    Raises `BadValue` for another library, `Unfit` where it, or both, are not installed.
    """
    if library is not None and library not in LIBRARIES:
        raise BadValue("to_frame", library, "pandas or polars is wanted")
    for name in [library] if library else LIBRARIES:
        if find_spec(name):
            return importlib.import_module(name).DataFrame(dict(columns))
    missing = f"{library} is" if library else "pandas and polars are"
    raise Unfit(f"to_frame: {missing} not installed; pip install {library or 'pandas'}")
