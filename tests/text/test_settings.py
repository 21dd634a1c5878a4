"""Laws of everything that has settings: each rule and each schedule, found and not named."""

import math
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from optviz import optimizers, schedules
from optviz.errors import BadValue, TextError, UnknownName
from optviz.schedules.linearlr import LinearLR
from optviz.schedules.steplr import StepLR
from optviz.schedules.warmup_cosine_decay_schedule import WarmupCosineDecaySchedule
from optviz.text import syntax
from optviz.text.setting import Setting
from optviz.text.settings import (
    HasSettings,
    check_name,
    is_zero,
    match_case,
    read_setting,
    setting,
    show,
)

KINDS = [*optimizers.registry, *schedules.registry]
SETTINGS = [
    pytest.param(kind, name, id=f"{kind.word()}.{name}")
    for kind in KINDS
    for name, meaning in kind.settings().items()
    if meaning.within
]
# Settings that want each other, with what they may be; the outermost values are no values for all.
PAIR = (LinearLR(0.3), StepLR(0.3, 20.0))
TOGETHER: dict[str, dict[str, Any]] = {
    "PiecewiseConstantDecay": {"boundaries": (7.0,), "values": (0.3, 0.2)},
    "SequentialLR": {"schedulers": PAIR, "milestones": (7.0,)},
    "ChainedScheduler": {"schedulers": PAIR},
    "join_schedules": {"schedules": PAIR, "boundaries": (7.0,)},
    "sgdr_schedule": {"cosine_kwargs": (WarmupCosineDecaySchedule(0.1, 0.3, 7.0, 20.0),)},
    "get_wsd_schedule": {"num_training_steps": 60.0, "num_stable_steps": 20.0},
    "get_cosine_with_min_lr_schedule_with_warmup": {"min_lr": 0.1, "min_lr_rate": None},
    "get_polynomial_decay_schedule_with_warmup": {"lr": 0.3, "lr_end": 0.01},
    "OneCycleLR": {"total_steps": 20.0},
    "warmup_cosine_decay_schedule": {"warmup_steps": 1.0, "decay_steps": 20.0},
    "linear_onecycle_schedule": {"transition_steps": 20.0, "pct_start": 0.3, "pct_final": 0.85},
}
CHOICES = [
    pytest.param(kind, name, id=f"{kind.word()}.{name}")
    for kind in KINDS
    for name, meaning in kind.settings().items()
    if meaning.choices
]


def ends(meaning: Setting) -> tuple[float, float, bool, bool]:
    low, high = (float(end) for end in meaning.within[1:-1].split(","))
    return low, high, meaning.within[0] == "[", meaning.within[-1] == "]"


def inside(meaning: Setting) -> float:
    low, high, *_ = ends(meaning)
    return low + 2.0 if meaning.whole else low + min(high - low, 1.0) / 2


def shaped(kind: Any, name: str, number: Any) -> Any:
    """The number as the setting wants it: itself, in a list, in a pair."""
    listed = kind.settings()[name].listed
    length = len(TOGETHER.get(kind.word(), {}).get(name, (1,))) if listed == "numbers" else 1
    return {"": number, "numbers": (number,) * length, "pairs": ((number, number),)}[listed]


def outside(meaning: Setting) -> list[float]:
    """The nearest numbers that are not allowed."""
    low, high, with_low, with_high = ends(meaning)
    yield math.nextafter(low, -math.inf) if with_low else low
    if high != math.inf or not with_high:
        yield math.nextafter(high, math.inf) if with_high else high
    yield math.nan


def allowed(meaning: Setting) -> list[float]:
    """The outermost numbers that are."""
    low, high, with_low, with_high = ends(meaning)
    if not meaning.whole:
        yield low if with_low else math.nextafter(low, math.inf)
        yield high if with_high else math.nextafter(high, -math.inf)


def made(kind: Any, **given: Any) -> Any:
    """One of the kind, what must be given set to a number in its range."""
    required = [f.name for f in fields(kind) if f.default is f.default_factory]
    together = TOGETHER.get(kind.word(), {})
    alone = [name for name in required if name not in together]
    usual = {name: shaped(kind, name, inside(kind.settings()[name])) for name in alone}
    return kind(**usual | together | given)


