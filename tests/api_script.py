"""A user's script with every public function: mypy --strict and pyright accept it."""

import warnings
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

import optviz

warnings.simplefilter("error", optviz.OptvizWarning)
Q = np.array([[4.0, 1.0], [1.0, 3.0]])
one: optviz.Trajectory = optviz.run(Q, "gd:eta=0.1", start=(-5, -2), steps=20)
many: list[optviz.Trajectory] = optviz.run("d2l", ["adam", "gd"], eta=0.3)
print(one.x.shape, one.f[-1], one.rate[-1], one.status, many)
figure: optviz.Figure = optviz.trace("d2l", ["adam", "gd"], eta=0.3, gradient="noise(1)", seeds=9)
figure.axes[0].axhline(0)
canvas: Figure = figure.figure
figure.save("a.png", "a.svg")
optviz.rates("d2l", "rmsprop", steps=120, theme="dark").save("rates.png")
optviz.rates("rosenbrock", "adam", of="sharpness", steps=9).save("sharpness.csv")
optviz.inspect("rosenbrock", "gd", at=(1, 1)).save("point.json")
optviz.loss("d2l", ["adam", "gd"], eta=0.3, xlog=True, ylim=(1e-6, 100)).save("loss.pdf")
optviz.compare("d2l", "adam,gd", eta=0.3, rows="trace,loss").save("compare.png")
optviz.coordinates("d2l", "adam", about="minimum", size=(960, 480)).save("coordinates.png")
optviz.phase("d2l", "momentum:eta=0.6,beta=0.5").save("phase.png")
optviz.polynomial(Q, "gd", eta=0.2).save("polynomial.csv")
optviz.heat("d2l", "adam", steps=9, theme="dark").save("heat.svg")
log = Path(__file__).parents[1] / "gallery/edge-momentum.jsonl"
optviz.edge(str(log), rows="edge,loss", against="time").save("edge.png", "edge.csv")
optviz.ratio([str(log)], xlog=True).save("ratio.png")
optviz.norms(str(log), theme="dark").save("norms.png")
optviz.schedule(["cosine(0.3,60)", "exponential(0.4,0.9)"], steps=60).save("schedule.csv")
sweep = optviz.sweep(Q, "gd", over={"eta": np.linspace(0.05, 0.4, 8)}, c=[1, 2], b=0.5)
print(sweep.content[0].values, sweep.facts)
verdict = optviz.inspect("d2l", "momentum", tol=1e-8)
print(verdict, verdict.facts["kappa"])
optviz.loss("d2l", "adam", eta=0.3, ax=Figure().subplots())
optviz.figure(one, "trace", theme="dark").shown_as("svg").save("run.png")
tables = {"both": {"opt": ["adam", "gd"], "eta": 0.3, "output": "both.png"}}
print([report.status for report in optviz.batch.draw(tables)])
reports = optviz.batch(tables, only="both", dry_run=True)
print(reports[0].paths, optviz.run("d2l", "adam", gradient="noise(1)", seeds=4, jobs=1).batch)
if find_spec("pandas") or find_spec("polars"):
    print(one.to_frame(), figure.to_frame())
block = "```optviz\ntrace -n 3 --size 300x200\n```\n"
rendered = optviz.book.render(block, name="page")
print(rendered.text, [one.status for one in rendered.reports])
print(optviz.book.draw_block("explain gd").text)
Path("page.md").write_text(block)
print([one.diff for one in optviz.book("page.md", check=True)])
valley = optviz.objective(lambda x: (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2)
print(valley.value(np.array([1.0, 1.0])), optviz.run(valley, "adam", eta=0.05, steps=9).status)
recorder = optviz.record  # with optviz.record(optimizer, "adam.jsonl"): …
try:
    optviz.trace("d2l", "gd", steps=20, start=[(-5, -2), (4, 2)], param={"nothing": 0.9})
except optviz.OptvizError as error:
    print(error)
