"""The ladder of names: where they are tried, from the best way to the last."""

from collections.abc import Callable

import pytest

from optviz.render.draw.page import Page
from optviz.render.draw.plan import ladder

SIZES = [(960, 720), (1600, 500), (500, 900), (320, 240), (3000, 2000)]
Pages = Callable[..., Page]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("wish", ["auto", "right", "below", "none"])
def test_a_ladder_ends_where_there_is_always_room(
    page: Pages, wish: str, size: tuple[int, int]
) -> None:
    empty = page(size=size)
    plans = list(ladder(empty, wish))
    assert plans[-1].where == ("none" if wish == "none" else "numbers")
    assert len(set(plans)) == len(plans)
    assert all(empty.least <= plan.scale <= 1.0 for plan in plans if plan.where != "beside")


@pytest.mark.parametrize("wish", ["right", "below"])
def test_a_legend_that_is_asked_for_is_tried_first_and_names_are_not_beside_lines(
    page: Pages, wish: str
) -> None:
    plans = [plan.where for plan in ladder(page(), wish)]
    assert plans[0] == wish
    assert "beside" not in plans


def test_names_stand_beside_lines_where_nothing_is_asked_for(page: Pages) -> None:
    assert next(ladder(page(), "auto")).where == "beside"
    assert [plan.where for plan in ladder(page(), "none")] == ["none"]


@pytest.mark.parametrize(("size", "first"), [((1600, 500), "right"), ((500, 900), "below")])
def test_a_wide_page_has_its_legend_at_the_right_and_a_high_one_below(
    page: Pages, size: tuple[int, int], first: str
) -> None:
    assert next(plan.where for plan in ladder(page(size=size), "auto") if plan.is_outside) == first
