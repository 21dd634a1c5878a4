"""The note on a minimum that nobody knew, and that was found downhill from the runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from optviz.objectives import Objective


def note_found(f: Objective | None, whence: str) -> None:
    """Says which minimum f* is where it was looked for from `whence`."""
    from optviz.notes import note
    from optviz.text import numbers

    if f is not None and f.found and f.minimiser is not None and f.minimum is not None:
        place = f"f* = {numbers.number(f.minimum)} at {numbers.point(f.minimiser)}"
        note(f"{place} is the lowest minimum downhill from where the runs {whence}")
