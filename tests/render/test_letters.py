"""A counter set from letters is what matplotlib draws, pixel for pixel."""

import numpy as np
import pytest

from optviz import figures, spec
from optviz.render.draw.figure import settings
from optviz.render.draw.moving import Counter
from optviz.render.fast import shortcuts
from optviz.render.fast.letters import Letters
from optviz.render.fast.stage import Stage
from optviz.scene import Look, Timing
from optviz.scene.film import film
from optviz.spec import RunSpec

SAID = [
    *(f"step {n}   f = {1.37**n:.3g}" for n in range(-40, 40, 3)),
    "step 7",
    "step 12345   f = -0.00171",
    "step 10   f = 1.11e-07",
    "111.1771",
]


def counter(look: Look) -> tuple[Stage, Counter]:
    made = figures.scene("trace", [walk.run() for walk in spec.walks(RunSpec())], look)
    stage = Stage(film(made, Timing()), look)
    return stage, next(one for one in stage.moving if isinstance(one, Counter))


def letters(stage: Stage, one: Counter) -> Letters:
    stage.show(0)
    assert one.letters
    one.letters.room[:] = one.letters.ground
    return one.letters


@pytest.mark.parametrize("font", [None, "DejaVu Serif", "DejaVu Sans Mono", "STIXGeneral"])
@pytest.mark.parametrize("dpi", [50, 77, 100, 200])
def test_words_set_from_letters_are_what_matplotlib_draws(font: str | None, dpi: int) -> None:
    look = Look(size=(6 * dpi, 4 * dpi), dpi=dpi, counter=True, font=font)
    with settings():
        found = letters(*counter(look))
        for words in SAID:
            pictures = []
            for draw in (found.draw, lambda text: found._write(text, found.x)):
                draw(words)
                pictures.append(found.room.copy())
                found.room[:] = found.ground
            assert (pictures[0] == pictures[1]).all(), words
            assert len(np.unique(pictures[0])) > 1


@pytest.mark.skipif(not shortcuts.fit(), reason="letters stand elsewhere in this matplotlib")
@pytest.mark.parametrize("dpi", [50, 80, 100, 120, 150])
def test_the_counter_is_set_from_letters(dpi: int) -> None:
    with settings():
        look = Look(size=(8 * dpi, 6 * dpi), dpi=dpi, counter=True)
        assert letters(*counter(look)).trusted


def test_on_a_ground_that_is_not_even_matplotlib_draws() -> None:
    with settings():
        stage, one = counter(Look(counter=True))
        found = letters(stage, one)
        found.room[0, 0] ^= 1
        args = (found.gc, found.x, found.y, "step 1", found.font, found.angle)
        assert not Letters(stage.renderer, found.room, args, found.more).trusted
