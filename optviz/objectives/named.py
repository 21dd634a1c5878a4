"""The objectives that have names: quadratics and test functions."""

from collections.abc import Hashable
from dataclasses import replace
from functools import cache

from optviz.objectives import expression
from optviz.objectives.famous import FAMOUS
from optviz.objectives.objective import Objective, Quadratic
from optviz.objectives.presets import QUADRATICS, Preset
from optviz.objectives.smooth import Smooth

PRESETS = QUADRATICS | FAMOUS


def preset(text: str) -> Preset | None:
    """The preset called so, in any case, or None."""
    return PRESETS.get(text.strip().lower())


def named(word: str) -> Objective:
    """The objective of a preset, with what is known of it; `word` is what was typed."""
    found = PRESETS[word.lower()]
    return _with(expression.read(found.text), word, found)


def known(f: Objective) -> Objective:
    """A typed function; if it is that of a preset, with the minima that are known of that."""
    found = _by_function().get(f.key) if isinstance(f, Smooth) else None
    return _with(f, f.text, found) if found else f


def _with(f: Objective, text: str, preset: Preset) -> Objective:
    if isinstance(f, Smooth):
        return Smooth(
            f.tape,
            f.dim,
            text,
            f.names,
            spelled=f.text,
            minima=preset.minima,
            least=preset.least,
            region=preset.region,
        )
    assert isinstance(f, Quadratic)
    return replace(f, text=text)


@cache
def _by_function() -> dict[Hashable, Preset]:
    """The test functions by what tells them apart; some milliseconds, where one is typed."""
    return {expression.read(preset.text).key: preset for preset in FAMOUS.values()}
