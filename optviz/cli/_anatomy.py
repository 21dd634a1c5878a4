"""What `optviz trace --anatomy` does: one step as a picture, or worked out as a table."""

from optviz import spec
from optviz.cli._options import OutSpec
from optviz.cli._outputs import deliver, outputs
from optviz.errors import Unfit
from optviz.spec import FilmSpec, LookSpec, RunSpec


def dissect(step: int, run: RunSpec, look: LookSpec, film: FilmSpec, out: OutSpec) -> int:
    """Draws or tabulates the step of the one optimizer that `run` spells; the exit status."""
    from optviz.anatomy import anatomy
    from optviz.charts import _worked
    from optviz.charts.anatomy import scene

    found = outputs(out, "trace", texts=_worked.SUFFIXES)
    wanted, walks = spec.look(look, film), spec.walks(run)
    if len(walks) > 1:
        raise Unfit(f"an anatomy is of one optimizer; {len(walks)} given")
    parts, done = anatomy(walks[0], step), walks[0].run()
    forms = {o.format for o in found if o.text}
    texts = {form: _worked.table(parts, walks[0].optimizer, form) for form in forms}
    drawn = (scene(parts, done, wanted), wanted) if any(o.picture for o in found) else None
    return deliver(out, found, [done], drawn=drawn, texts=texts)
