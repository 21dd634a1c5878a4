"""`optviz sweep`."""

from dataclasses import replace

from optviz import spec
from optviz.cli._options import OutSpec, takes
from optviz.cli._outputs import deliver, drawable, outputs
from optviz.cli._progress import progress
from optviz.cli._workers import WorkSpec, shared
from optviz.spec import LookSpec, RunSpec, SweepSpec


@takes(RunSpec, SweepSpec, LookSpec, OutSpec, WorkSpec)
def command(run: RunSpec, over: SweepSpec, look: LookSpec, out: OutSpec, who: WorkSpec) -> int:
    """Map steps, f, rate or status over one or two settings, with theory drawn on top."""
    from optviz import records

    found = outputs(out, "sweep", texts=records.CELLS, inputs=spec.inputs(run))
    wanted, marked = drawable(found, look), spec.marked(over)
    workers = shared(who)
    with progress("sweep", out.quiet) as watch:
        sweeps = spec.sweeps(run, over, replace(workers, watch=watch))
    texts = {o.format: records.cells(sweeps, o.format) for o in found if o.text}
    drawn = None
    if any(o.picture for o in found):
        from optviz.figures import _sweep as chart
        from optviz.spec.figure import Drawn, Figure

        made = Drawn(chart.scene(sweeps, wanted, marked), wanted, [])
        drawn = Figure("sweep", (run, over, look)).signed(made).scene, wanted
    return deliver(out, found, [], drawn=drawn, texts=texts)
