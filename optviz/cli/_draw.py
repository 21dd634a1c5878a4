"""What every drawing command does: spec, runs, scene, files, words."""

from optviz import spec
from optviz.cli._options import OutSpec
from optviz.cli._outputs import outputs, tell, write
from optviz.spec import FilmSpec, LookSpec, RunSpec


def draw(view: str, run: RunSpec, look: LookSpec, film: FilmSpec, out: OutSpec) -> int:
    """Draws the view of what `run` spells; returns the exit status."""
    from optviz import views

    found = outputs(out, f"{view}.png")
    wanted = spec.look(look, film)
    runs = [walk.run() for walk in spec.walks(run)]
    scene = views.scene(view, runs, wanted)
    write(out, found, runs, 1, scene, wanted)
    return tell(out, found, runs)
