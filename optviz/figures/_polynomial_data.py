"""Residual polynomials as data: the values at the eigenvalues and between them."""

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from optviz.studies.residuals import Residuals
from optviz.text.numbers import shortest
from optviz.text.schema import numbered

Degrees = tuple[int, ...]


def facts(one: Residuals, degrees: Degrees) -> dict[str, Any]:
    """Plain data: of each degree the worst place and value, and the values at the eigenvalues."""
    return {
        "optimizer": str(one.optimizer),
        "eigenvalues": one.eigenvalues.tolist(),
        "polynomials": [
            {
                "degree": t,
                "worst": dict(zip(("lambda", "value"), one.worst(t), strict=True)),
                "values": one.at_eigenvalues[t].tolist(),
            }
            for t in degrees
        ],
    }


def _rows(one: Residuals, t: int) -> Iterator[tuple[float, float, int]]:
    """λ, P(λ), and whether λ is an eigenvalue, in the order of λ."""
    places = np.concatenate([one.points, one.eigenvalues])
    values = np.concatenate([one.values[t], one.at_eigenvalues[t]])
    own = np.repeat([0, 1], [len(one.points), len(one.eigenvalues)])
    order = np.lexsort([own, places])
    return zip(places[order].tolist(), values[order].tolist(), own[order].tolist(), strict=True)


def _csv(content: list[Residuals], degrees: Degrees) -> str:
    """One value a row: optimizer, degree, lambda, value, eigenvalue (1 if λ is one)."""
    lines = ["optimizer,degree,lambda,value,eigenvalue"]
    for one in content:
        name = '"' + str(one.optimizer).replace('"', '""') + '"'
        for t in degrees:
            rows = _rows(one, t)
            lines += [f"{name},{t},{shortest(x)},{shortest(y)},{own}" for x, y, own in rows]
    return "\n".join(lines) + "\n"


def _jsonl(content: list[Residuals], degrees: Degrees) -> str:
    documents = (numbered(facts(one, degrees)) for one in content)
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in documents)


def _npz(content: list[Residuals], degrees: Degrees) -> bytes:
    """Arrays `points`, `values` (optimizers, degrees, points), the same at eigenvalues; `meta`."""
    first, at = content[0], list(degrees)
    meta = {"optimizers": [str(one.optimizer) for one in content], "degrees": at}
    stream = io.BytesIO()
    np.savez(
        stream,
        points=first.points,
        values=np.array([one.values[at] for one in content]),
        eigenvalues=first.eigenvalues,
        at_eigenvalues=np.array([one.at_eigenvalues[at] for one in content]),
        meta=np.array(json.dumps(meta, ensure_ascii=False)),
    )
    return stream.getvalue()


WRITERS: dict[str, Callable[[list[Residuals], Degrees], str | bytes]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "npz": _npz,
}
