"""Basins as data: csv, one start a row; plain data for `--json`."""

from math import isfinite
from typing import Any

from optviz.studies.basins import DIVERGED, MOVING, Basins
from optviz.text.numbers import shortest

_ENDS = {MOVING: "moving", DIVERGED: "diverged"}


def csv(content: list[Basins]) -> str:
    """Optimizer, start, end, the minimum that holds it (`moving` or `diverged` if none), λmax.

    The last column is the minimum about which a run stays that does not rest.
    """
    names = content[0].objective.names
    ends = [f"{name}_end" for name in names]
    lines = [",".join(["optimizer", *names, *ends, "minimum", "lambda_max", "near"])]
    for one in content:
        optimizer = str(one.optimizer).replace('"', '""')
        owners = one.minimum.tolist(), one.near.tolist()
        for start, end, owner, near in zip(
            one.start.tolist(), one.end.tolist(), *owners, strict=True
        ):
            numbers = [shortest(v) for v in start]
            numbers += ["" if v != v else shortest(v) for v in end]  # noqa: PLR0124  # nan
            held = [str(owner + 1), shortest(float(one.curvature[owner]))] if owner >= 0 else []
            cells = [*numbers, *(held or [_ENDS[owner], ""]), str(near + 1) if near >= 0 else ""]
            lines.append(f'"{optimizer}",{",".join(cells)}')
    return "\n".join(lines) + "\n"


def facts(one: Basins) -> dict[str, Any]:
    """The minima with their λmax and shares, C/η, and the shares of the starts that none holds.

    `share` rests at a minimum, `about` stays about it and is part of `moving`.
    """
    minima = [
        {
            "x": x,
            "lambda_max": curvature if isfinite(curvature) else None,
            "share": one.share(i),
            "about": one.about(i),
        }
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
