"""The reference in Markdown, made of what the registries say: `optviz list KIND --markdown`.

What has settings has an entry a name, under a heading that is a link's target; the rest is a table.
"""

from collections.abc import Callable

from optviz.errors import UnknownName
from optviz.errors.name_synonyms import KINDS

__all__ = ["markdown"]


def markdown(kind: str) -> str:
    """Everything of one kind as Markdown. Raises `UnknownName`."""
    from optviz.reference import _calls, _optimizers, _tables

    pages: dict[str, Callable[[], str]] = {
        "optimizers": _optimizers.page,
        "schedules": _calls.schedule_page,
        "gradients": _calls.gradient_page,
        "objectives": _tables.objectives,
    }
    kind = "figures" if kind == "views" else kind
    if kind not in KINDS:
        raise UnknownName("kind of thing", kind, KINDS)
    return pages.get(kind, lambda: _tables.entries(kind))()
