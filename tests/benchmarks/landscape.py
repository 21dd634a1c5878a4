"""A whole PNG of each test function against that of d2l, a quadratic.

    python tests/benchmarks/landscape.py [PAIRS] [NAME…]

Whole processes, interleaved in one run (A, B, A, B, …) after one warm-up each, twenty steps each;
prints the median of the pairwise ratios and both medians. The aim is at most 1.15.
"""

import os
import sys
import tempfile
from pathlib import Path
from statistics import median

from startup import OPTVIZ, seconds

from optviz.objectives import PRESETS

AIM = 1.15
NAMES = [name for name, preset in PRESETS.items() if preset.region]


def main(pairs: int, names: list[str]) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    line = [*OPTVIZ, "trace", "--opt", "adagrad", "-n", "20", "-f"]
    print(
        f"{'function':22} {'ratio':>6}  {'aim':>5}  {'its PNG':>8}  {'d2l':>8}   of {pairs} pairs"
    )
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            commands = [[*line, name], [*line, "d2l"]]
            times = [
                [seconds(command, Path(folder), environment) for command in commands]
                for _ in range(pairs + 1)
            ][1:]
            ratio = median(a / b for a, b in times)
            a, b = (1000 * median(column) for column in zip(*times, strict=True))
            print(f"{name:22} {ratio:6.2f}  ≤{AIM:4.2f}  {a:5.0f} ms  {b:5.0f} ms", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7, sys.argv[2:] or NAMES)