def text_of(kind: Any, name: str, value: Any) -> str:
    """The one setting made in words, by an optimizer that has it."""
    if issubclass(kind, optimizers.Rule):
        return f"{kind.word()}:{name}={value}"
    listed = kind.settings()[name].listed
    value = {"": "{}", "numbers": "[{}]", "pairs": "{{1:{}}}"}[listed].format(value)
    others = {key: show(getattr(made(kind), key)) for key in kind.settings()} | {name: value}
    return f"gd:eta={kind.word()}({','.join(f'{key}={v}' for key, v in others.items())})"


@pytest.mark.parametrize(("kind", "name"), SETTINGS)
def test_a_number_just_outside_its_range_is_refused(kind: Any, name: str) -> None:
    meaning = kind.settings()[name]
    for value in outside(meaning):
        with pytest.raises(BadValue, match=f"{kind.__name__.lower()}: {name}: "):
            made(kind, **{name: shaped(kind, name, value)})


@pytest.mark.parametrize(("kind", "name"), SETTINGS)
def test_a_text_with_such_a_number_points_at_it(kind: Any, name: str) -> None:
    for value in outside(kind.settings()[name]):
        if math.isfinite(value):
            text = text_of(kind, name, repr(value))
            with pytest.raises(TextError) as caught:
                optimizers.read(text)
            place = slice(caught.value.at, caught.value.at + caught.value.length)
            assert text[place] == repr(value)
            assert caught.value.message == f"{kind.settings()[name].range_text(name)} is wanted"


@pytest.mark.parametrize(
    ("kind", "name"),
    [case for case in SETTINGS if case.values[1] not in TOGETHER.get(case.values[0].word(), {})],
)
def test_a_number_just_inside_its_range_is_taken(kind: Any, name: str) -> None:
    for value in allowed(kind.settings()[name]):
        setting = shaped(kind, name, value)
        assert getattr(made(kind, **{name: setting}), name) == setting


@pytest.mark.parametrize(
    ("kind", "name"),
    [case for case in SETTINGS if not case.values[0].settings()[case.values[1]].listed],
)
def test_of_a_column_every_number_is_checked(kind: Any, name: str) -> None:
    meaning = kind.settings()[name]
    good = inside(meaning)
    if name not in TOGETHER.get(kind.word(), {}):
        made(kind, **{name: np.array([[good], [good]])})
    for value in outside(meaning):
        with pytest.raises(BadValue):
            made(kind, **{name: np.array([[good], [value]])})


@pytest.mark.parametrize(
    ("kind", "name"), [case for case in SETTINGS if case.values[0].settings()[case.values[1]].whole]
)
def test_a_whole_number_has_no_fraction(kind: Any, name: str) -> None:
    listed = kind.settings()[name].listed
    for value in (2.5, 7.5) if listed else (2.5, np.array([[2.0], [2.5]])):
        with pytest.raises(BadValue, match="a whole number is wanted"):
            made(kind, **{name: shaped(kind, name, value)})
    with pytest.raises(TextError, match="a whole number is wanted"):
        optimizers.read(text_of(kind, name, "2.5"))


@pytest.mark.parametrize(("kind", "name"), CHOICES)
def test_a_word_that_is_no_choice_is_refused(kind: Any, name: str) -> None:
    choices = kind.settings()[name].choices
    with pytest.raises(BadValue, match=f"one of {', '.join(choices)} is wanted"):
        made(kind, **{name: "sideways"})
    for word in ("sideways", "3", "sideways(2)", "[1]"):
        with pytest.raises(TextError, match=f"{name} is {' or '.join(choices)}"):
            optimizers.read(text_of(kind, name, word))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.word())
def test_every_setting_says_what_it_is(kind: Any) -> None:
    for name, meaning in kind.settings().items():
        field = next(f for f in fields(kind) if f.name == name)
        assert meaning.says
        if isinstance(field.default, bool | optimizers.Rule):
            assert not (meaning.within or meaning.choices)
        elif meaning.choices:
            assert field.default in meaning.choices
        elif meaning.listed != "calls":
            assert meaning.within, "a number has a range"
            assert meaning.symbol
            assert meaning.latex


