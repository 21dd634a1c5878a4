"""The libraries' schedules against the rates that the libraries gave (tests/recorded)."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from optviz import schedules
from optviz.schedules import Schedule
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text import syntax

RECORDED = np.load(Path(__file__).parents[1] / "recorded" / "schedules.npz")
META = json.loads(str(RECORDED["meta"]))
CASES = [pytest.param(case, id=case["text"]) for case in META["cases"]]
SOURCES = {"torch": "PyTorch 2.13", "keras": "Keras 3.15", "optax": "Optax 0.2.8"}


def read(text: str) -> Schedule:
    return schedules.read("rate", text, syntax.value("rate", text))


@pytest.mark.parametrize("case", CASES)
def test_a_line_of_a_training_script_gives_the_rates_of_the_library(case: dict[str, str]) -> None:
    schedule, rates = read(case["text"]), RECORDED[case["key"]]
    ours = [schedule(t) for t in range(1, META["steps"] + 1)]
    # at the foot of a wave the libraries' cosines cancel: what is left of 1e-15 of the highest rate
    assert ours == pytest.approx(rates.tolist(), rel=1e-12, abs=1e-15 * rates.max())


@pytest.mark.parametrize("case", CASES)
def test_such_a_line_is_printed_in_the_library_s_words_and_reads_back(case: dict[str, str]) -> None:
    schedule = read(case["text"])
    assert read(str(schedule)) == schedule
    assert str(schedule).partition("(")[0] == case["text"].partition("(")[0]
    assert schedule.source.startswith(SOURCES[case["library"]])


def test_every_schedule_of_a_library_is_recorded_in_two_settings_or_more() -> None:
    count = Counter(case["text"].partition("(")[0] for case in META["cases"])
    named = {kind.word() for kind in schedules.registry if issubclass(kind, LibrarySchedule)}
    assert count.keys() == named
    assert min(count.values()) >= 2


def test_the_versions_are_those_that_the_schedules_name() -> None:
    for library, source in SOURCES.items():
        assert META["versions"][library].startswith(source.split()[1])
