"""The table of final values: a line a run, as the command prints them."""

from typing import Any

from optviz.gallery._html import Html, tag, text

_RUNS = 50  # lines
_SHOWN = 4  # coordinates; the data have them all


def values(runs: list[dict[str, Any]]) -> Html:
    """A line a run: optimizer, start where they differ, steps, final x and f, status."""
    starts = len({tuple(run["start"]) for run in runs}) > 1
    head = ["optimizer", *(["start"] if starts else []), "steps", "x", "f", "status"]
    rows = [_row(run, starts) for run in runs[:_RUNS]]
    if (left := len(runs) - _RUNS) > 0:
        rows.append(tag("tr", tag("td", f"and {left} more", colspan=str(len(head)))))
    table = tag(
        "table",
        tag("caption", "Final values"),
        tag("thead", tag("tr", *(tag("th", name, scope="col") for name in head))),
        tag("tbody", *rows),
    )
    return tag("div", table, class_="values")


def _row(run: dict[str, Any], with_start: bool) -> Html:
    status = run["status"]
    said = status if status == "running" else f"{status} since step {run['status_step']}"
    stands = f" ({run['stands_for']})" if "stands_for" in run else ""
    return tag(
        "tr",
        tag("th", run["optimizer"] + stands, scope="row", class_="find"),
        tag("td", _place(run["start"]), data_of="start") if with_start else "",
        tag("td", str(run["steps"]), data_of="steps"),
        tag("td", _place(run["x"]), data_of="x"),
        tag("td", _number(run["f"]), data_of="f"),
        tag("td", said, class_="find", data_status=status),
    )


def _place(x: list[float | None]) -> Html:
    more = ", …" if len(x) > _SHOWN else ""
    inside = ", ".join(map(_number, x[:_SHOWN])) + more
    return text(inside if len(x) == 1 else f"({inside})")


def _number(value: float | None) -> str:
    """Six figures, a minus as long as a plus; a dash for what is not finite."""
    if value is None:
        return "–"
    return f"{value:.6g}".replace("-", "−")
