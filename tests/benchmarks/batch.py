"""200 different figures in a batch, against a shell loop of single commands and pyplot in a loop.

    python tests/benchmarks/batch.py [FIGURES] [ROUNDS]

Whole processes, interleaved; prints medians of the ratios, of seconds, and whether each picture of
the batch equals the one drawn alone, pixel for pixel (and byte for byte). The shell loop is timed
over every tenth figure and counted ten times: its figures cost the same. The figures differ by η,
by the optimizer and by the start; their limits, labels and size are the same.
"""

import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from PIL import Image

PYTHON, EVERY = sys.executable, 10

# What people write: the same contours, path, title and labels, the figure made and closed.
PYPLOT = """
import json, math, sys
import numpy as np
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
xs, ys = np.meshgrid(np.linspace(-6, 2, 200), np.linspace(-3, 3, 200))
levels = 10.5 * 2.0 ** np.arange(-12, 2)
for name, table in json.load(open(sys.argv[1])).items():
    eta = table["eta"]
    x1, x2 = map(float, table["start"].split(","))
    s1, s2, path = 0.0, 0.0, [(x1, x2)]
    for _ in range(20):
        g1, g2 = 0.2 * x1, 4 * x2
        s1, s2 = s1 + g1 ** 2, s2 + g2 ** 2
        x1 -= eta / math.sqrt(s1 + 1e-6) * g1
        x2 -= eta / math.sqrt(s2 + 1e-6) * g2
        path.append((x1, x2))
    path = np.array(path)
    f = 0.1 * xs ** 2 + 2 * ys ** 2
    plt.figure(figsize=(8, 6), dpi=120)
    plt.contourf(xs, ys, f, levels=levels, cmap="Blues", extend="both")
    plt.contour(xs, ys, f, levels=levels, colors="#7b94b3", linewidths=0.55)
    plt.plot(path[:, 0], path[:, 1], "-o", color="#c2410c", markersize=3.6)
    plt.plot(0, 0, "+", color="k", markersize=11)
    plt.title(rf"AdaGrad, $\\eta={eta}$, on $f(x)=0.1\\,x_1^2+2\\,x_2^2$", loc="left")
    plt.xlabel("$x_1$")
    plt.ylabel("$x_2$")
    plt.text(path[-1, 0], path[-1, 1], " here it ends", color="#c2410c")
    plt.savefig(f"{name}.png")
    plt.close()
"""


def tables(many: int) -> dict[str, dict[str, Any]]:
    """Figures that differ by η and start; everything around the plot but the title is the same."""
    return {
        f"f{k:03d}": {
            "opt": "adagrad",
            "eta": round(0.1 + 0.01 * k, 2),
            "start": f"-5,{-2 + 0.01 * (k % 7)}",
            "xlim": "-6,2",
            "ylim": "-3,3",
        }
        for k in range(many)
    }


def alone(name: str, table: dict[str, Any]) -> str:
    """The single command that draws a figure of the batch."""
    flags = [part for key, value in table.items() for part in (f"--{key}", str(value))]
    return shlex.join([PYTHON, "-m", "optviz", "trace", "-q", *flags, "-o", f"{name}.png"])


def seconds(command: list[str], folder: Path, environment: dict[str, str]) -> float:
    """How long a process takes."""
    folder.mkdir(exist_ok=True)
    begun = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def equal(one: Path, other: Path) -> tuple[bool, bool]:
    """Whether two pictures have the same pixels, and the same bytes."""
    with Image.open(one) as first, Image.open(other) as second:
        pixels = (first.size, first.tobytes()) == (second.size, second.tobytes())
    return pixels, one.read_bytes() == other.read_bytes()


def main(many: int, rounds: int) -> None:
    """Measures and prints."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    figures, times = tables(many), {}
    with tempfile.TemporaryDirectory() as text:
        home = Path(text)
        spec = home / "spec.json"
        spec.write_text(json.dumps(figures))
        sample = list(figures.items())[::EVERY]
        batch = [PYTHON, "-m", "optviz", "batch", str(spec), "--no-cache", "-q"]
        ways = {
            "shell": ["bash", "-ec", "\n".join(alone(*figure) for figure in sample)],
            "pyplot": [PYTHON, "-c", PYPLOT, str(spec)],
            "batch -j 1": [*batch, "--out-dir", str(home / "one"), "-j", "1"],
            "batch -j 2": [*batch, "--out-dir", str(home / "two"), "-j", "2"],
        }
        for _ in range(rounds):
            for way, command in ways.items():
                times.setdefault(way, []).append(seconds(command, home / way, environment))
        times["shell"] = [t * len(figures) / len(sample) for t in times["shell"]]
        same = [equal(home / "one" / f"{n}.png", home / "shell" / f"{n}.png") for n, _ in sample]
        jobs = [equal(home / "one" / f"{n}.png", home / "two" / f"{n}.png") for n in figures]
        again = [*batch[:-2], "--cache", str(home / "cache"), "-q"]
        for name in ("filling the cache", "all unchanged"):
            times[name] = [seconds(again, home / "again", environment)]
    for way, found in times.items():
        one = 1000 * median(found) / many
        print(f"{way:18} {median(found):7.2f} s  {one:6.1f} ms a figure, of {many}")
    for way, other, aim in (
        ("shell", "batch -j 1", 30),
        ("shell", "batch -j 2", 50),
        ("pyplot", "batch -j 1", 3),
    ):
        ratio = median(a / b for a, b in zip(times[way], times[other], strict=True))
        print(f"{way} / {other}: {ratio:5.1f}  (aim ≥ {aim})")
    for what, found in (("drawn alone", same), ("with two workers", jobs)):
        pixels, exact = (sum(column) for column in zip(*found, strict=True))
        print(f"as {what}: {pixels} of {len(found)} in every pixel, {exact} in every byte")


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(given[0] if given else 200, given[1] if len(given) > 1 else 3)
