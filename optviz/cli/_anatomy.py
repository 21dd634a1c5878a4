"""What `optviz trace --anatomy` does: one step as a picture, or worked out as a table."""

from optviz import spec
from optviz.cli._options import OutSpec
from optviz.cli._outputs import deliver, drawable, outputs
from optviz.spec import FilmSpec, LookSpec, RunSpec, StepSpec
from optviz.spec.figure import Figure


def dissect(run: RunSpec, step: StepSpec, look: LookSpec, film: FilmSpec, out: OutSpec) -> int:
    """Draws or tabulates the step of the one optimizer that `run` spells; the exit status."""
    from optviz.figures import _worked
    from optviz.figures._anatomy import check
    from optviz.studies.anatomy import anatomy

    assert step.anatomy is not None
    found = outputs(out, "trace", texts=_worked.SUFFIXES, inputs=spec.inputs(run))
    wanted, walk = drawable(found, look, film), spec.one(run)
    if any(o.picture for o in found):
        check(walk, step.anatomy, wanted)
    parts = anatomy(walk, step.anatomy)
    texts = {o.format: _worked.table(parts, walk.optimizer, o.format) for o in found if o.text}
    if not any(o.picture for o in found):
        return deliver(out, found, [walk.run()], texts=texts)
    drawn = Figure("trace", (run, step, look, film)).draw()
    return deliver(out, found, drawn.runs, drawn=(drawn.scene, drawn.look), texts=texts)
