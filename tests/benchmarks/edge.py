"""Curvature against the ceiling on a real network: what is recorded, and what it costs.

    python tests/benchmarks/edge.py [STEPS] [ROUNDS]

The network and the data of the edge of stability: tanh, 64-64-64-10, 400 of scikit-learn's digits,
half the mean squared error, full batch. Prints, for each optimizer, median and 10-90 % of λ/C over
the second half of STEPS steps, the products of a measurement there, and the median of the ratios
of neighbours of stretches of 100 steps with and without `optviz.record(…, curvature=…, every=100)`
and with it but without curvature, in processor time on one thread. Needs PyTorch and scikit-learn.

Aim: medians in 0.9-1.1, RMSprop to 1.15, Adagrad in 0.98-1.02; at most 12 products; at most 12 % of
the time, without curvature 5 %. Recorded with PyTorch 2.13, 6000 steps:

    SGD 0.2                  λ/C 1.011 (0.996 - 1.019)   products 3.0, at most 3
    Adagrad 0.02             λ/C 1.000 (0.997 - 1.003)   products 4.3, at most 5
    RMSprop 2e-4             λ/C 1.052 (1.007 - 1.084)   products 7.0, at most 12
    Adam 1e-3                λ/C 0.992 (0.973 - 1.008)   products 4.3, at most 7
    SGD 0.05, momentum 0.9   λ/C 0.763 (0.753 - 0.775)   products 3.0, at most 3

That of momentum is 0.2 at step 160 and rises: its full batch ends below the edge, at 0.76 to 0.80.
Times have to be taken on a machine with nothing else to do. A product takes as long as a step, and
is two thirds of a measurement with what the search does beside it; graph, rates and lines are the
rest. Among eight other programs curvature took 8 to 14 %, the rest 2 to 4 %.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import torch
from sklearn.datasets import load_digits

import optviz
from optviz import records

STRETCH = 100  # steps: one of them is measured
OPTIMIZERS: list[tuple[str, int, Callable[[Any], Any]]] = [
    ("SGD 0.2", 400, lambda p: torch.optim.SGD(p, lr=0.2)),
    ("Adagrad 0.02", 400, lambda p: torch.optim.Adagrad(p, lr=0.02)),
    ("RMSprop 2e-4", 400, lambda p: torch.optim.RMSprop(p, lr=2e-4)),
    ("Adam 1e-3", 400, lambda p: torch.optim.Adam(p, lr=1e-3)),
    ("SGD 0.05, momentum 0.9", 1000, lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9)),
]


class Training:
    """The network under one optimizer."""

    def __init__(self, make: Callable[[Any], Any], digits: int) -> None:
        torch.manual_seed(0)
        layers = [64, 64, 64, 10]
        modules: list[Any] = []
        for inputs, outputs in pairwise(layers):
            modules += [torch.nn.Linear(inputs, outputs), torch.nn.Tanh()]
        self.net = torch.nn.Sequential(*modules[:-1])
        self.optimizer = make(self.net.parameters())
        data = load_digits()
        self.x = torch.tensor(data.data[:digits] / 16, dtype=torch.float32)
        self.y = torch.nn.functional.one_hot(torch.tensor(data.target[:digits]), 10).float()

    def loss(self) -> Any:
        return (self.net(self.x) - self.y).square().sum(1).mean() / 2

    def stretch(self, steps: int = STRETCH) -> float:
        """Seconds of processor time."""
        begun = time.process_time()
        for _ in range(steps):
            self.optimizer.zero_grad()
            self.loss().backward()
            self.optimizer.step()
        return time.process_time() - begun


def edge(name: str, digits: int, make: Callable[[Any], Any], steps: int, folder: Path) -> None:
    training, path = Training(make, digits), folder / "run.jsonl"
    with optviz.record(training.optimizer, path, curvature=training.loss, every=100):
        training.stretch(steps)
    log = records.training(path.read_bytes(), "run.jsonl")
    assert log is not None
    ratio = log.curvatures[0].ratio
    low, middle, high = np.quantile(ratio[len(ratio) // 2 :], (0.1, 0.5, 0.9))
    lines = [line for line in path.read_text("utf-8").splitlines() if '"products"' in line]
    products = [products_of(line) for line in lines[len(lines) // 2 :]]
    print(
        f"{name:24} λ/C {middle:.3f} ({low:.3f} - {high:.3f})   products "
        f"{np.mean(products):.1f}, at most {max(products)}",
        flush=True,
    )


def products_of(line: str) -> int:
    """The products of one measurement."""
    return sum(json.loads(line)["curvature"]["products"])


def cost(name: str, digits: int, make: Callable[[Any], Any], rounds: int, folder: Path) -> None:
    """Prints the shares of time that the recorder takes, with curvature and without."""
    trainings = [Training(make, digits) for _ in range(3)]
    with ExitStack() as stack:
        for number, settings in enumerate(({}, {"curvature": trainings[1].loss, "every": 100})):
            path = folder / f"{number}.jsonl"
            block = optviz.record(trainings[number].optimizer, path, **settings)
            stack.enter_context(block)
        for training in trainings:
            training.stretch(500)
        times = []
        for turn in range(rounds):
            order = trainings[:: 1 if turn % 2 else -1]
            spent = {id(each): each.stretch() for each in order}
            times.append([spent[id(each)] for each in trainings])
    without, curved = (median(row[i] / row[2] for row in times) - 1 for i in (0, 1))
    step = 1000 * median(row[2] for row in times) / STRETCH
    print(
        f"{name:24} curvature {100 * curved:+5.1f} %, without {100 * without:+5.1f} %  of "
        f"{step:.2f} ms a step   (aim < 12 %, < 5 %)",
        flush=True,
    )


def main(steps: int, rounds: int) -> None:
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        for name, digits, make in OPTIMIZERS:
            if steps:
                edge(name, digits, make, steps, Path(folder))
            if rounds:
                cost(name, digits, make, rounds, Path(folder))


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*(numbers + [6000, 20][len(numbers) :]))
