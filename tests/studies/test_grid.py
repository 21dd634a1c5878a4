import pytest

from optviz.errors import OptvizError
from optviz.studies import grid


def test_a_linear_grid_has_its_ends_and_its_count() -> None:
    axis = grid.read("beta=lin(0,0.9,10)")
    assert axis.name == "beta"
    assert axis.values == pytest.approx([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])


def test_a_logarithmic_grid_grows_by_one_factor() -> None:
    axis = grid.read("eta = log(0.01, 10, 4)")
    assert axis.values == pytest.approx([0.01, 0.1, 1, 10])
    assert axis.log


def test_a_list_and_a_single_number_are_grids_too() -> None:
    assert grid.read("rho=[0.5,0.9,0.99]").values.tolist() == [0.5, 0.9, 0.99]
    assert grid.read("rho=0.5").values.tolist() == [0.5]


def test_the_edges_lie_halfway_between_the_values_on_the_axis_scale() -> None:
    assert grid.read("beta=lin(0,2,3)").edges.tolist() == [-0.5, 0.5, 1.5, 2.5]
    assert grid.read("eta=log(1,100,3)").edges == pytest.approx(
        [10**-0.5, 10**0.5, 10**1.5, 10**2.5]
    )


def test_the_values_of_a_list_are_categories_at_equal_distances() -> None:
    axis = grid.read("eta=[0.001,0.01,0.1]")
    assert axis.places.tolist() == [0, 1, 2]
    assert axis.edges.tolist() == [-0.5, 0.5, 1.5, 2.5]
    assert axis.place(0.01) == 1
    assert grid.read("eta=lin(1,2,2)").places.tolist() == [1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "eta",
        "eta=",
        "=lin(0,1,3)",
        "eta=lin(1,0,3)",
        "eta=lin(0,1,1)",
        "eta=lin(0,1,2.5)",
        "eta=log(0,1,3)",
        "eta=lin(0,1)",
        "eta=cos(0,1,3)",
        "eta=[3,1]",
        "eta=[]",
        "eta=[1,1]",
        "eta=[a,b]",
        "eta=lin(a,1,3)",
        "eta=lin(0,1,1000000000)",
    ],
)
def test_what_is_no_grid_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(OptvizError, match="over"):
        grid.read(text)
