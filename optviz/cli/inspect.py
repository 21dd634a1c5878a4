"""`optviz inspect`."""

from typing import TYPE_CHECKING

from optviz import spec
from optviz.cli import _console
from optviz.cli._options import OutSpec, takes
from optviz.drawing import Drawn, Figure
from optviz.errors import BadValue
from optviz.spec import JudgeSpec, LookSpec, RunSpec

if TYPE_CHECKING:
    from optviz.verdict import Verdict


@takes(RunSpec, JudgeSpec, LookSpec, OutSpec)
def command(run: RunSpec, given: JudgeSpec, look: LookSpec, out: OutSpec) -> int:
    """Tell what is known before any run: spectrum, κ, minimum, stable and best rates.

    Of gd, momentum and nesterov where no --opt is given; settings that are not given are told at
    their best. The report is the output; with -o it is drawn, and goes to standard error.
    """
    from optviz.verdict import report

    verdict = spec.verdict(run, given.tol)
    drawn = bool(out.output or out.format)
    paths = _draw(verdict, Figure("inspect", (run, given, look)), out) if drawn else []
    if out.json:
        found = verdict.as_dict()
        _console.document({**found, "outputs": paths} if drawn else found)
    elif not drawn:
        _console.show(report(verdict))
    elif not out.quiet:
        _console.say(report(verdict))
    return 4 if out.strict and any(told.diverges for told in verdict.forecasts) else 0


def _draw(verdict: "Verdict", figure: Figure, out: OutSpec) -> list[str]:
    """Draws the chart into every output, tells of the paths, and returns them."""
    from optviz import files, render
    from optviz.charts import verdict as chart
    from optviz.cli._outputs import outputs

    found = outputs(out, "inspect")
    for one in found:
        if not one.picture or one.many:
            raise BadValue("output", one.path, "a single picture is wanted: there are no steps")
    wanted = spec.look(figure.of(LookSpec))
    scene = figure.signed(Drawn(chart.scene(verdict, wanted), wanted, [])).scene
    render.load()
    for one in found:
        with files.writing(one.path, binary=True) as stream:
            render.write(scene, wanted, one.format, stream)
    paths = [one.path for one in found]
    if not out.json:
        for path in paths:
            if path != "-":
                _console.path(path)
    return paths
