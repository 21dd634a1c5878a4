"""Names read from a source are those that the classes have."""

import pytest

from optviz import gradients, objectives, optimizers, schedules
from optviz.cli import _source_names as source
from optviz.objectives import quadratic_file
from optviz.render.draw import theme


@pytest.mark.parametrize("name", optimizers.registry.names)
def test_an_optimizer(name: str) -> None:
    rule, package = optimizers.registry[name], optimizers.__name__
    assert set(source.settings(package, name)) == set(rule.settings())
    assert source.keys(package, name, "dialects") == list(rule.dialects)
    for library, words in rule.spellings.items():
        assert set(source.spellings(package, name, library)) == set(words), library
    assert source.spellings(package, name, "nosuch") == []


@pytest.mark.parametrize("name", schedules.registry.names)
def test_a_schedule(name: str) -> None:
    assert source.settings(schedules.__name__, name) == list(schedules.registry[name].settings())


@pytest.mark.parametrize("name", gradients.registry.names)
def test_a_source_of_gradients(name: str) -> None:
    assert source.settings(gradients.__name__, name) == list(gradients.registry[name].settings())


def test_presets_and_themes() -> None:
    quadratics = source.entries("optviz.objectives.presets", "QUADRATICS")
    famous = source.entries("optviz.objectives.famous", "FAMOUS")
    assert [*quadratics, *famous] == list(objectives.PRESETS)
    assert source.entries("optviz.render.draw.theme", "THEMES") == list(theme.THEMES)


def test_files_of_an_objective() -> None:
    readers = source.entries("optviz.objectives.quadratic_file", "READERS")
    assert readers == list(quadratic_file.READERS)


def test_what_is_not_there_has_no_names() -> None:
    assert source.settings(optimizers.__name__, "nosuch") == []
    assert source.keys(optimizers.__name__, "adam", "nosuch") == []
    assert source.entries("optviz.objectives.presets", "nosuch") == []
