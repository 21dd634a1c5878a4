"""`optviz sweep`."""

from optviz import spec
from optviz.cli._options import OutSpec, takes
from optviz.cli._outputs import deliver, outputs
from optviz.cli._progress import progress
from optviz.spec import LookSpec, RunSpec, SweepSpec


@takes(RunSpec, SweepSpec, LookSpec, OutSpec)
def command(run: RunSpec, over: SweepSpec, look: LookSpec, out: OutSpec) -> int:
    """Map steps, f, rate or status over one or two settings, with theory drawn on top."""
    from optviz import record

    found = outputs(out, "sweep", texts=record.CELLS)
    wanted = spec.look(look)
    marked = spec.marked(over)
    with progress("sweep", out.quiet) as watch:
        sweeps = spec.sweeps(run, over, watch)
    texts = {o.format: record.cells(sweeps, o.format) for o in found if o.text}
    drawn = None
    if any(o.picture for o in found):
        from optviz.charts import sweep as chart
        from optviz.drawing import Drawn, Figure

        made = Drawn(chart.scene(sweeps, wanted, marked), wanted, [])
        drawn = Figure("sweep", (run, over, look)).signed(made).scene, wanted
    return deliver(out, found, [], drawn=drawn, texts=texts)
