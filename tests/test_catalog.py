"""The catalogue: complete, and made from the registries."""

import pytest

from optviz import catalog, optimizers
from optviz.errors import UnknownName


@pytest.mark.parametrize("kind", catalog.KINDS)
def test_every_kind_has_entries_that_say_something(kind: str) -> None:
    found = catalog.entries(kind)
    assert found
    assert all(entry.name and entry.says for entry in found)


@pytest.mark.parametrize("rule", list(optimizers.registry), ids=lambda rule: rule.word())
def test_a_card_says_all_there_is(rule: type[optimizers.Rule]) -> None:
    card = "\n".join(line for line, _ in catalog.card(rule.word()))
    assert rule.says in card
    assert rule.fails in card
    assert rule.reference in card
    assert all(equation in card for equation in rule.equations)
    assert all(f"{key} " in card for key in rule.settings())
    assert all(f"@{d}" in card for d in list(rule.dialects)[1:])
    assert all(line in card for line in rule.made_by.values())


def test_an_unknown_kind_suggests_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean optimizers"):
        catalog.entries("optimiser")
