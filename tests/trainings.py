"""Logs of training for tests, as `optviz.record` writes them, from formulas."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

LAYERS = ("all parameters", "c1", "f1")  # no words of any language
Ratio = Callable[[int], float]


def edge_at(step: int) -> float:
    """λ/C that rises to 1 at step 50, and stays there."""
    return min(0.2 + 0.016 * step, 1.0) + (0.02 if step > 50 and step % 20 else -0.02)


def text(
    ratio: Ratio | None = edge_at,
    *,
    optimizer: str = "SGD",
    eta: float = 0.1,
    steps: int = 200,
    every: int = 10,
    loss: bool = True,
    times: bool = True,
    ceiling: float = 2.0,
) -> str:
    """A log with rates of three layers, λ/C = `ratio` of the step, and a loss."""
    lines: list[dict[str, Any]] = [
        {
            "optviz": 1,
            "kind": "training",
            "optimizer": optimizer,
            "settings": {"lr": eta},
            "rate": "effective",
            "every": every,
            "quantiles": [0.05, 0.5, 0.95],
        }
    ]
    for step in [1, *range(every, steps + 1, every)]:
        time = {"time": step / 100} if times else {}
        for number, name in enumerate(LAYERS):
            lines.append(
                {
                    "step": step, "group": 0, "layer": name if number else None, "name": name,
                    "lr": eta, "entries": 100, "rate": [eta / 2, eta, 2 * eta],
                    "grad": 1 / step, "update": 0.01 / step, "parameter": 10.0 + number, **time,
                }
            )  # fmt: skip
        if ratio:
            value = ratio(step)
            curvature = {
                "group": None, "name": "all parameters", "effective": ceiling * value,
                "raw": ceiling * value / eta, "ceiling": ceiling, "products": [3, 4],
                "by": "double backward",
            }  # fmt: skip
            lines.append({"step": step, "curvature": curvature, **time})
        if loss:
            lines.append({"step": step, "log": {"loss": 2.0 / step, "accuracy": 0.5}, **time})
    return "".join(json.dumps(line) + "\n" for line in lines)


def write(path: Path, ratio: Ratio | None = edge_at, **how: Any) -> str:
    """Writes a log; its path."""
    path.write_text(text(ratio, **how), encoding="utf-8")
    return str(path)


def write_examples(folder: Path) -> None:
    """The logs that examples in help draw."""
    write(folder / "run.jsonl")
    write(folder / "other.jsonl", optimizer="Adam", eta=0.001, ceiling=38.0)
