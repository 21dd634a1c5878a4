"""A GIF of 100 frames, 640 × 480, of a growing path, against what people use today.

    python tests/benchmarks/film.py [PAIRS]

The other side is the FuncAnimation script that people write, saved by PillowWriter and, where
ffmpeg is installed, by matplotlib's FFMpegWriter. Prints medians of ratios from interleaved runs:
whole processes, and within this one after a warm-up, with a fixed title and with a step counter;
then bytes, against the script's and against the LZW of the changed pixels alone; the mean PSNR of
the decoded frames against the true-colour frames each side drew; whether white stayed white; and
the peak memory of a film of 5000 frames.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import GifImagePlugin, Image

if TYPE_CHECKING:
    from optviz.scene import Look, Scene

SCRIPT = """
import math, sys
import numpy as np
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.animation import FFMpegWriter, FuncAnimation, PillowWriter

def path():
    x1, x2, m1, m2, v1, v2, points = -5.0, -2.0, 0.0, 0.0, 0.0, 0.0, [(-5.0, -2.0)]
    for t in range(1, 100):
        g1, g2 = 0.2 * x1, 4 * x2
        m1, m2 = 0.9 * m1 + 0.1 * g1, 0.9 * m2 + 0.1 * g2
        v1, v2 = 0.999 * v1 + 0.001 * g1 * g1, 0.999 * v2 + 0.001 * g2 * g2
        a, b = 1 - 0.9 ** t, 1 - 0.999 ** t
        x1 -= 0.1 * (m1 / a) / (math.sqrt(v1 / b) + 1e-6)
        x2 -= 0.1 * (m2 / a) / (math.sqrt(v2 / b) + 1e-6)
        points.append((x1, x2))
    return np.array(points)

def film(name, counter=False, writer=None):
    points = path()
    xs, ys = np.meshgrid(np.linspace(-5.6, 1.2, 200), np.linspace(-2.3, 2.3, 200))
    z, levels = 0.1 * xs ** 2 + 2 * ys ** 2, 10.5 * 2.0 ** np.arange(-12, 2)
    figure, ax = plt.subplots(figsize=(6.4, 4.8), dpi=100)
    ax.contourf(xs, ys, z, levels=levels, cmap="Blues", extend="both")
    ax.contour(xs, ys, z, levels=levels, colors="#7b94b3", linewidths=0.55)
    line, = ax.plot([], [], "-o", color="#cf4307", markersize=3)
    ax.set_xlabel("$x_1$"); ax.set_ylabel("$x_2$")
    title = ax.set_title(r"Adam, $\\eta=0.1$, on $f(x)=0.1\\,x_1^2+2\\,x_2^2$", loc="left")
    def update(k):
        line.set_data(points[:k + 1, 0], points[:k + 1, 1])
        if counter:
            title.set_text(f"Adam, step {k}")
        return line,
    animation = FuncAnimation(figure, update, frames=100, interval=50)
    animation.save(name, writer=writer or PillowWriter(fps=20))
    plt.close(figure)

if __name__ == "__main__":
    film("script.gif")
