"""The properties of awkward figures, and which of them go together."""

from typing import Any

from pages.covering import Row
from pages.grounds import GROUNDS

FIGURES: dict[str, dict[str, Any]] = {
    "trace": {"figure": "trace"},
    "rates": {"figure": "rates"},
    "loss": {"figure": "loss"},
    "compare": {"figure": "compare", "rows": "trace"},
    "compare rates": {"figure": "compare", "rows": "trace,rates"},
    "compare three": {"figure": "compare", "rows": "trace,rates,loss"},
    "overlay": {"figure": "compare", "rows": "trace,rates", "overlay": True},
    "coordinates": {"figure": "coordinates"},
    "about": {"figure": "coordinates", "about": "minimum"},
    "gradient": {"figure": "loss", "measure": "gradient"},
    "distance": {"figure": "loss", "measure": "distance"},
    "modes": {"figure": "loss", "measure": "modes"},
    "inspect": {"figure": "inspect"},
    "sweep": {"figure": "sweep"},
    "map": {"figure": "sweep"},
    "list": {"figure": "sweep"},
    "rate map": {"figure": "sweep", "of": "rate"},
    "status map": {"figure": "sweep", "of": "status"},
    "starts": {"figure": "trace", "starts": "paths"},
    "moves": {"figure": "trace", "starts": "moves"},
    "steps": {"figure": "trace", "starts": "steps"},
    "status": {"figure": "trace", "starts": "status"},
    "anatomy": {"figure": "trace", "anatomy": 3},
    "noise": {"figure": "trace", "gradient": "noise(0.5)", "seeds": 12},
    "noisy loss": {"figure": "loss", "gradient": "noise(0.5)", "seeds": 12},
    "expected": {"figure": "trace", "gradient": "noise(0.5)", "expected": True},
    "expected loss": {"figure": "loss", "gradient": "noise(0.5)", "expected": True},
}
FACTORS = {
    "figure": tuple(FIGURES),
    "size": (
        "320x240", "480x360", "960x720", "1600x500", "500x1400", "3000x2000", "3.3x2.4in",
        "3.3x4in", "7x3in", "7x5in", "16x9cm",
    ),
    "ground": tuple(GROUNDS),
    "names": ("own", "1", "8", "20", "40", "60", "word"),
    "runs": ("1", "2", "5", "8", "12"),
    "title": ("own", "short", "long", "formula", "lines"),
    "legend": ("auto", "right", "below", "none"),
    "theme": ("light", "dark", "print"),
    "heading": ("full", "title", "none"),
    "language": ("en", "ko"),
    "axes": ("own", "long"),
    "dpi": ("120", "300"),
}  # fmt: skip

SWEEPS = {"sweep", "map", "list", "rate map", "status map"}
STARTS = {"starts", "moves", "steps", "status"}
EXPECTED = {"expected", "expected loss"}
_RUNS = {
    "modes": "1", "anatomy": "1", "map": "1 2 5", "rate map": "1 2 5", "status map": "1 2 5",
    "list": "1 2 5", "moves": "1 2 5", "steps": "1 2 5", "status": "1 2 5",
}  # fmt: skip
_QUADRATIC = {"usual", "diverging", "coinciding", "arriving", "far", "kappa", "one", "five", "long"}
_PLANE = {"usual", "diverging", "arriving", "coinciding", "far", "kappa", "saddle", "valley"}
_BOUNDED = set(GROUNDS) - {"saddle"}

_GROUNDS = {
    **dict.fromkeys(STARTS, _PLANE | {"long"}),
    **dict.fromkeys(EXPECTED, _QUADRATIC),
    **dict.fromkeys(("loss", "noisy loss", "compare three", "distance", "about"), _BOUNDED),
    **dict.fromkeys(("sweep", "map", "list", "status map"), _BOUNDED),
    "rate map": _QUADRATIC - {"diverging"},
    "modes": _QUADRATIC | {"wine", "columns"},
    "inspect": set(GROUNDS),
    "steps": (_PLANE | {"long"}) - {"saddle"},
    "anatomy": set(GROUNDS) - {"one"},
}


def fits(row: Row) -> bool:
    """Whether the properties go together."""
    kind = row.get("figure")
    if row.get("runs", "1") not in _RUNS.get(kind, "1 2 5 8 12").split():
        return False
    if row.get("ground", "usual") not in _GROUNDS.get(kind, GROUNDS):
        return False
    if kind in SWEEPS | {"inspect", "anatomy"} and row.get("names", "own") != "own":
        return False
    if (
        row.get("names", "own") == "own"
        and row.get("language") == "ko"
        and row.get("title") == "own"
    ):
        return False
    if row.get("heading") == "none" and row.get("title", "own") != "own":
        return False
    return row.get("dpi", "120") == "120" or row.get("size", "7x5in").endswith(("in", "cm"))
