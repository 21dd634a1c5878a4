"""The libraries' schedules against the rates that the libraries gave (tests/recorded)."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from optviz import schedules
from optviz.arrays import Array
from optviz.schedules import Schedule
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text import syntax

FOLDER = Path(__file__).parents[1] / "recorded"
FILES = [np.load(FOLDER / f"{name}.npz") for name in ("schedules", "more_schedules")]
METAS = [json.loads(str(file["meta"])) for file in FILES]
ALL = [(case, file) for file, meta in zip(FILES, METAS, strict=True) for case in meta["cases"]]
CASES = [pytest.param(case, file[case["key"]], id=case["text"]) for case, file in ALL]
STEPS = 120
SOURCES = {
    "torch": "PyTorch 2.13",
    "keras": "Keras 3.15",
    "optax": "Optax 0.2.8",
    "transformers": "transformers 5.24",
    "timm": "timm 1.0",
}


def read(text: str) -> Schedule:
    return schedules.read("rate", text, syntax.value("rate", text))


@pytest.mark.parametrize(("case", "rates"), CASES)
def test_a_line_of_a_training_script_gives_the_rates_of_the_library(
    case: dict[str, str], rates: Array
) -> None:
    schedule = read(case["text"])
    ours = [schedule(t) for t in range(1, STEPS + 1)]
    # at the foot of a wave the libraries' cosines cancel: what is left of 1e-15 of the highest rate
    assert ours == pytest.approx(rates.tolist(), rel=1e-12, abs=1e-15 * rates.max())


@pytest.mark.parametrize(("case", "rates"), CASES)
def test_its_steps_may_be_asked_for_in_any_order(case: dict[str, str], rates: Array) -> None:
    forward, backward = read(case["text"]), read(case["text"])
    there = [forward(t) for t in range(1, STEPS + 1)]
    assert [backward(t) for t in range(STEPS, 0, -1)] == there[::-1]


@pytest.mark.parametrize(("case", "rates"), CASES)
def test_such_a_line_is_printed_in_the_library_s_words_and_reads_back(
    case: dict[str, str], rates: Array
) -> None:
    schedule = read(case["text"])
    assert read(str(schedule)) == schedule
    assert str(schedule).partition("(")[0] == case["text"].partition("(")[0]
    assert schedule.source.startswith(SOURCES[case["library"]])


def test_every_schedule_of_a_library_is_recorded_in_two_settings_or_more() -> None:
    count = Counter(case["text"].partition("(")[0] for case, _ in ALL)
    named = {kind.word() for kind in schedules.registry if issubclass(kind, LibrarySchedule)}
    assert count.keys() == named
    assert min(count.values()) >= 2


def test_the_versions_are_those_that_the_schedules_name() -> None:
    versions = METAS[0]["versions"] | METAS[1]["versions"]
    for library, source in SOURCES.items():
        assert versions[library].startswith(source.split()[1])
