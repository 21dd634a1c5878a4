"""Lines of a training's log with curvatures, and with numbers that the training logged."""

from dataclasses import replace
from typing import Any

import numpy as np

from optviz.recorder.training_log import Curvature, Logged
from optviz.records._json_values import integer, numbers, refuse, text

_KEYS = ("effective", "raw", "ceiling", "critical")  # as in `Curvature`
_Row = tuple[float, ...]


class RepeatedStep(Exception):
    """A line of a step that was there before, as of a training that was resumed."""


class Others:
    """Curvatures by their group (None: all parameters) and logged numbers by their name."""

    def __init__(self) -> None:
        self.curvatures: dict[int | None, list[_Row]] = {}
        self.logged: dict[str, list[_Row]] = {}
        self._names: dict[int | None, str] = {}
        self._by: dict[int | None, list[str]] = {}

    def take(self, fields: dict[str, Any]) -> bool:
        """Whether the line is one of these, which is added then.

        Raises `BadValue`, and `RepeatedStep` for a step that was there before.
        """
        kind = next((key for key in ("log", "curvature") if key in fields), "")
        if not kind:
            return False
        inner, step = fields[kind], integer(fields, "step", 0)
        if not isinstance(inner, dict):
            refuse(kind, inner, "an object")
        time = float(numbers("time", fields.get("time"), 0))
        if kind == "log":
            self._log(float(step), inner, time)
        else:
            self._curvature(float(step), inner, time)
        return True

    def drop(self, step: float) -> None:
        """Leaves out what was measured from a step on."""
        every: list[dict[Any, list[_Row]]] = [self.curvatures, self.logged]
        for found in every:
            found.update({key: [row for row in found[key] if row[0] < step] for key in found})

    def _log(self, step: float, values: dict[str, Any], time: float) -> None:
        for name, value in values.items():
            rows = self.logged.setdefault(name, [])
            if rows and step < rows[-1][0]:
                raise RepeatedStep
            rows.append((step, float(numbers(name, value, 0)), time))

    def _curvature(self, step: float, fields: dict[str, Any], time: float) -> None:
        group = None if fields.get("group") is None else integer(fields, "group", 0)
        rows = self.curvatures.setdefault(group, [])
        if rows and step <= rows[-1][0]:
            raise RepeatedStep
        values = (float(numbers(key, fields.get(key), 0)) for key in _KEYS)
        rows.append((step, *values, time, float(numbers("error", fields.get("error"), 0))))
        default = "all parameters" if group is None else f"group {group + 1}"
        self._names[group] = text(fields, "name") or default
        by = text(fields, "by")
        self._by.setdefault(group, []).extend([by] if by else [])

    def as_curvatures(self) -> tuple[Curvature, ...]:
        """In the order of their first lines."""
        found = []
        for group, rows in ((group, rows) for group, rows in self.curvatures.items() if rows):
            *columns, error = np.array(rows).T
            by = tuple(dict.fromkeys(self._by[group]))
            curvature = Curvature(self._names[group], group, *columns)
            found.append(replace(curvature, by=by, error=error))
        return tuple(found)

    def as_logged(self) -> tuple[Logged, ...]:
        """In the order of their first lines."""
        return tuple(Logged(name, *np.array(rows).T) for name, rows in self.logged.items() if rows)
