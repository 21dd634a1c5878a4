"""Awkward figures, chosen so that every two of their properties meet in one of them at least."""

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pages import covering
from pages.grounds import GROUNDS, LINEAR, MOMENTUM, RATED
from pages.problems import PROBLEMS
from pages.texts import label, title, wording

from optviz import figures
from optviz.errors import Unfit
from optviz.render import load
from optviz.render.draw.fonts import families
from optviz.spec import figure as spec_figure
from optviz.spec.kind_options import options_of

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

_SWEEPS = {"sweep", "map", "list", "rate map", "status map"}
_STARTS = {"starts", "moves", "steps", "status"}
_EXPECTED = {"expected", "expected loss"}
_RUNS = {
    "modes": "1", "anatomy": "1", "map": "1 2 5", "rate map": "1 2 5", "status map": "1 2 5",
    "list": "1 2 5", "moves": "1 2 5", "steps": "1 2 5", "status": "1 2 5",
}  # fmt: skip
_QUADRATIC = {"usual", "diverging", "coinciding", "arriving", "far", "kappa", "one", "five", "long"}
_PLANE = {"usual", "diverging", "arriving", "coinciding", "far", "kappa", "saddle", "valley"}
_BOUNDED = set(GROUNDS) - {"saddle"}

_GROUNDS = {
    **dict.fromkeys(_STARTS, _PLANE | {"long"}),
    **dict.fromkeys(_EXPECTED, _QUADRATIC),
    **dict.fromkeys(("loss", "noisy loss", "compare three", "distance", "about"), _BOUNDED),
    **dict.fromkeys(("sweep", "map", "list", "status map"), _BOUNDED),
    "rate map": _QUADRATIC - {"diverging"},
    "modes": _QUADRATIC | {"wine", "columns"},
    "inspect": set(GROUNDS),
    "steps": (_PLANE | {"long"}) - {"saddle"},
    "anatomy": set(GROUNDS) - {"one"},
}


@dataclass(frozen=True)
class Spec:
    """A figure as options, with the properties that it was made for."""

    number: int
    properties: dict[str, str]
    options: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.number} ({', '.join(f'{k} {v}' for k, v in self.properties.items())})"

    @property
    def skip(self) -> str:
        """Why it cannot be drawn on this machine, "" if it can."""
        if self.properties.get("language") == "ko" and not _korean():
            return "no Korean font is installed (fonts-nanum or fonts-noto-cjk)"
        return ""

    def read(self) -> spec_figure.Figure:
        """The figure, without the options that change nothing in it. Raises the first error."""
        figure, errors = spec_figure.read(self.options)
        if figure is None:
            raise errors[0]
        return replace(figure, typed=frozenset())


@cache
def _korean() -> bool:
    load()
    with suppress(Unfit):
        return bool(families(["가"], None))
    return False


def fits(row: covering.Row) -> bool:
    """Whether the properties go together."""
    kind = row.get("figure")
    if row.get("runs", "1") not in _RUNS.get(kind, "1 2 5 8 12").split():
        return False
    if row.get("ground", "usual") not in _GROUNDS.get(kind, GROUNDS):
        return False
    if kind in _SWEEPS | {"inspect", "anatomy"} and row.get("names", "own") != "own":
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


@cache
def specs() -> tuple[Spec, ...]:
    """All of them, numbered from 1."""
    found = [(row, _options(row)) for row in covering.rows(FACTORS, fits)]
    found += [({"problem": name}, options) for name, options in PROBLEMS.items()]
    return tuple(Spec(i, *one) for i, one in enumerate(found, 1))


def _options(row: covering.Row) -> dict[str, Any]:
    """The options of a figure with these properties; those that a kind lacks are left out."""
    ground, korean = GROUNDS[row["ground"]], row["language"] == "ko"
    runs = _optimizers(row)
    options = {
        **FIGURES[row["figure"]],
        "objective": ground.objective,
        "opt": list(runs),
        **({"start": [ground.start]} if ground.start else {}),
        **({"target": "quality", "standardize": True, "steps": 30} if ground.table else {}),
        **_sweep(row),
        "size": row["size"],
        "dpi": int(row["dpi"]),
        "theme": row["theme"],
        "title": title(row["title"], korean),
        "heading": row["heading"],
        "legend": row["legend"],
        **wording(row["axes"], korean),
    }
    if row["heading"] != "full":
        options.pop("subtitle", None)
    if row["names"] != "own":
        options["label"] = [label(row["names"], i, korean) for i in range(len(runs))]
    if row["figure"] in _STARTS:
        options["start"] = [ground.grid.format("5x4" if row["figure"] == "starts" else "12x9")]
    kind = type(figures.registry[options["figure"]].read({}))
    known = {"figure", *options_of(kind)}
    return {key: value for key, value in options.items() if key in known and value is not None}


def _optimizers(row: covering.Row) -> tuple[str, ...]:
    pool = GROUNDS[row["ground"]].optimizers
    if row["figure"] in _EXPECTED:
        pool = LINEAR
    elif row["figure"] == "sweep":
        pool = RATED
    elif row["figure"] in _SWEEPS:
        pool = MOMENTUM
    return pool[: int(row["runs"])]


def _sweep(row: covering.Row) -> dict[str, Any]:
    if row["figure"] not in _SWEEPS:
        return {}
    ends = GROUNDS[row["ground"]].log
    low, high = map(float, ends.split(","))
    listed = f"[{low:g},{(low * high) ** 0.5:.3g},{high:g}]"
    over = {"sweep": [f"eta=log({ends},40)"], "list": [f"eta={listed}", "beta=[0,0.5,0.9]"]}
    return {
        "over": over.get(row["figure"], [f"eta=log({ends},16)", "beta=lin(0,0.95,12)"]),
        "steps": 100,
    }
