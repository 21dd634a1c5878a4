"""`optviz sweep`."""

from optviz import spec
from optviz.cli._options import OutSpec, takes
from optviz.cli._outputs import deliver, outputs
from optviz.cli._progress import progress
from optviz.errors import BadValue
from optviz.spec import LookSpec, RunSpec, SweepSpec


@takes(RunSpec, SweepSpec, LookSpec, OutSpec)
def command(run: RunSpec, over: SweepSpec, look: LookSpec, out: OutSpec) -> int:
    """Map steps, f, rate or status over one or two settings, with theory drawn on top."""
    from optviz import record

    found = outputs(out, "sweep", texts=record.CELLS)
    wanted = spec.look(look)
    marked = tuple(spec.numbers("mark", over.mark)) if over.mark else ()
    if marked and len(marked) != len(over.over):
        raise BadValue("mark", over.mark, f"{len(over.over)} numbers are wanted, one an axis")
    with progress("sweep", out.quiet) as watch:
        sweeps = spec.sweeps(run, over, watch)
    texts = {o.format: record.cells(sweeps, o.format) for o in found if o.text}
    drawn = None
    if any(o.picture for o in found):
        from optviz.charts import sweep as chart

        drawn = chart.scene(sweeps, wanted, marked), wanted
    return deliver(out, found, [], drawn=drawn, texts=texts)