"""
LOOK = ["--size", "640x480"]
OURS = ["trace", "--opt", "adam", "--eta", "0.1", "-n", "99", "-q", *LOOK]


def scene(counter: bool, steps: int = 99) -> tuple["Scene", "Look"]:
    from optviz import figures, spec
    from optviz.scene import Look, Timing

    walks = spec.walks(spec.RunSpec(opt=("adam",), eta="0.1", steps=steps))
    look = Look(
        size=(640, 480), dpi=100, counter=counter, timing=Timing(duration=5.0, hold=(0.05, 0.05))
    )
    return figures.scene("trace", [walk.run() for walk in walks], look), look


def ours(counter: bool) -> bytes:
    from optviz import render

    stream = io.BytesIO()
    render.write(*scene(counter), "gif", stream)
    return stream.getvalue()


def pairs_of(
    count: int, one: Callable[[], object], other: Callable[[], object]
) -> tuple[float, float, float]:
    """The median ratio other/one of interleaved runs, and both medians in seconds."""
    times = []
    for _ in range(count + 1):
        begun = time.perf_counter()
        one()
        middle = time.perf_counter()
        other()
        times.append((middle - begun, time.perf_counter() - middle))
    ratio = median(b / a for a, b in times[1:])
    return ratio, median(a for a, _ in times[1:]), median(b for _, b in times[1:])


def frames(data: bytes) -> list[np.ndarray]:
    """The picture that is seen in each twentieth of a second."""
    with Image.open(io.BytesIO(data)) as image:
        found = []
        for index in range(image.n_frames):
            image.seek(index)
            seen = np.asarray(image.convert("RGB")).astype(float)
            found += [seen] * max(1, round(image.info["duration"] / 50))
        return found


def psnr(seen: list[np.ndarray], truth: list[np.ndarray]) -> float:
    errors = [((a - b) ** 2).mean() for a, b in zip(seen, truth, strict=False)]
    return float(np.mean([10 * np.log10(255**2 / max(e, 1e-3)) for e in errors]))


def truths(module: dict, counter: bool) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """The true-colour frames of ours and of the script."""
    from matplotlib.animation import AbstractMovieWriter

    from optviz.render.draw.figure import settings
    from optviz.render.fast.stage import Stage
    from optviz.scene.film import film

    made, look = scene(counter)
    with settings():
        stage = Stage(film(made, look.timing), look)
        mine = []
        for frame in stage.frames():  # one for each twentieth of a second, as `frames` has them
            picture = frame.pixels[..., :3].astype(float)
            mine += [picture] * max(1, round(frame.milliseconds / 50))
    theirs: list[np.ndarray] = []

    class Grab(AbstractMovieWriter):
        def setup(self, fig: Any, outfile: str, dpi: float | None = None) -> None:
            self.fig = fig

        def grab_frame(self, **_: object) -> None:
            self.fig.canvas.draw()
            theirs.append(np.asarray(self.fig.canvas.buffer_rgba())[..., :3].astype(float))

        def finish(self) -> None:
            pass

    module["film"]("none", counter, Grab(fps=20))
    return mine, theirs


def changed_alone(data: bytes) -> int:
    """The bytes of the LZW data of the changed rectangles, unchanged pixels one number."""
    total, last, numbers = 0, None, np.zeros(1 << 24, dtype=np.uint8)
    for picture in frames(data):
        red, green, blue = np.moveaxis(picture.astype(np.uint32), -1, 0)
        now = red << 16 | green << 8 | blue
        for colour in np.unique(now[numbers[now] == 0]):
            numbers[colour] = 1 + np.count_nonzero(numbers)
        if last is None:
            part = numbers[now]
        else:
            rows = np.flatnonzero((now != last).any(axis=1))
            columns = np.flatnonzero((now != last).any(axis=0))
            if not len(rows):
                continue
            box = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
            part = np.where(now[box] != last[box], numbers[now[box]], 0).astype(np.uint8)
        image = Image.frombytes("L", part.shape[::-1], np.ascontiguousarray(part).tobytes())
        total += len(b"".join(GifImagePlugin.getdata(image)[1:]))  # without its header
        last = now
    return total


def memory(count: int) -> float:
    """Peak MiB of a process that writes a film of `count` frames."""
    code = (
        "import resource, sys; from optviz import cli; cli.main(sys.argv[1:])\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    film = ["--fps", "50", "--duration", str(count / 50), "-o", os.devnull, "--format", "gif"]
    arguments = ["trace", "--opt", "gd", "--eta", "0.001", "-n", str(count - 1), "-q", *LOOK, *film]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return float(done.stdout.splitlines()[-1])


def main(count: int) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    # first: a child's peak starts from what its parent has
    print(f"memory of 5000 frames        {memory(5000):.0f} MiB (aim 300)")
    module: dict = {"__name__": "script"}
    exec(compile(SCRIPT, "script", "exec"), module)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)

        def process(*command: str) -> None:
            subprocess.run([sys.executable, *command], env=environment, check=True)

        film = [*OURS, "--duration", "5", "--hold", "0.05", "--no-counter", "-o", "ours.gif"]
        rows = [
            ("whole process", 12, pairs_of(
                count, lambda: subprocess.run([sys.executable, "-m", "optviz", *film],
                                              env=environment, check=True, capture_output=True),
                lambda: process("-c", SCRIPT))),
            ("in process, fixed title", 50, pairs_of(
                count, lambda: ours(False), lambda: module["film"]("theirs.gif"))),
            ("in process, step counter", 22, pairs_of(
                count, lambda: ours(True), lambda: module["film"]("counted.gif", True))),
        ]  # fmt: skip
        for name, aim, (ratio, a, b) in rows:
            print(f"{name:28} {ratio:6.1f} times faster (aim {aim})  {a:.3f} s against {b:.3f} s")
        data, theirs = ours(False), Path("theirs.gif").read_bytes()
        print(
            f"bytes                        {len(data)} against {len(theirs)}: "
            f"{len(data) / len(theirs):.3f} (aim 0.15)"
        )
        print(f"bytes / LZW of the changes   {len(data) / changed_alone(data):.3f} (aim 1.05)")
        mine, drawn = truths(module, False)
        seen = frames(data)
        gain = psnr(seen, mine) - psnr(frames(theirs), drawn)
        print(
            f"PSNR                         {psnr(seen, mine):.1f} dB against "
            f"{psnr(frames(theirs), drawn):.1f} dB: {gain:+.1f} (aim +5)"
        )
        white = all(
            (s[t.min(axis=-1) == 255] == 255).all() for s, t in zip(seen, mine, strict=False)
        )
        print(f"white exactly white          {white}")
        if shutil.which("ffmpeg"):
            from matplotlib.animation import FFMpegWriter

            ratio, a, b = pairs_of(
                min(count, 3),
                lambda: ours(False),
                lambda: module["film"]("ff.gif", writer=FFMpegWriter(fps=20, codec="gif")),
            )
            other = Path("ff.gif").read_bytes()
            print(
                f"matplotlib's ffmpeg GIF      {ratio:.1f} times slower, {len(other)} bytes, "
                f"{psnr(frames(other), drawn):.1f} dB"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
