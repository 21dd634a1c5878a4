"""Every argument of every library's schedule is read, passed over, or refused with a reason."""

import json
from pathlib import Path

import numpy as np
import pytest

from optviz import optimizers, schedules
from optviz.errors import OptvizError, TextError
from optviz.schedules import Schedule
from optviz.schedules._library_schedule import LibrarySchedule

RECORDED = Path(__file__).parent.parent / "recorded"
RECORD = json.loads((RECORDED / "signatures.json").read_text())
MORE = json.loads(str(np.load(RECORDED / "more_schedules.npz")["meta"]))
SIGNATURES: dict[str, dict[str, str | None]] = {
    function.rpartition(".")[2]: arguments
    for functions in (*RECORD["schedules"].values(), MORE["signatures"])
    for function, arguments in functions.items()
}
KINDS = [kind for kind in schedules.registry if issubclass(kind, LibrarySchedule)]
IDS = [kind.word() for kind in KINDS]
# A value for each argument that a library has no default for.
NEEDED = {
    "milestones": "[3,5]",
    "boundaries": "[3,5]",
    "values": "[0.1,0.2,0.3]",
    "decay_steps": "30",
    "warmup_steps": "5",
    "gamma": "0.9",
    "decay_rate": "0.9",
    "transition_steps": "30",
    "t_initial": "30",
    "decay_t": "30",
    "schedulers": "[LinearLR(0.1),StepLR(0.1,30)]",
    "schedules": "[linear(0.1,30),0.1,0.2]",
    "cosine_kwargs": "[dict(init_value=0.1,peak_value=0.1,warmup_steps=1,decay_steps=9)]",
}
# Where the same word is another thing.
ALSO_NEEDED = {
    "SequentialLR": {"milestones": "[3]"},
    "get_wsd_schedule": {"num_stable_steps": "5"},
    "get_cosine_with_min_lr_schedule_with_warmup": {"min_lr": "0"},
}


def read(kind: type[Schedule], words: dict[str, str]) -> Schedule:
    typed = ",".join(f"{word}={value}" for word, value in words.items())
    return optimizers.read(f"momentum:eta={kind.word()}({typed})").schedule


def needed(kind: type[Schedule]) -> dict[str, str]:
    """What must be given, and the base rate that stands in the place of PyTorch's optimizer."""
    arguments = SIGNATURES[kind.word()]
    rate = {"lr": "0.1"} if "lr" in {*kind.settings()} - {*arguments} else {}
    required = [word for word, default in arguments.items() if default is None]
    extra = {"total_steps": "50"} if "total_steps" in arguments else {}
    extra |= ALSO_NEEDED.get(kind.word(), {})
    return rate | {word: NEEDED.get(word, "1") for word in required} | extra


def test_the_signatures_are_those_of_the_schedules() -> None:
    assert SIGNATURES.keys() == set(IDS)


@pytest.mark.parametrize("kind", KINDS, ids=IDS)
def test_every_argument_is_declared(kind: type[Schedule]) -> None:
    declared = {*kind.settings(), *kind.library_arguments()}
    assert set(SIGNATURES[kind.word()]) - declared == set()


@pytest.mark.parametrize("kind", KINDS, ids=IDS)
def test_a_schedule_with_all_its_defaults_written_out_is_the_schedule(kind: type[Schedule]) -> None:
    defaults = {w: v for w, v in SIGNATURES[kind.word()].items() if v is not None}
    assert read(kind, defaults | needed(kind)) == read(kind, needed(kind))


@pytest.mark.parametrize("kind", KINDS, ids=IDS)
def test_values_without_names_stand_in_the_library_s_order(kind: type[Schedule]) -> None:
    # what a table passes over in between cannot be a number: a name, a switch, a function
    order = [word for word in SIGNATURES[kind.word()] if word in kind.settings()]
    assert [word for word in kind.settings() if word in order] == order


@pytest.mark.parametrize("kind", KINDS, ids=IDS)
def test_a_word_of_another_schedule_is_refused(kind: type[Schedule]) -> None:
    words = {word for arguments in SIGNATURES.values() for word in arguments}
    for word in words - {*kind.settings(), *kind.library_arguments()}:
        with pytest.raises(OptvizError):
            read(kind, needed(kind) | {word: "1"})


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("StepLR(0.1,3,last_epoch=4)", "last_epoch: every run here starts at its first step"),
        ("CyclicLR(0.1,0.3,scale_fn=mine)", "scale_fn: a function of one's own is not drawn"),
        ("StepLRScheduler(0.1,3,noise_range_t=(3,9))", "noise_range_t: a rate with noise is not"),
    ],
)
def test_an_argument_that_cannot_be_drawn_is_refused_with_a_reason(
    typed: str, message: str
) -> None:
    with pytest.raises(TextError, match=message):
        optimizers.read(f"momentum:eta={typed}")


def test_what_older_versions_of_a_library_had_is_passed_over_too() -> None:
    with_verbose = optimizers.read("gd:StepLR(0.1,3,verbose=True)")
    assert with_verbose == optimizers.read("gd:StepLR(0.1,3)")
