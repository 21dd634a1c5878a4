"""What words mean is checked before anything is drawn: all mistakes at once, each at its word."""

from typing import Any

import pytest

from optviz import batch
from optviz.batch import WrongBatch

Table = dict[str, Any]


def faults(table: Table) -> list[tuple[str, str]]:
    try:
        batch.check(batch.read({"a": table}))
    except WrongBatch as error:
        return [(fault.key, fault.error) for fault in error.faults]
    return []


WRONG: list[tuple[Table, str, str]] = [
    ({"opt": "adgrad"}, "opt", "did you mean adagrad?"),
    ({"opt": "adam:beta1=2"}, "opt", "0 ≤ beta1 < 1 is wanted"),
    ({"eta": "fast"}, "eta", "a rate is a number, or a schedule"),
    ({"beta": 0.5}, "beta", "but adagrad has no beta to set"),
    ({"param": "x"}, "param", "KEY=VALUE is wanted"),
    ({"objective": "x1^"}, "objective", "something is wanted after '^'"),
    ({"objective": "x1^2", "rotate": 30}, "rotate", "2-D"),
    ({"start": "north"}, "start", "numbers with commas between"),
    ({"start": "1,2,3"}, "", "has 3 coordinates"),
    ({"steps": -1}, "steps", "0 or more is wanted"),
    ({"view": "rates", "steps": 0}, "", ""),
    ({"label": ["one", "two"]}, "label", "one label for each optimizer"),
    ({"size": "1x1"}, "size", "200x150"),
    ({"theme": "neon"}, "theme", "no theme is called"),
    ({"font": "Nonesuch"}, "font", "an installed font is wanted"),
    ({"xlim": "3,1"}, "xlim", "LOW below HIGH"),
    ({"fps": -1}, "fps", ""),
    ({"output": "a.gif", "max_size": "big"}, "max_size", "a size such as 2MB"),
    ({"anatomy": 99}, "anatomy", ""),
    ({"view": "compare", "fair": "fare"}, "fair", "same-eta"),
    ({"view": "compare", "rows": "traces"}, "rows", "did you mean trace?"),
    ({"view": "sweep"}, "", "an axis such as"),
    ({"view": "sweep", "over": "eta=log(1)"}, "over", ""),
    ({"view": "sweep", "over": "eta=[1,2]", "of": "stepps"}, "of", "status is wanted"),
    ({"view": "sweep", "over": "zeta=[1,2]"}, "", ""),
    ({"view": "inspect", "tol": 2}, "tol", "between 0 and 1"),
]


@pytest.mark.parametrize(("table", "key", "said"), WRONG, ids=[str(w[0]) for w in WRONG])
def test_a_word_that_means_nothing_is_named(table: Table, key: str, said: str) -> None:
    ((found, error),) = faults(table)
    assert found == key
    assert said in error


def test_every_wrong_word_of_a_figure_is_told() -> None:
    found = faults(
        {
            "opt": ["adgrad", "gd", "amad"],
            "start": ["x", "y"],
            "fps": 0,
            "levels": 0,
            "output": "a.gif",
        }
    )
    assert [key for key, _ in found] == ["opt", "opt", "start", "start", "fps", "levels"]


def test_a_size_in_inches_goes_by_the_figures_own_resolution() -> None:
    small = {"size": "1.5x1.5in", "dpi": 200}
    assert faults(small) == []
    assert [key for key, _ in faults({**small, "levels": 0})] == ["levels"]
    assert [key for key, _ in faults({**small, "dpi": 1})] == ["dpi"]


def test_one_figure_that_is_wrong_keeps_all_from_being_drawn(tmp_path: Any) -> None:
    plan = batch.read({"good": {}, "bad": {"label": ["one", "two"]}}, out_dir=tmp_path)
    with pytest.raises(WrongBatch, match=r"\[bad\] label = .*one label for each optimizer"):
        batch.run(plan)
    assert not list(tmp_path.iterdir())


def test_figures_that_differ_by_their_rates_are_rehearsed_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from optviz.spec.figure import Figure

    drawn: list[Figure] = []
    draw = Figure.draw
    monkeypatch.setattr(Figure, "draw", lambda self: drawn.append(self) or draw(self))
    tables: dict[str, Table] = {f"f{k}": {"opt": f"gd:eta=0.{k + 1}"} for k in range(8)}
    batch.check(batch.read({**tables, "other": {"opt": "gd:eta=0.1", "theme": "dark"}}))
    assert len(drawn) == 2


def test_what_few_steps_do_not_show_is_no_mistake() -> None:
    """A rate that is 0 in the first steps cannot be drawn of those alone."""
    late = "PiecewiseConstantDecay(boundaries=(5,),values=(0,0.1))"
    assert faults({"view": "rates", "opt": "gd", "eta": late}) == []
    assert "no effective rates" in faults({"view": "rates", "opt": "gd", "eta": "0"})[0][1]


def test_a_step_that_is_to_be_drawn_is_rehearsed() -> None:
    cg = {"figure": "polynomial", "objective": "quadratic(kappa=20,dim=5)", "opt": "cg"}
    assert faults({**cg, "steps": 5, "degree": "1,3,5"}) == []
    assert "at most 5" in faults({**cg, "steps": 5, "degree": "1,6"})[0][1]


def test_a_long_run_is_checked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults({"opt": "gd", "steps": 100_000_000}) == []


@pytest.mark.parametrize("view", ["trace", "rates", "loss", "compare", "sweep", "inspect"])
def test_what_is_right_is_let_through(view: str) -> None:
    more = {"over": "eta=[0.1,0.2]"} if view == "sweep" else {}
    assert faults({"view": view, "opt": "gd", **more}) == []


def test_what_a_format_cannot_keep_is_known_before_anything_is_drawn() -> None:
    specs = {
        "a": {"theme": "auto", "output": ["a.svg", "a.csv"]},
        "b": {"theme": "auto", "output": "b.png"},
        "c": {"size": "20000x200", "output": "c.webp"},
    }
    with pytest.raises(WrongBatch) as caught:
        batch.check(batch.read(specs))
    assert [(fault.figure, fault.key) for fault in caught.value.faults] == [
        ("b", "theme"),
        ("c", "size"),
    ]
