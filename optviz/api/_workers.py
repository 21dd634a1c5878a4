"""Who does the work of a call: `jobs`, `executor` and `scheduler`, as at the command line."""

from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import Field
from typing import Any

from optviz import figures, workers
from optviz.errors import Unfit
from optviz.spec.work import MANY, WorkSpec, refuse_clashes, workers_of
from optviz.text.options import options
from optviz.walks.parallel import Workers


def fields(lacks: Collection[str] = ()) -> dict[str, "Field[Any]"]:
    """The options of workers that a figure kind has, by name."""
    return {name: f for name, f in options(WorkSpec).items() if name not in lacks}


def kinds_with(word: str) -> tuple[str, ...]:
    """The figure kinds whose work can be shared in this way, none for a word of another kind."""
    return tuple(kind.word() for kind in figures.registry if word in fields(kind.lacks))


def taken(keywords: Mapping[str, Any]) -> tuple[dict[str, Any], Executor | None]:
    """The keywords without an executor of the caller's, and that one. Raises `Unfit`."""
    own = keywords.get("executor")
    if not isinstance(own, Executor):
        return dict(keywords), None
    for name in ("jobs", "scheduler"):
        if keywords.get(name) is not None:
            raise Unfit(f"{name}: the executor has its own workers; leave one out")
    return {key: value for key, value in keywords.items() if key != "executor"}, own


def made(values: dict[str, Any], own: Executor | None) -> Workers:
    """The workers of these options, which are taken out of the values. Raises `OptvizError`.

    One process unless `jobs` says more. An executor of the caller's stays open.
    """
    who = WorkSpec(**{name: values.pop(name) for name in fields() if name in values})
    refuse_clashes(who)
    if (who.jobs or 1) > 1:
        workers.check_main()
        _refuse_typed(values.get("opt", ()))
    return Workers(MANY, workers.given(own)) if own else workers_of(who, who.jobs or 1)


def _refuse_typed(optimizers: Iterable[str]) -> None:
    """Raises `Unfit` for a rule that is written in a notebook, which no worker can import."""
    for text in optimizers if workers.main_file() is None else ():
        if text.startswith("__main__:"):
            raise Unfit(
                f"jobs: workers cannot import {text}; write the rule into a file of its own"
            )
