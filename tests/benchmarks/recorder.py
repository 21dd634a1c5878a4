"""A training step of a small network with and without `optviz.record`, at its usual sampling.

    python tests/benchmarks/recorder.py [ROUNDS]

Two networks of LeNet's kind (batches of 64 digits, 1 × 28 × 28 and 1 × 8 × 8), each trained twice
from the same start by the same optimizer. Stretches of 50 steps, one of them recorded, alternate
(with, without, without, with, …); prints the median of the ratios of neighbours, in processor time
on one thread, so that other programs count for little. Needs `pip install 'optviz[torch]'`.
"""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import torch
from torch import nn

import optviz

STRETCH = 50  # steps: the usual sampling records one of them


def network(side: int) -> nn.Sequential:
    torch.manual_seed(0)
    left = side // 4
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2),
        nn.ReLU(),
        nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5, padding=2),
        nn.ReLU(),
        nn.AvgPool2d(2),
        nn.Flatten(),
        nn.Linear(16 * left * left, 120),
        nn.ReLU(),
        nn.Linear(120, 84),
        nn.ReLU(),
        nn.Linear(84, 10),
    )


class Training:
    """A network and its optimizer on one batch of random digits."""

    def __init__(self, kind: type, side: int) -> None:
        self.net = network(side)
        self.optimizer = kind(self.net.parameters(), lr=1e-3)
        self.images, self.digits = torch.randn(64, 1, side, side), torch.randint(0, 10, (64,))

    def stretch(self) -> float:
        """Seconds of processor time of fifty steps."""
        begun = time.process_time()
        for _ in range(STRETCH):
            self.optimizer.zero_grad()
            nn.functional.cross_entropy(self.net(self.images), self.digits).backward()
            self.optimizer.step()
        return time.process_time() - begun


def overhead(kind: type, side: int, layers: list[str] | None, rounds: int, path: Path) -> float:
    with_it, without = Training(kind, side), Training(kind, side)
    with optviz.record(with_it.optimizer, path, layers=layers, model=with_it.net):
        times = []
        for turn in range(rounds + 1):  # whoever comes first may find the machine slower
            first, second = (with_it, without)[:: 1 if turn % 2 else -1]
            pair = {each: each.stretch() for each in (first, second)}
            times.append((pair[with_it], pair[without]))
        times = times[1:]
    ratio = median(a / b for a, b in times) - 1
    step = 1000 * median(b for _, b in times) / STRETCH
    print(
        f"{kind.__name__:8} {side:2} × {side:<2}  layers: {'each' if layers else 'none'}   "
        f"{100 * ratio:+5.1f} %  of {step:.2f} ms a step   (aim < 5 %)"
    )
    return ratio


def main(rounds: int) -> None:
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        for side in (28, 8):
            for kind in (torch.optim.SGD, torch.optim.Adagrad, torch.optim.Adam):
                for layers in (None, ["*.weight"]):
                    overhead(kind, side, layers, rounds, Path(folder) / "log.jsonl")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 25)
