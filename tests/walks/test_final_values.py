"""The cells of the table of final values."""

import optviz
from optviz.walks import final_values


def number(value: float | None, column: str) -> str:
    return f"{column}={'-' if value is None else value:}"


def test_a_row_tells_how_a_run_ended() -> None:
    run = optviz.run("x^2", "gd:eta=0.25", start=(4,), steps=1)
    row = final_values.row(run.facts(), number)
    assert row == ("gd:eta=0.25", ("start=4.0",), "1", ("x=2.0",), "f=4.0", "running")


def test_an_end_has_its_step_and_many_seeds_their_number() -> None:
    facts = optviz.run("x^2", "gd:eta=5", start=(4,), steps=9).facts() | {"optimizer": ""}
    row = final_values.row(facts | {"stands_for": "median of 7", "seeds": 7}, number)
    assert row.optimizer == "- (median of 7)"
    assert row.status == f"diverged since step {facts['status_step']}"


def test_four_coordinates_are_shown_and_starts_where_they_differ() -> None:
    runs = [
        optviz.run("x1^2 + x2^2 + x3^2 + x4^2 + x5^2", "gd", start=[s] * 5, steps=1).facts()
        for s in (1, 1, 2)
    ]
    assert len(final_values.row(runs[0], number).x) == 4
    assert not final_values.starts_differ(runs[:2])
    assert final_values.starts_differ(runs)