def values(field: Any) -> st.SearchStrategy[Any]:
    """Everything that a field may be."""
    meaning = field.metadata["setting"]
    if meaning.choices:
        return st.sampled_from(meaning.choices)
    if isinstance(field.default, bool):
        return st.booleans()
    if isinstance(field.default, optimizers.Rule):
        return st.just(field.default)
    if meaning.listed == "calls":
        return st.just(PAIR)
    several = st.lists(numbers(meaning), min_size=1, max_size=4)
    whole = {
        "": numbers(meaning),
        "numbers": several.map(tuple),
        "pairs": several.map(lambda found: tuple((one, one) for one in found)),
    }[meaning.listed]
    return st.none() | whole if meaning.optional else whole


def numbers(meaning: Setting) -> st.SearchStrategy[float]:
    low, high, with_low, with_high = ends(meaning)
    if meaning.whole:
        return st.integers(math.ceil(low), int(min(high, 10**9))).map(float)
    high, with_high = (None, False) if high == math.inf else (high, with_high)
    return st.floats(
        low,
        high,
        exclude_min=not with_low,
        exclude_max=high is not None and not with_high,
        allow_nan=False,
        allow_infinity=False,
    )


def instances(kinds: list[Any]) -> st.SearchStrategy[Any]:
    return st.sampled_from(kinds).flatmap(
        lambda kind: st.fixed_dictionaries({f.name: values(f) for f in fields(kind)}).map(
            lambda given: together(kind, given)
        )
    )


def together(kind: Any, given: dict[str, Any]) -> Any:
    """One of the kind, some settings usual where those that are given do not go together."""
    try:
        return kind(**given)
    except BadValue:
        usual = {"clip": None} if "clip" in given else TOGETHER[kind.word()]
        return kind(**given | usual)


@effort(max_examples=300)
@given(st.data(), instances(list(optimizers.registry)), instances(list(schedules.registry)))
def test_an_optimizer_of_any_settings_reads_back_from_its_text(
    data: Any, rule: Any, schedule: Any
) -> None:
    dialect = data.draw(st.sampled_from(["", *rule.dialects]))
    if not rule.momentum and schedule.momentum(1) is not None:
        schedule = replace(schedule, cycle_momentum=False)  # it has none that could move
    optimizer = optimizers.Optimizer(rule, schedule, dialect)
    again = optimizers.read(str(optimizer))
    assert again == optimizer
    assert str(again) == str(optimizer)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.4, "0.4"),
        (2.0, "2"),
        (2, "2"),
        (1e-6, "1e-06"),
        (1e16, "1e+16"),
        (0.1 + 0.2, "0.30000000000000004"),
        (np.float64(0.5), "0.5"),
        (True, "true"),
        (False, "false"),
        ("inside", "inside"),
        (-0.0, "-0"),
        (None, "None"),
        ((), "[]"),
        ((30.0, 0.5), "[30,0.5]"),
        (((30.0, 0.5), (80.0, 3.0)), "{30:0.5,80:3}"),
    ],
)
def test_a_value_is_shown_as_it_is_typed(value: Any, text: str) -> None:
    assert show(value) == text


@dataclass(frozen=True)
class Kettle(HasSettings):
    heat: float = setting(..., "h", "h", "how hot", "(0, 1]")
    cups: float = setting(2.0, "n", "n", "for how many", "[1, 8]", whole=True)
    lid: bool = setting(False, "", "", "on or off")
    tea: str = setting("green", "", "", "which", choices=("green", "black"))
    times: tuple[float, ...] = setting(
        (), "t", "t", "when", "[0, 24)", whole=True, listed="numbers"
    )
    sugar: tuple[tuple[float, float], ...] | None = setting(
        None, "s", "s", "how much in which", "[0, 8]", listed="pairs"
    )
    milk: float | None = setting(None, "m", "m", "how much", "[0, 1]")


def taken(name: str, text: str) -> Any:
    return read_setting("kettle", text, Kettle, name, syntax.value("kettle", text))


