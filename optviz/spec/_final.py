"""How a run ended, as a recipe holds it."""

from typing import Any

from optviz.walks.trajectory import Trajectory


def final(row: Trajectory, coordinates: int) -> dict[str, Any]:
    """Optimizer, the first coordinates of x, f and status of a batch of one, as plain data."""
    facts = row.facts()
    facts["x"] = facts["x"][:coordinates]
    return {key: facts[key] for key in ("optimizer", "x", "f", "status")}
