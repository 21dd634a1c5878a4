"""Walks that are rows in a page, run again at the stops of their sliders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from optviz import gradients
from optviz.arrays import Array
from optviz.arrays.random_streams import RandomStreams
from optviz.errors import BadValue, OptvizError, Unfit
from optviz.figures._knobs import knobs_of, with_value
from optviz.notes import note
from optviz.scene import Knob, LiveWalk
from optviz.walks.engine import Walk
from optviz.walks.seeds import median

if TYPE_CHECKING:
    from optviz.optimizers import Optimizer
    from optviz.walks.trajectory import Trajectory

_BYTES = 150_000  # of all rows of a page, as text
_MOST, _LEAST = 21, 5  # stops of a slider
_SAME = 1e-9  # relative, of a run that is run again

Part = tuple[LiveWalk, "Trajectory"]


def swept(walks: list[LiveWalk], runs: list[Trajectory], wanted: tuple[str, ...]) -> list[LiveWalk]:
    """The walks, of which those that are rows have sliders if their runs can be run again.

    These are the sliders `wanted`, by default that of the rate. Where the rows as typed take more
    than 150 kB, a page has fewer of them. Raises `Unfit` where sliders are wanted, no walk has any
    yet, and not even five stops of each fit into what is left of 150 kB.
    """
    walks = _thinned(walks)
    groups: dict[str, list[Part]] = {}
    for walk, run in zip(walks, runs, strict=True):
        if run.optimizer is not None:
            groups.setdefault(walk.text, []).append((walk, run))
    recorded = [group for group in groups.values() if _are_rows(group, wanted)]
    count = _count(recorded, wanted, _BYTES - sum(walk.recorded_bytes for walk in walks))
    if count < _LEAST:
        if wanted and not any(walk.knobs for walk in walks):
            kept = "the steps of a slider's five stops are more than 150 kB in a page"
            raise Unfit(f"{kept}: {count} fit; give fewer --steps")
        return walks
    moved = {id(walk): new for group in recorded for walk, new in _moved(group, wanted, count)}
    if moved and count < _MOST:
        note(f"sliders have {count} stops, as the steps of {_MOST} do not fit into 150 kB")
    return [moved.get(id(walk), walk) for walk in walks]


def _are_rows(group: list[Part], wanted: tuple[str, ...]) -> bool:
    """Whether all walks of an optimizer are rows, and it has a setting for a slider."""
    return all(walk.rows is not None for walk, _ in group) and bool(_knobs(group, wanted))


def _thinned(walks: list[LiveWalk]) -> list[LiveWalk]:
    """The walks, of whose rows a page has as many as 150 kB can hold."""
    every = ceil(sum(walk.recorded_bytes for walk in walks) / _BYTES)
    if every < 2:
        return walks
    note(f"one recorded step in {every} is in the page, as all do not fit into 150 kB")
    return [walk if walk.rows is None else replace(walk, every=every) for walk in walks]


def _is_same(rows: Array | None, again: Array | None) -> bool:
    if rows is None or again is None:
        return False
    return np.allclose(rows, again, rtol=_SAME, atol=0.0, equal_nan=True)


def _count(groups: list[list[Part]], wanted: tuple[str, ...], room: float) -> int:
    """How many stops each slider may have: an odd number, so that one is in the middle.

    `room` are the bytes for the rows of all stops but the typed one.
    """
    size = sum(
        len(_knobs(group, wanted)) * walk.recorded_bytes for group in groups for walk, _ in group
    )
    fit = 1 + int(room / size) if size else _MOST
    return min(fit - 1 + fit % 2, _MOST)


def _moved(
    group: list[Part], wanted: tuple[str, ...], count: int
) -> Iterator[tuple[LiveWalk, LiveWalk]]:
    """The walks of an optimizer, each with what it is with sliders.

    There are none if the optimizer does not give the walks as they are, or has no run at a stop.
    """
    optimizer, starts = group[0][1].optimizer, _starts(group)
    assert optimizer is not None
    if not all(_is_same(part[0].rows, _again(part, optimizer, starts)) for part in group):
        return
    knobs, sweeps = [], []
    for knob in _knobs(group, wanted):
        stops = _stops(optimizer, knob, count)
        knobs.append(knob._replace(low=min(stops), high=max(stops), stops=tuple(stops)))
        sweeps.append(list(stops.values()))
    found = [
        [
            [_again(part, each, starts) for each in sweep if each is not optimizer]
            for sweep in sweeps
        ]
        for part in group
    ]
    if any(rows is None for part in found for sweep in part for rows in sweep):
        return
    for (walk, _), part in zip(group, found, strict=True):
        for knob, sweep in zip(knobs, part, strict=True):
            sweep.insert(knob.stops.index(knob.value), None)
        yield walk, replace(walk, knobs=tuple(knobs), sweeps=tuple(map(tuple, part)))


def _knobs(group: list[Part], wanted: tuple[str, ...]) -> tuple[Knob, ...]:
    optimizer = group[0][1].optimizer
    return knobs_of(optimizer, wanted, shares=False) if optimizer else ()


def _stops(optimizer: Optimizer, knob: Knob, count: int) -> dict[float, Optimizer]:
    """The optimizer at each stop, the typed value in place of the nearest; some are no values."""
    if knob.log:
        spaced = np.geomspace(knob.low, knob.high, count)
    elif knob.near_one:
        spaced = 1 - np.geomspace(1.0, 1 - knob.high, count)
    else:
        spaced = np.minimum(np.linspace(knob.low, round(knob.high, 3), count), knob.high)
    places = [float(f"{value:.4g}") for value in spaced]
    places[int(np.argmin(np.abs(np.array(places) - knob.value)))] = knob.value
    found = {}
    for value in sorted(places):
        try:
            same = value == knob.value
            found[value] = optimizer if same else with_value(optimizer, knob.name, value)
        except BadValue:
            continue
    return found


def _starts(group: list[Part]) -> list[tuple[float, ...]]:
    return list(dict.fromkeys(walk.start for walk, _ in group))


def _again(
    part: Part, optimizer: Optimizer | None, starts: list[tuple[float, ...]]
) -> Array | None:
    """The rows of the run of another optimizer, None where it cannot be run."""
    walk, run = part
    if optimizer is None or run.objective is None or run.stride != 1 or walk.rows is None:
        return None
    drawn = run.spread if run.spread and run.law is None else run
    seeds = np.array(drawn.seeds)
    try:
        source = gradients.read(run.gradient)
        oracle = gradients.Oracle(
            source, RandomStreams(seeds, 0 * seeds + starts.index(walk.start))
        )
        start = np.array([walk.start])
        steps, expected = len(walk.rows) - 1, run.law is not None
        with np.errstate(all="ignore"):
            return rows(
                median(Walk(run.objective, optimizer, start, steps, oracle, expected).run())
            )
    except OptvizError:
        return None


def rows(run: Trajectory) -> Array:
    """f, x, and the gradient and the rate of the step after: (steps+1, 1+3·dim)."""
    last = np.full((1, run.dim), np.nan)
    parts = [run.f[:, :1], run.x[:, 0]]
    parts += [np.vstack([part[:, 0], last])[: len(run.x)] for part in (run.grad, run.rate)]
    return np.hstack(parts)
