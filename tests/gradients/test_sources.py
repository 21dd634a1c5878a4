"""Every source reads back, keeps rows apart, and shows what its law says."""

from typing import Any

import numpy as np
import pytest

from optviz import gradients, objectives, optimizers
from optviz.errors import OptvizError
from optviz.gradients.noise import Noise, root
from optviz.walks import engine

D2L = objectives.read("d2l")
TEXTS = [
    "exact",
    "noise",
    "noise(0.5)",
    "noise([1,0.25])",
    "noise(1,uniform)",
    "noise(2,student,3)",
    "noise(cov=[[1,0.5],[0.5,2]])",
    "sparse(1,0.05)",
    "sparse(0.3,scale=true)",
]


def seen(
    text: str, many: int = 50_000, x: tuple[float, ...] = (-5.0, -2.0), t: int = 1, first: int = 0
) -> Any:
    oracle = gradients.oracle(gradients.read(text), many, first)
    at = np.tile(x, (many, 1))
    return oracle.gradient(t, D2L, at, D2L.grad(at))


@pytest.mark.parametrize("text", TEXTS)
def test_a_source_reads_back_to_itself(text: str) -> None:
    source = gradients.read(text)
    assert gradients.read(str(source)) == source
    assert source.words()


@pytest.mark.parametrize("text", TEXTS)
def test_a_row_depends_on_nothing_but_its_seed_and_step(text: str) -> None:
    many = seen(text, 40)
    assert np.array_equal(many[7:9], seen(text, 2, first=7))
    if gradients.read(text).random:
        assert not np.array_equal(seen(text, 40, t=2), many)


@pytest.mark.parametrize("name", gradients.registry.names)
def test_the_mean_is_the_exact_gradient_where_it_should_be(name: str) -> None:
    spelled = {"noise": "noise([1,0.5])", "sparse": "sparse(0.5,0.2,scale=true)"}
    if name not in ("exact", *spelled):
        pytest.skip("it has tests of its own")
    g = seen(spelled.get(name, name), 200_000)
    error = g.std(axis=0) / np.sqrt(len(g))
    assert (abs(g.mean(axis=0) - D2L.grad(np.array([-5.0, -2.0]))) <= 4 * error + 1e-15).all()


@pytest.mark.parametrize(
    ("text", "S"),
    [
        ("noise([2,0.5])", [[4, 0], [0, 0.25]]),
        ("noise(0.5,uniform)", [[0.25, 0], [0, 0.25]]),
        ("noise(cov=[[1,0.9],[0.9,2]])", [[1, 0.9], [0.9, 2]]),
        ("noise(1,student,8)", [[8 / 6, 0], [0, 8 / 6]]),
    ],
)
def test_noise_has_the_covariance_asked_for(text: str, S: Any) -> None:
    found = np.cov(seen(text, 200_000).T)
    assert found == pytest.approx(np.array(S), abs=0.03 * np.max(S))


def test_sparse_shows_each_coordinate_as_often_as_it_says_and_else_nothing() -> None:
    g, exact = seen("sparse(1,0.05)"), D2L.grad(np.array([-5.0, -2.0]))
    assert (g[:, 0] == exact[0]).all()
    assert set(g[:, 1]) == {0.0, exact[1]}
    assert (g[:, 1] != 0).mean() == pytest.approx(0.05, abs=4 * np.sqrt(0.05 * 0.95 / len(g)))


def test_coordinates_and_steps_draw_apart() -> None:
    a, b = seen("noise", 50_000), seen("noise", 50_000, t=2)
    pairs = np.column_stack([a, b])
    assert abs(np.corrcoef(pairs.T) - np.eye(4)).max() < 5 / np.sqrt(len(a))


def test_the_root_of_a_covariance_is_its_lower_triangle() -> None:
    S = ((4.0, 2.0, 0.0), (2.0, 5.0, 0.0), (0.0, 0.0, 0.0))
    assert root(S) @ root(S).T == pytest.approx(np.array(S))
    assert not np.triu(root(S), 1).any()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nois(1)", "no gradient is called 'nois'; did you mean noise"),
        ("noise(-1)", "0 ≤ sigma is wanted"),
        ("noise(1,cauchy)", "law is normal or uniform or student"),
        ("noise(cov=[[1,2],[2,1]])", "without negative eigenvalues"),
        ("noise(cov=[[1,2],[3,4]])", "a symmetric matrix"),
        ("noise(cov=[1,2])", "a matrix such as"),
        ("noise(sigma=2,cov=[[1,0],[0,1]])", "sigma or cov is wanted, not both"),
        ("sparse", "sparse also needs p"),
        ("sparse(0)", "0 < p ≤ 1 is wanted"),
        ("exact(1)", "exact takes no values"),
        ("noise@torch", "a source such as noise"),
        ("", "a name is wanted"),
    ],
)
def test_what_is_no_source_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(OptvizError, match=said.replace("(", r"\(")):
        gradients.read(text)


@pytest.mark.parametrize("text", ["noise([1,2,3])", "sparse(1,1,1)", "noise(cov=[[1]])"])
def test_a_source_of_another_dimension_is_refused_before_the_run(text: str) -> None:
    oracle = gradients.oracle(gradients.read(text))
    with pytest.raises(OptvizError, match="but the objective has 2"):
        engine.run(D2L, optimizers.read("gd"), np.array([-5.0, -2.0]), 3, oracle)


def test_the_rule_sees_what_the_source_gives_and_the_run_records_it() -> None:
    oracle = gradients.oracle(gradients.read("sparse(1,0.2)"), 3)
    start = np.tile([-5.0, -2.0], (3, 1))
    run = engine.run(D2L, optimizers.read("gd:eta=0.1"), start, 20, oracle)
    assert np.diff(run.x, axis=0) == pytest.approx(-0.1 * run.grad, abs=1e-14)
    assert (run.grad[:, :, 1] == 0).any()
    assert (run.seeds, run.gradient) == ((0, 1, 2), "sparse(1,0.2)")


def test_the_law_of_another_noise_is_not_gaussian() -> None:
    assert Noise(law="student").covariance(2) is None
