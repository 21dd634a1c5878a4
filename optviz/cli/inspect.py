"""`optviz inspect`."""

from optviz import spec
from optviz.cli import _console
from optviz.cli._options import OutSpec, takes
from optviz.cli._outputs import Output, drawable, outputs
from optviz.errors import BadValue
from optviz.spec import JudgeSpec, LookSpec, RunSpec
from optviz.spec.figure import Drawn, Figure


@takes(RunSpec, JudgeSpec, LookSpec, OutSpec)
def command(run: RunSpec, given: JudgeSpec, look: LookSpec, out: OutSpec) -> int:
    """Tell what is known before any run: spectrum, κ, minimum, stable and best rates.

    Of gd, momentum and nesterov where no --opt is given; settings that are not given are told at
    their best. The report is the output; with -o it is drawn, and goes to standard error.
    """
    from optviz.figures import _inspect as chart
    from optviz.theory.verdict import report

    drawn = bool(out.output or out.format)
    found = _outputs(out, spec.inputs(run)) if drawn else []
    wanted = drawable(found, look)
    if drawn:
        chart.check(wanted)
    verdict = spec.verdict(run, given.tol)
    if drawn:
        made = Drawn(chart.scene(verdict, wanted), wanted, [])
        _write(found, Figure("inspect", (run, given, look)).signed(made))
    if out.json:
        facts = verdict.as_dict()
        paths = {"outputs": [one.path for one in found]} if drawn else {}
        _console.document({**facts, **paths})
    elif not drawn:
        _console.show(report(verdict))
    else:
        for one in found:
            _console.path(one.path) if one.path != "-" else None
        if not out.quiet:
            _console.say(report(verdict))
    return 4 if out.strict and any(told.diverges for told in verdict.forecasts) else 0


def _outputs(out: OutSpec, inputs: list[str]) -> list[Output]:
    """The pictures asked for. Raises `BadValue` for others, which want steps."""
    found = outputs(out, "inspect", inputs=inputs)
    for one in found:
        if not one.picture or one.many:
            raise BadValue("output", one.path, "a single picture is wanted: there are no steps")
    return found


def _write(found: list[Output], drawn: Drawn) -> None:
    from optviz import files, render

    for one in found:
        with files.writing(one.path, binary=True) as stream:
            render.write(drawn.scene, drawn.look, one.format, stream)
