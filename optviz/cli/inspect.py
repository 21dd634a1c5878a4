"""`optviz inspect`."""

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from optviz import spec
from optviz.cli._options import OutSpec, takes
from optviz.errors import BadValue, Unfit
from optviz.spec import LookSpec, RunSpec, option

if TYPE_CHECKING:
    from optviz.verdict import Verdict


@dataclass(frozen=True)
class JudgeSpec:
    """When a run counts as done."""

    tol: float = option(1e-6, "f − f*, relative to the start's, at which a run is done", value="N")


_USUAL = ("gd", "momentum", "nesterov")


@takes(RunSpec, JudgeSpec, LookSpec, OutSpec)
def command(run: RunSpec, given: JudgeSpec, look: LookSpec, out: OutSpec) -> int:
    """Tell what is known before any run: spectrum, κ, minimum, stable and best rates.

    Of gd, momentum and nesterov where no --opt is given; settings that are not given are told at
    their best. The report is the output; with -o it is drawn, and goes to standard error.
    """
    from optviz.verdict import report

    if not 0 < given.tol < 1:
        raise BadValue("tol", f"{given.tol:g}", "a number between 0 and 1 is wanted")
    verdict = _verdict(replace(run, opt=run.opt or _USUAL), given.tol)
    drawn = bool(out.output or out.format)
    paths = _draw(verdict, look, out) if drawn else []
    if out.json:
        from json import dumps

        found = verdict.as_dict()
        print(dumps({**found, "outputs": paths} if drawn else found, ensure_ascii=False))
    elif not drawn:
        print(report(verdict))
    elif not out.quiet:
        print(report(verdict), file=sys.stderr)
    return 4 if out.strict and any(told.diverges for told in verdict.forecasts) else 0


def _verdict(run: RunSpec, tolerance: float) -> "Verdict":
    from optviz import syntax
    from optviz.verdict import at_best, judge

    walks = spec.walks(run)
    common = {f for f in ("eta", "beta", "rho", "beta1", "beta2", "eps") if getattr(run, f)}
    common |= {pair.partition("=")[0].strip() for pair in run.param}
    q, start = walks[0].objective, walks[0].start[0]
    if len(walks[0].start) > 1:
        raise Unfit("a verdict is on one start; give one")
    optimizers = []
    for walk, text in zip(walks, run.opt, strict=True):
        thing = syntax.read("optimizer", text)
        own = {*thing.named, *(["eta"] if thing.unnamed else [])} | common
        own = {"eta" if key == "lr" else key for key in own}
        optimizers.append(at_best(walk.optimizer, q, own))
    return judge(q, optimizers, start, walks[0].steps, tolerance)


def _draw(verdict: "Verdict", look: LookSpec, out: OutSpec) -> list[str]:
    """Draws the chart into every output, tells of the paths, and returns them."""
    from optviz import files, render
    from optviz.charts import verdict as chart
    from optviz.cli._outputs import outputs

    found = outputs(out, "inspect")
    for one in found:
        if not one.picture or one.many:
            raise BadValue("output", one.path, "a single picture is wanted: there are no steps")
    wanted = spec.look(look)
    scene = chart.scene(verdict, wanted)
    render.load()
    for one in found:
        with files.writing(one.path, binary=True) as stream:
            render.write(scene, wanted, one.format, stream)
    paths = [one.path for one in found]
    if not out.json:
        for path in paths:
            if path != "-":
                print(path, flush=True)
    return paths
