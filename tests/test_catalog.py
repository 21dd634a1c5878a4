"""The catalogue: complete, and made from the registries."""

import pytest

from optviz import catalog, cli, optimizers, schedules
from optviz.errors import UnknownName
from optviz.errors.name_synonyms import KINDS


@pytest.mark.parametrize("kind", KINDS)
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


@pytest.mark.parametrize("kind", list(schedules.registry), ids=lambda kind: kind.word())
def test_a_card_of_a_schedule_says_all_there_is(kind: type[schedules.Schedule]) -> None:
    lines = [line for line, _ in catalog.card(kind.word().upper())]
    card = " ".join(" ".join(lines).split())
    assert kind.formula in card
    assert kind.source in card
    assert kind.says[1:] in card
    for name, meaning in kind.settings().items():
        assert name in card
        assert meaning.says in card
    assert all(argument in card for argument in kind.library_arguments())
    assert max(map(len, lines)) <= 130


def test_a_schedule_is_explained_by_a_call_of_it_too() -> None:
    assert catalog.card("StepLR(0.1,step_size=30)") == catalog.card("steplr")


def test_a_list_of_schedules_is_grouped_and_fits_100_columns(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["list", "schedules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 100
    groups = [line for line in lines if not line.startswith(" ")]
    assert [group.split()[0].rstrip(":") for group in groups] == [
        "plain", "PyTorch", "transformers", "timm", "Keras", "Optax",
    ]  # fmt: skip
    assert len(lines) == len(groups) + len(schedules.registry.names)
    assert any("  StepLR(lr,step_size,…)  " in line for line in lines)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("SequentalLR", "SequentialLR"), ("step_lr", "StepLR"), ("adgrad", "adagrad")],
)
def test_an_unknown_card_suggests_an_optimizer_or_a_schedule(typed: str, meant: str) -> None:
    with pytest.raises(UnknownName, match=f"(did you mean|write) {meant}"):
        catalog.card(typed)


def test_an_unknown_kind_suggests_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean optimizers"):
        catalog.entries("optimiser")