def test_each_setting_is_taken_as_what_it_is() -> None:
    assert [taken("heat", "1"), taken("lid", "True"), taken("tea", "BLACK")] == [1.0, True, "black"]
    assert taken("lid", "false") is False
    assert taken("times", "[7,(16),23]") == taken("times", "(7,16,23)") == (7.0, 16.0, 23.0)
    assert (taken("times", "[]"), taken("times", "(7,)")) == ((), (7.0,))
    assert taken("sugar", "{1:2,3:0.5}") == ((1.0, 2.0), (3.0, 0.5))
    assert [taken("sugar", "None"), taken("milk", "none"), taken("milk", "0.5")] == [
        None,
        None,
        0.5,
    ]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("heat", "hot", "heat is a number"),
        ("heat", "[1]", "heat is a number"),
        ("heat", "0", "0 < heat ≤ 1 is wanted"),
        ("cups", "9", "1 ≤ cups ≤ 8 is wanted"),
        ("cups", "2.5", "a whole number is wanted"),
        ("lid", "1", "lid is true or false"),
        ("lid", "yes", "lid is true or false"),
        ("tea", "red", "tea is green or black"),
        ("tea", "green()", "tea is green or black"),
        ("heat", "none", "heat is a number"),
        ("milk", "some", "milk is a number or None"),
        ("times", "7", "times is a list of numbers, such as [30,80]"),
        ("times", "{7:8}", "times is a list of numbers, such as [30,80]"),
        ("times", "[7,noon]", "times is a list of numbers, such as [30,80]"),
        ("sugar", "[1,2]", "sugar is a dictionary of numbers, such as {30:0.5,80:0.1} or None"),
    ],
)
def test_what_cannot_be_taken_is_told_at_its_place(name: str, text: str, said: str) -> None:
    with pytest.raises(TextError) as caught:
        taken(name, text)
    assert (caught.value.message, caught.value.at, caught.value.length) == (said, 0, len(text))


@pytest.mark.parametrize(
    ("name", "text", "at", "said"),
    [
        ("times", "[7,24]", 3, "0 ≤ times < 24 is wanted"),
        ("times", "(6.5,8)", 1, "a whole number is wanted"),
        ("sugar", "{1:2,3:9}", 7, "0 ≤ sugar ≤ 8 is wanted"),
        ("sugar", "{9:2}", 1, "0 ≤ sugar ≤ 8 is wanted"),
    ],
)
def test_of_a_list_the_number_that_cannot_be_is_pointed_at(
    name: str, text: str, at: int, said: str
) -> None:
    with pytest.raises(TextError) as caught:
        taken(name, text)
    assert (caught.value.message, caught.value.at) == (said, at)


@pytest.mark.parametrize(
    "given",
    [
        {"times": [7.0]},
        {"times": 7.0},
        {"times": ((7.0, 8.0),)},
        {"times": (25.0,)},
        {"times": None},
        {"sugar": ()},
        {"sugar": (1.0, 2.0)},
        {"sugar": ((1.0, 2.0, 3.0),)},
        {"sugar": ((1.0, 9.0),)},
        {"milk": 2.0},
    ],
)
def test_a_list_in_python_is_a_tuple_of_numbers_in_range(given: dict[str, Any]) -> None:
    with pytest.raises(BadValue, match=f"kettle: {next(iter(given))}: "):
        Kettle(0.5, **given)


def test_a_range_is_told_in_words() -> None:
    ranges = {
        name: meaning.range_text(name)
        for name, meaning in Kettle.settings().items()
        if meaning.within
    }
    assert ranges == {
        "heat": "0 < heat ≤ 1",
        "cups": "1 ≤ cups ≤ 8",
        "times": "0 ≤ times < 24",
        "sugar": "0 ≤ sugar ≤ 8",
        "milk": "0 ≤ milk ≤ 1",
    }


def test_settings_are_checked_again_when_one_is_replaced() -> None:
    kettle = Kettle(0.5)
    with pytest.raises(BadValue, match="kettle: heat"):
        replace(kettle, heat=2.0)


def test_an_unknown_setting_is_told_with_its_owner() -> None:
    check_name("optimizer", "gd:eta=1", "gd", "eta", ["eta"])
    with pytest.raises(UnknownName, match="no setting of gd is called 'beat' in optimizer gd:beat"):
        check_name("optimizer", "gd:beat=1", "gd", "beat", ["eta"])


def test_a_name_may_be_written_in_another_case() -> None:
    names = ["T_max", "eta_min"]
    assert [match_case(name, names) for name in ("t_max", "T_MAX", "tmax")] == [
        "T_max",
        "T_max",
        "tmax",
    ]


def test_a_column_is_in_use_whatever_it_holds() -> None:
    assert [is_zero(v) for v in (0, 0.0, -0.0, 0.1, np.zeros((2, 1)))] == [
        True,
        True,
        True,
        False,
        False,
    ]
