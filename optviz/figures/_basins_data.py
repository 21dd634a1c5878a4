"""Basins as data: csv, one start a row; plain data for `--json`."""

from typing import Any

from optviz.studies.basins import DIVERGED, MOVING, Basins
from optviz.text.numbers import shortest

_ENDS = {MOVING: "moving", DIVERGED: "diverged"}


def csv(content: list[Basins]) -> str:
    """Optimizer, start, end, the minimum that holds it (`moving` or `diverged` if none), λmax."""
    names = content[0].objective.names
    ends = [f"{name}_end" for name in names]
    lines = [",".join(["optimizer", *names, *ends, "minimum", "lambda_max"])]
    for one in content:
        optimizer = str(one.optimizer).replace('"', '""')
        rows = zip(one.start.tolist(), one.end.tolist(), one.minimum.tolist(), strict=True)
        for start, end, owner in rows:
            numbers = [shortest(v) for v in start]
            numbers += ["" if v != v else shortest(v) for v in end]  # noqa: PLR0124  # nan
            held = [str(owner + 1), shortest(float(one.curvature[owner]))] if owner >= 0 else []
            cells = [*numbers, *(held or [_ENDS[owner], ""])]
            lines.append(f'"{optimizer}",{",".join(cells)}')
    return "\n".join(lines) + "\n"


def facts(one: Basins) -> dict[str, Any]:
    """The minima with their λmax and shares, C/η, and the shares of the starts that none holds."""
    minima = [
        {"x": x, "lambda_max": curvature, "share": one.share(i)}
        for i, (x, curvature) in enumerate(
            zip(one.minima.tolist(), one.curvature.tolist(), strict=True)
        )
    ]
    return {
        "optimizer": str(one.optimizer),
        "starts": len(one.start),
        "steps": one.steps,
        "limit": one.limit,
        "minima": minima,
        "moving": one.share(MOVING),
        "diverged": one.share(DIVERGED),
    }
