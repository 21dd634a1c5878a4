"""Pages: how large they are beside what others need for the same picture, and how fast.

    python tests/benchmarks/pages.py [REDRAWS]

Four optimizers on one landscape, twenty steps: a page of optviz, a GIF of optviz, and pages that
work offline by Plotly and Bokeh with the contours, the paths and a slider of the steps, where these
are installed. Bytes as they lie and gzipped. Then, where Chromium is installed, from opening a page
to its first drawing, and from a move of the start to the end of redrawing, four optimizers with 200
steps. The aims are 150 kB, 60 kB gzipped, 300 ms and 16 ms.
"""

import sys
import tempfile
from collections.abc import Iterator
from gzip import compress
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

import optviz

sys.path.insert(0, str(Path(__file__).parents[1]))
from browser import CHROMIUM, Browser

LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
OPTIMIZERS = ["gd:eta=0.4", "momentum:eta=0.1,beta=0.9", "adagrad:eta=1.5", "adam:eta=0.3"]
WORK = """(() => {
  const ring = document.querySelector(".start");
  const frames = [];
  const ask = window.requestAnimationFrame;
  window.requestAnimationFrame = (draw) => frames.push(draw);
  const times = [];
  for (let i = 0; i < COUNT; i++) {
    const began = performance.now();
    ring.dispatchEvent(new KeyboardEvent("keydown", { key: i % 2 ? "ArrowUp" : "ArrowDown" }));
    for (const draw of frames.splice(0)) draw(began);
    document.body.getBoundingClientRect();
    times.push(performance.now() - began);
  }
  window.requestAnimationFrame = ask;
  return times;
})()"""


def pages(folder: Path) -> Iterator[Path]:
    """The files that show the same picture."""
    for suffix in ("html", "gif", "svg"):
        path = folder / f"optviz.{suffix}"
        optviz.trace(opt=OPTIMIZERS).save(path)
        yield path
    path = folder / "optviz, three linked views.html"
    optviz.compare(opt=OPTIMIZERS, overlay=True, rows="trace,rates,loss").save(path)
    yield path
    for name, write in (("plotly", plotly), ("bokeh", bokeh)):
        if find_spec(name):
            write(path := folder / f"{name}.html")
            yield path


def landscape() -> tuple[Any, Any, Any, list[Any]]:
    """The axes and values of f on a grid, and the path of each optimizer: (steps, 2)."""
    xs, ys = np.linspace(-5.5, 2, 100), np.linspace(-3, 4, 80)
    values = 0.1 * xs[None, :] ** 2 + 2 * ys[:, None] ** 2
    runs = optviz.trace(opt=OPTIMIZERS).runs
    return xs, ys, values, [run.x.reshape(-1, 2) for run in runs]


def plotly(path: Path) -> None:
    """The picture by Plotly: a frame for each step."""
    import plotly.graph_objects as go

    xs, ys, values, paths = landscape()
    lines = [go.Scatter(x=p[:, 0], y=p[:, 1], mode="lines+markers") for p in paths]
    frames = [
        go.Frame(data=[go.Scatter(x=p[:t, 0], y=p[:t, 1]) for p in paths], traces=[1, 2, 3, 4])
        for t in range(1, len(paths[0]) + 1)
    ]
    figure = go.Figure([go.Contour(x=xs, y=ys, z=values), *lines], frames=frames)
    figure.write_html(path, include_plotlyjs=True)


def bokeh(path: Path) -> None:
    """The picture by Bokeh: a slider that cuts the paths off."""
    from bokeh.embed import file_html
    from bokeh.layouts import column
    from bokeh.models import CustomJS, Slider
    from bokeh.plotting import figure
    from bokeh.resources import INLINE

    xs, ys, values, paths = landscape()
    plot = figure()
    plot.contour(xs, ys, values, np.geomspace(0.05, 30, 12), line_color="grey")
    lines = [plot.line(p[:, 0], p[:, 1]) for p in paths]
    data = {"lines": [line.data_source for line in lines], "paths": [p.tolist() for p in paths]}
    cut = "lines.forEach((l, i) => { const p = paths[i].slice(0, cb_obj.value);"
    cut += " l.data = {x: p.map(q => q[0]), y: p.map(q => q[1])}; })"
    slider = Slider(start=1, end=len(paths[0]), value=1, step=1)
    slider.js_on_change("value", CustomJS(args=data, code=cut))
    path.write_text(file_html(column(plot, slider), INLINE), encoding="utf-8")


def times(folder: Path, count: int) -> None:
    """Prints how long a page takes to open and to draw anew."""
    long = folder / "long.html"
    optviz.trace(opt=OPTIMIZERS, steps=200).save(long)
    browser = Browser(folder / "profile")
    try:
        opening = []
        for _ in range(7):
            browser.open(long.as_uri())
            browser.settle()
            paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
            opening.append(browser.run(f"Math.max({paint} || 0, {LOADED})"))
        redraws = browser.run(WORK.replace("COUNT", str(count)))
    finally:
        browser.close()
    print(f"opens in          {median(opening):7.1f} ms   aim 300 ms")
    print(f"a drag redraws in {median(redraws):7.1f} ms   aim  16 ms   least {min(redraws):.1f} ms")


def main(count: int) -> None:
    print(f"{'file':34} {'bytes':>10} {'gzipped':>10}")
    with tempfile.TemporaryDirectory() as name:
        for path in pages(Path(name)):
            data = path.read_bytes()
            print(f"{path.name:34} {len(data):10,} {len(compress(data, 9, mtime=0)):10,}")
        if CHROMIUM:
            times(Path(name), count)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
