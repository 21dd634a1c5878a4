"""The table of final values, as the command prints it: a line for each run."""

from typing import Any

from optviz.gallery._html import Html, tag, text
from optviz.phrases import say
from optviz.text import numbers
from optviz.walks import final_values

_RUNS = 50  # lines


def values_table(runs: list[dict[str, Any]]) -> Html:
    """The table: optimizer, start if they differ, steps, final x and f, status of each run."""
    with_start = final_values.starts_differ(runs)
    names = ["optimizer", *(["start"] if with_start else []), "steps", "x", "f", "status"]
    head = [name if len(name) == 1 else say(f"final {name}") for name in names]
    rows = [_row(run, with_start) for run in runs[:_RUNS]]
    if (left := len(runs) - _RUNS) > 0:
        rows.append(tag("tr", tag("td", say("final more", count=left), colspan=str(len(head)))))
    table = tag(
        "table",
        tag("caption", say("final values")),
        tag("thead", tag("tr", *(tag("th", name, scope="col") for name in head))),
        tag("tbody", *rows),
    )
    return tag("div", table, class_="values")


def _row(run: dict[str, Any], with_start: bool) -> Html:
    row = final_values.row(run, _number)
    dim = len(run["x"])
    return tag(
        "tr",
        tag("th", row.optimizer, scope="row", class_="find"),
        tag("td", _point(row.start, dim), data_of="start") if with_start else "",
        tag("td", row.steps, data_of="steps"),
        tag("td", _point(row.x, dim), data_of="x"),
        tag("td", row.f, data_of="f"),
        tag("td", row.status, class_="find", data_status=run["status"]),
    )


def _point(coordinates: tuple[str, ...], dim: int) -> Html:
    more = ", …" if dim > final_values.SHOWN else ""
    inside = ", ".join(coordinates[: final_values.SHOWN]) + more
    return text(inside if dim == 1 else f"({inside})")


def _number(value: float | None, _column: str) -> str:
    """Six digits, a minus as long as a plus; a dash for what is not finite."""
    return "–" if value is None else numbers.figures(value).replace("-", "−")
