"""One step taken apart: by hand, and as a law of every rule in every form."""

from collections.abc import Iterator
from dataclasses import fields
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optviz import optimizers
from optviz.arrays import Array
from optviz.errors import BadValue, Unfit
from optviz.objectives import Quadratic
from optviz.optimizers import Optimizer, Rule
from optviz.studies.anatomy import Anatomy, anatomy
from optviz.walks import engine
from optviz.walks.engine import Walk

BOOK = Quadratic(np.diag([0.2, 4.0]), np.zeros(2))
HILL = Quadratic(
    np.array([[4.2, -3.8, 0.3], [-3.8, 4.2, 0.1], [0.3, 0.1, 1.7]]), np.array([0.5, -0.3, 0.2])
)


def texts(rule: type[Rule]) -> Iterator[str]:
    """Every dialect, the book's form with one variant changed, and a rate that falls."""
    yield from (
        f"{rule.word()}@{dialect}:eta={settings['eta']}"
        for dialect, settings in rule.dialects.items()
    )
    yield f"{rule.word()}:eta=exponential(0.1,0.9)"
    for field in fields(rule):
        meaning = field.metadata["setting"]
        if isinstance(field.default, bool):
            yield f"{rule.word()}:{field.name}={'false' if field.default else 'true'}"
        elif meaning.choices:
            yield from (f"{rule.word()}:{field.name}={word}" for word in meaning.choices)
        elif field.name in Rule.settings():
            yield f"{rule.word()}:{field.name}=30"  # of lower ones Polyak's steps overflow
        elif meaning.variant:
            yield f"{rule.word()}:{field.name}={2 if meaning.whole else 0.5}"


FORMS = [text for rule in optimizers.registry for text in texts(rule)]


def dissected(text: str, step: int, start: Array | None = None, q: Quadratic = BOOK) -> Anatomy:
    at = np.array([-5.0, -2.0]) if start is None else start
    return anatomy(Walk(q, optimizers.read(text), np.atleast_2d(at), 20), step)


@pytest.mark.parametrize("text", FORMS)
@settings(max_examples=8)  # of each of hundreds of forms
@given(start=st.lists(st.floats(-5, 5), min_size=3, max_size=3), step=st.integers(1, 12))
def test_the_numbers_of_any_step_of_any_rule_add_up_to_where_it_went(
    text: str, start: list[float], step: int
) -> None:
    optimizer: Optimizer = optimizers.read(text)
    x = engine.run(HILL, optimizer, np.array(start), step).x[:, 0]
    rows = {r.name: r.values for r in dissected(text, step, np.array(start), HILL).rows()}
    rate = rows["learning rate"] * rows["scale"]
    reached = rows["x before"] - rate * rows["direction"] - rows["drift"]
    size = 1 + np.abs(x[step - 1 : step + 1]).max()
    assert np.abs(reached - x[step]).max() <= 1e-12 * size
    assert np.abs(rows["x before"] + rows["step"] - x[step]).max() <= 1e-12 * size
    assert np.array_equal(rows["x after"], x[step])
    before = next(islice(engine.snapshots(HILL, optimizer, np.array(start)), step - 1, None))
    place = optimizer.rule.looks(before.moment.x, before.state)
    assert np.array_equal(rows["gradient"], HILL.grad(place)[0])


@pytest.mark.parametrize("text", FORMS)
def test_what_a_rule_remembers_after_a_step_it_has_before_the_next(text: str) -> None:
    one, two = dissected(text, 4), dissected(text, 5)
    assert one.state_after.keys() == two.state_before.keys()
    assert all(
        np.array_equal(one.state_after[field], two.state_before[field]) for field in one.state_after
    )


def test_the_first_step_of_adagrad_is_the_books() -> None:
    parts = dissected("adagrad:eta=0.4", 1)
    assert parts.grad.tolist() == [-1.0, -8.0]
    assert parts.state_before["G"].tolist() == [0.0, 0.0]
    assert parts.state_after["G"].tolist() == [1.0, 64.0]
    assert parts.scale == pytest.approx([1.0, 1 / 8], rel=1e-6)  # ε = 1e-6 inside the root
    assert parts.moved == pytest.approx([0.4, 0.4], rel=1e-6)
    assert parts.plain


def test_the_second_step_of_momentum_by_hand() -> None:
    # x₁ = (−5, −2) + 0.6·(1, 8) = (−4.4, 2.8); g₂ = (−0.88, 11.2); v₂ = (−1, −8)/2 + g₂
    parts = dissected("momentum:eta=0.6,beta=0.5", 2)
    assert parts.x == pytest.approx([-4.4, 2.8])
    assert parts.state_after["v"] == pytest.approx([-1.38, 7.2])
    assert parts.after == pytest.approx([-4.4 + 0.6 * 1.38, 2.8 - 0.6 * 7.2])
    assert not parts.plain


def test_a_number_for_all_coordinates_stands_in_each_column() -> None:
    parts = dissected("adam:beta1=0.5", 3)
    assert parts.state_before["b1t"].tolist() == [0.25, 0.25]
    assert parts.state_after["b1t"].tolist() == [0.125, 0.125]


def test_inertia_that_moves_without_a_rate_is_drift() -> None:
    # u₂ = βu₁ + ηg₂ with u₁ = ηg₁ = 0.1·(−1, −8)
    parts = dissected("momentum@keras:eta=0.1,beta=0.5", 2)
    assert parts.drift == pytest.approx([-0.05, -0.4])


def test_only_a_step_that_was_made_can_be_taken_apart() -> None:
    for step in (0, -1, 21):
        with pytest.raises(BadValue, match="a step from 1 to 20"):
            dissected("gd", step)
    with pytest.raises(BadValue, match="the run has no step"):
        anatomy(Walk(BOOK, optimizers.read("gd"), np.ones((1, 2)), 0), 1)
    with pytest.raises(Unfit, match="overflowed by step 20"):
        dissected("gd:eta=1e30", 20)
    with pytest.raises(Unfit, match="2 starts given"):
        dissected("gd", 1, np.ones((2, 2)))
