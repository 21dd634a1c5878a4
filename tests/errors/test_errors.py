import pickle

import pytest

from optviz import errors
from optviz.errors import (
    BadFile,
    BadValue,
    ForeignOption,
    NoEffect,
    NothingYet,
    OptvizError,
    TextError,
    TooMuch,
    Unfit,
    UnknownColumn,
    UnknownName,
    WorldError,
)

ALL = [
    TextError("optimizer", "adam:beta1=2", 11, "0 ≤ beta1 < 1 is wanted"),
    UnknownName("optimizer", "adan", ("adagrad", "adam")),
    UnknownColumn("prize", ("price", "area"), "houses.csv"),
    ForeignOption("measure", "trace", ("loss", "compare")),
    NoEffect("fps", "for films; leave it out"),
    BadValue("steps", -1, "0 or more is wanted"),
    Unfit("start (1) has 1 coordinate, but the objective has 2"),
    BadFile("q.csv", "a row is short", 3),
    NothingYet("run.jsonl", "it is empty"),
    TooMuch("a.png", "1e12 steps", "2e6 steps", "print the recipe"),
    WorldError("write", "x.png", "no space is left"),
]


def test_every_kind_of_error_is_shown_here() -> None:
    kinds = {kind for kind in vars(errors).values() if isinstance(kind, type)}
    kinds = {kind for kind in kinds if kind.__module__ == errors.__name__}
    assert {type(error) for error in ALL} == kinds - {OptvizError}


@pytest.mark.parametrize("error", ALL, ids=lambda error: type(error).__name__)
def test_an_error_is_of_the_one_root_and_survives_a_pickle(error: OptvizError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert isinstance(error, OptvizError)
    assert (str(again), vars(again)) == (str(error), vars(error))


@pytest.mark.parametrize("error", ALL, ids=lambda error: type(error).__name__)
def test_only_the_world_exits_with_1(error: OptvizError) -> None:
    assert error.exit_code == (1 if isinstance(error, WorldError) else 2)


def test_a_text_error_points_at_the_place() -> None:
    assert str(TextError("optimizer", "adam:eta=x", 9, "a number is wanted")).splitlines() == [
        "optimizer: a number is wanted",
        "  adam:eta=x",
        "           ^",
    ]


def test_a_text_error_underlines_all_that_is_meant() -> None:
    assert str(TextError("f", "x + yyy", 4, "no", length=3)).splitlines()[2] == "      ^^^"


def test_a_place_after_the_end_has_a_caret_there() -> None:
    assert str(TextError("f", "x +", 3, "more is wanted")).splitlines()[1:] == ["  x +", "     ^"]


def test_a_long_text_is_shown_around_the_place() -> None:
    text = "a" * 300 + "!" + "b" * 300
    _, line, caret = str(TextError("f", text, 300, "what is this")).splitlines()
    assert line[caret.index("^")] == "!"
    assert line.strip("… ").startswith("a" * 50 + "!b")
    assert line.startswith("  …")
    assert line.endswith("…")
    assert len(line) < 110


def test_a_caret_never_runs_past_what_is_shown() -> None:
    _, line, caret = str(TextError("f", "[" + "1," * 500, 0, "too long", length=1001)).splitlines()
    assert len(caret) <= len(line)


@pytest.mark.parametrize("hostile", ["\n", "\t", "\x1b[31m", "\r", "\u202e", "\ud800", "\0"])
def test_what_would_move_the_caret_or_the_terminal_is_shown_as_a_sign(hostile: str) -> None:
    shown = str(TextError("f", f"x{hostile}y!", 2 + len(hostile), "no"))
    assert hostile not in shown.splitlines()[1]
    _, line, caret = shown.splitlines()
    assert line[caret.index("^")] == "!"
    for error in (
        UnknownName("optimizer", hostile, ("gd",)),
        BadFile(f"{hostile}.csv", "no"),
        BadValue("steps", hostile, "a number"),
        WorldError("read", hostile, "no"),
        Unfit(f"column {hostile} is no number"),
        BadValue("steps", 1, f"a number such as {hostile}"),
    ):
        assert hostile not in str(error)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("adagard", "did you mean adagrad?"),
        ("ADAGRADD", "did you mean adagrad?"),
        ("zzz", "known: adagrad, adam"),
    ],
)
def test_an_unknown_name_suggests_the_nearest_or_lists_all(typed: str, hint: str) -> None:
    said = str(UnknownName("optimizer", typed, ("adagrad", "adam")))
    assert said == f"no optimizer is called '{typed}'; {hint}"


def test_an_unknown_name_says_where_it_stands() -> None:
    assert " in optimizer gd:beta=1;" in str(
        UnknownName("setting of gd", "beta", ("eta",), "optimizer gd:beta=1")
    )


def test_a_bad_file_says_its_line_where_there_is_one() -> None:
    assert str(BadFile("q.csv", "a row is short", 3)) == "q.csv, line 3: a row is short"
    assert str(BadFile("q.csv", "it is empty")) == "q.csv: it is empty"
