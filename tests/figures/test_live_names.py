"""Names of walks in a page: the numbers of their sliders stand where their values are told."""

import pytest

from optviz import figures, spec
from optviz.scene import Live, LiveWalk, Look
from optviz.spec import RunSpec


def live(opt: tuple[str, ...], look: Look = Look()) -> Live:  # noqa: B008
    runs = [walk.run() for walk in spec.walks(RunSpec(opt=opt))]
    scene = figures.scene("rates", runs, look)
    assert scene.live
    found = scene.live(look.sliders)
    assert found
    return found


def told(parts: tuple[str | int, ...], walk: LiveWalk) -> str:
    return "".join(f"{walk.knobs[p].value:g}" if isinstance(p, int) else p for p in parts)


NAMES = [
    ("gd:eta=0.3", "Gradient descent, η = 0.3", "Gradient descent"),
    ("gd:eta=cosine(0.4,60)", "Gradient descent, η = cosine(0.4, 60)", None),
    ("adam:eta=warmup(0.5,10)", "Adam, η = warmup(0.5, 10)", None),
    ("adam:eta=0.2,beta1=0.7", "Adam, η = 0.2, β₁ = 0.7", "Adam"),
    ("gd:eta=linear(60,60)", "Gradient descent, η = linear(60, 60)", None),
]


@pytest.mark.parametrize(("opt", "name", "title"), NAMES)
def test_a_name_has_its_sliders_in_it_and_a_title_the_schedules_alone(
    opt: str, name: str, title: str | None
) -> None:
    walk = live((opt, "adagrad:eta=0.9")).walks[0]
    assert told(walk.name, walk) == name
    assert told(walk.title, walk) == (title or name)
    assert [part for part in walk.name if isinstance(part, int)]


def test_labels_are_the_names_of_a_page_too() -> None:
    found = live(("gd", "adam"), Look(labels=("{0}, η = 1", "$5 a step")))
    assert [walk.name for walk in found.walks] == [("{0}, η = 1",), (r"\$5 a step",)]
    assert [walk.title for walk in found.walks] == [walk.name for walk in found.walks]
