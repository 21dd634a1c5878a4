"""Start-up and a whole PNG, against a bare `import typer` and the pyplot script people write.

    python tests/benchmarks/startup.py [PAIRS]

Whole processes, interleaved in one run (A, B, A, B, …) after one warm-up each; prints the median of
the pairwise ratios and both medians. Needs nothing but an installed optviz.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

PYPLOT = """
import math
import numpy as np
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
x1, x2, s1, s2, eta, eps = -5.0, -2.0, 0.0, 0.0, 0.4, 1e-6
path = [(x1, x2)]
for _ in range(20):
    g1, g2 = 0.2 * x1, 4 * x2
    s1, s2 = s1 + g1 ** 2, s2 + g2 ** 2
    x1 -= eta / math.sqrt(s1 + eps) * g1
    x2 -= eta / math.sqrt(s2 + eps) * g2
    path.append((x1, x2))
path = np.array(path)
xs, ys = np.meshgrid(np.linspace(-5.6, 1.2, 200), np.linspace(-2.3, 2.3, 200))
levels = 10.5 * 2.0 ** np.arange(-12, 2)
plt.figure(figsize=(8, 6), dpi=120)
plt.contourf(xs, ys, 0.1 * xs ** 2 + 2 * ys ** 2, levels=levels, cmap="Blues", extend="both")
plt.contour(xs, ys, 0.1 * xs ** 2 + 2 * ys ** 2, levels=levels, colors="#7b94b3", linewidths=0.55)
plt.plot(path[:, 0], path[:, 1], "-o", color="#c2410c", markersize=3.6)
plt.plot(0, 0, "+", color="k", markersize=11)
plt.title(r"AdaGrad, $\\eta=0.4$, on $f(x)=0.1\\,x_1^2+2\\,x_2^2$", loc="left")
plt.xlabel("$x_1$")
plt.ylabel("$x_2$")
plt.text(path[-1, 0], path[-1, 1], " stalls at $f=0.618$", color="#c2410c")
plt.savefig("bare.png")
"""

PYTHON = sys.executable
OPTVIZ = [PYTHON, "-m", "optviz"]
CASES = {
    "--version / import typer": ([*OPTVIZ, "--version"], [PYTHON, "-c", "import typer"], 1.3),
    "--help / import typer": ([*OPTVIZ, "--help"], [PYTHON, "-c", "import typer"], 2.0),
    "trace --help / typer": ([*OPTVIZ, "trace", "--help"], [PYTHON, "-c", "import typer"], 2.0),
    "help noise / import typer": ([*OPTVIZ, "help", "noise"], [PYTHON, "-c", "import typer"], 2.0),
    "trace PNG / pyplot script": (
        [*OPTVIZ, "trace", "--opt", "adagrad", "--eta", "0.4"],
        [PYTHON, "-c", PYPLOT],
        0.95,
    ),
}
# What the shell asks for at a press of the key Tab; each may take 100 ms.
LINES = {
    "a command": "optviz tr",
    "an option": "optviz trace --le",
    "an optimizer": "optviz trace --opt ad",
    "a setting": "optviz trace --opt adam@torch:",
    "an objective": "optviz trace -f sc",
    "a topic": "optviz help no",
}


def seconds(command: list[str], folder: Path, environment: dict[str, str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return time.perf_counter() - begun


def main(pairs: int) -> None:
    # Compiled files are what an installed program has; without them every start compiles anew.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    print(f"{'case':28} {'ratio':>6}  {'aim':>5}  {'optviz':>8}  {'other':>8}   of {pairs} pairs")
    with tempfile.TemporaryDirectory() as folder:
        for name, (ours, theirs, aim) in CASES.items():
            times = [
                [seconds(command, Path(folder), environment) for command in (ours, theirs)]
                for _ in range(pairs + 1)
            ][1:]
            ratio = median(a / b for a, b in times)
            a, b = (1000 * median(column) for column in zip(*times, strict=True))
            print(f"{name:28} {ratio:6.2f}  ≤{aim:4.2f}  {a:5.0f} ms  {b:5.0f} ms")
        for name, line in LINES.items():
            asks = {**environment, "_OPTVIZ_COMPLETE": "zsh", "_OPTVIZ_LINE": line}
            times_ = [seconds(OPTVIZ, Path(folder), asks) for _ in range(pairs + 1)][1:]
            print(f"completion of {name:14}         ≤100 ms {1000 * median(times_):5.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
