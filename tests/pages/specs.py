"""Awkward figures, chosen so that every two of their properties meet in one of them at least."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pages import covering
from pages.grounds import GROUNDS, LINEAR, MOMENTUM, RATED
from pages.problems import PROBLEMS
from pages.properties import EXPECTED, FACTORS, FIGURES, STARTS, SWEEPS, fits
from pages.texts import label, title, wording

from optviz import figures, render
from optviz.errors import OptvizError
from optviz.scene import Look
from optviz.spec import figure as spec_figure
from optviz.spec.kind_options import options_of


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
        if self.options.get("lang") == "ko" and not _korean():
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
    try:
        render.check(Look(lang="ko"))
    except OptvizError:
        return False
    return True


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
        **({"lang": "ko"} if korean else {}),
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
    if row["figure"] in STARTS:
        options["start"] = [ground.grid.format("5x4" if row["figure"] == "starts" else "12x9")]
    kind = type(figures.registry[options["figure"]].read({}))
    known = {"figure", *options_of(kind)}
    return {key: value for key, value in options.items() if key in known and value is not None}


def _optimizers(row: covering.Row) -> tuple[str, ...]:
    pool = GROUNDS[row["ground"]].optimizers
    if row["figure"] in EXPECTED:
        pool = LINEAR
    elif row["figure"] == "sweep":
        pool = RATED
    elif row["figure"] in SWEEPS:
        pool = MOMENTUM
    return pool[: int(row["runs"])]


def _sweep(row: covering.Row) -> dict[str, Any]:
    if row["figure"] not in SWEEPS:
        return {}
    ends = GROUNDS[row["ground"]].log
    low, high = map(float, ends.split(","))
    listed = f"[{low:g},{(low * high) ** 0.5:.3g},{high:g}]"
    over = {"sweep": [f"eta=log({ends},40)"], "list": [f"eta={listed}", "beta=[0,0.5,0.9]"]}
    return {
        "over": over.get(row["figure"], [f"eta=log({ends},16)", "beta=lin(0,0.95,12)"]),
        "steps": 100,
    }
