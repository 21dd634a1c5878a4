"""Laws of every rule of the registry, in every form.

A form is a dialect, or the book's dialect with one setting changed: each word of a choice, each
number at the closed low end of its range and once within.
"""

import ast
import inspect
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optviz import optimizers
from optviz.arrays import Array
from optviz.errors import TextError
from optviz.objectives import Quadratic
from optviz.optimizers import Optimizer, Point, Rule
from optviz.schedules.constant import Constant
from optviz.schedules.exponential import Exponential
from optviz.walks import completion, engine
from optviz.walks.trajectory import Trajectory

RULES = [pytest.param(rule, id=rule.word()) for rule in optimizers.registry]


def variations(rule: type[Rule]) -> Iterator[str]:
    """Settings in words that change the book's form of a rule, one at a time."""
    for field in fields(rule):
        meaning = field.metadata["setting"]
        if isinstance(field.default, bool):
            yield f"{field.name}={'false' if field.default else 'true'}"
        elif meaning.choices:
            yield from (f"{field.name}={word}" for word in meaning.choices[1:])
        elif isinstance(field.default, Rule):
            yield from (f"{field.name}={word}" for word in ("gd", "momentum(beta=0.8)"))
        elif field.name in Rule.settings():
            yield f"{field.name}=10"  # of gradients that are much shorter Polyak's steps overflow
        else:
            low = float(meaning.within[1:-1].split(",")[0])
            numbers = (low, low + (1 if meaning.whole else 0.5))
            yield from (
                f"{field.name}={n}" for n in numbers if low != n or meaning.within[0] == "["
            )


def dialects(rule: type[Rule]) -> Iterator[str]:
    """Each dialect in words, with a rate where its library requires one."""
    for dialect, settings in rule.dialects.items():
        rate = f":eta={settings['eta']}" if dialect in rule.requires_rate else ""
        yield f"{rule.word()}@{dialect}{rate}"


# Settings that change nothing until another is set.
TOGETHER = [
    "rmsprop:beta=0.8",
    "rmsprop:beta=0.8,nesterov=true",
    "rmsprop@keras:eta=0.1,beta=0.8",
    "rmsprop@optax:eta=0.1,beta=0.8,nesterov=true",
    "rmsprop:centered=true,corrected=true",
    "amsgrad:corrects=after,corrects_mean=true",
    "adafactor:decay=0.1,decay_at=before",
]
TEXTS = [
    *(text for rule in optimizers.registry for text in dialects(rule)),
    *(f"{rule.word()}:{words}" for rule in optimizers.registry for words in variations(rule)),
    *TOGETHER,
]
FORMS = [pytest.param(optimizers.read(text), id=text) for text in TEXTS]
NUMBERS = [
    pytest.param(rule, name, id=f"{rule.word()}.{name}")
    for rule in optimizers.registry
    for name, meaning in rule.settings().items()
    if meaning.within
]

HILL = Quadratic(
    np.array([[4.2, -3.8, 0.3], [-3.8, 4.2, 0.1], [0.3, 0.1, 1.7]]), np.array([0.5, -0.3, 0.2])
)
FALLING = Exponential(0.1, 0.97)  # so that η inside and outside a velocity differ


def free(rule: Rule) -> Rule:
    """The rule without what pulls x towards 0: weight decay walks on another objective."""
    return replace(rule, **{name: 0.0 for name in rule.shrinkage if name in rule.settings()})


def starts(batch: int, dim: int = 3) -> Array:
    return np.random.default_rng(3).normal(size=(batch, dim)) * 3


def same(a: Any, b: Any) -> bool:
    return np.array_equal(a, b, equal_nan=True)


def assert_walks_as(one: Trajectory, other: Trajectory) -> None:
    for name in ("x", "f", "grad", "rate"):
        assert same(getattr(one, name), getattr(other, name)), name
    assert one.status == other.status
    assert same(one.status_step, other.status_step)


@pytest.mark.parametrize("optimizer", FORMS)
def test_a_batch_walks_as_its_members_do_alone(optimizer: Optimizer) -> None:
    walker = replace(optimizer, schedule=FALLING)
    together = engine.run(HILL, walker, starts(5), 16)
    for row, x in zip(together.rows(), starts(5), strict=True):
        assert_walks_as(row, engine.run(HILL, walker, x, 16))


@pytest.mark.parametrize("optimizer", FORMS)
def test_a_row_that_diverges_leaves_the_others_as_they_are(optimizer: Optimizer) -> None:
    etas, begun = [0.1, 1e200, 0.1], starts(3)
    begun[1] *= 1e200  # its f overflows, and so does its first step unless the rule bounds that
    rule = free(optimizer.rule)  # shrinkage may keep the row finite
    column = Optimizer(rule, Exponential(np.array(etas)[:, None], 0.97))
    together = engine.run(HILL, column, begun, 16)
    assert (together.status[1], together.status_step[1]) == ("diverged", 1)
    for row, eta, x in zip(together.rows(), etas, begun, strict=True):
        alone = Optimizer(rule, Exponential(eta, 0.97))
        assert_walks_as(row, engine.run(HILL, alone, x, 16))


@pytest.mark.parametrize(("rule", "name"), NUMBERS)
def test_a_column_of_settings_walks_as_its_numbers_do_alone(rule: type[Rule], name: str) -> None:
    low = float(rule.settings()[name].within[1:-1].split(",")[0])
    whole = rule.settings()[name].whole
    values = [low + 1, low + 2, low + 5] if whole else [low + 0.1, low + 0.5, low + 0.9]
    for text in dialects(rule):
        usual = optimizers.read(text).rule
        column = replace(usual, **{name: np.array(values)[:, None]})
        together = engine.run(HILL, Optimizer(column, FALLING), np.tile(starts(1), (3, 1)), 12)
        for row, value in zip(together.rows(), values, strict=True):
            alone = Optimizer(replace(usual, **{name: value}), FALLING)
            assert_walks_as(row, engine.run(HILL, alone, starts(1), 12))


@pytest.mark.parametrize("optimizer", FORMS)
def test_a_column_of_rates_walks_as_its_rates_do_alone(optimizer: Optimizer) -> None:
    values = [0.0, 0.01, 0.3]
    column = Optimizer(optimizer.rule, Constant(np.array(values)[:, None]))
    together = engine.run(HILL, column, np.tile(starts(1), (3, 1)), 12)
    for row, value in zip(together.rows(), values, strict=True):
        alone = Optimizer(optimizer.rule, Constant(value))
        assert_walks_as(row, engine.run(HILL, alone, starts(1), 12))


def frozen(array: Array) -> Array:
    array = np.array(array)
    array.flags.writeable = False
    return array


def parts(state: Any) -> list[Array]:
    """The arrays of a state, also those of a rule within the rule."""
    arrays = []
    for part in state:
        arrays += parts(part) if isinstance(part, tuple) else [part]
    return arrays


def frozen_parts(state: Any) -> Any:
    return type(state)(*(frozen_parts(p) if isinstance(p, tuple) else frozen(p) for p in state))


@pytest.mark.parametrize("optimizer", FORMS)
def test_update_is_pure(optimizer: Optimizer) -> None:
    rule, x, state = optimizer.rule, frozen(starts(4)), optimizer.rule.init(frozen(starts(4)))
    for t in range(1, 5):
        state = frozen_parts(state)  # to write into it raises
        before = [np.array(part) for part in parts(state)]
        point = Point(t, 0.1, x, frozen(HILL.value(x)), frozen(HILL.grad(x)), HILL, HILL.minimum)
        (step, after), (again, after_again) = rule.update(point, state), rule.update(point, state)
        for one, other in zip([*step, *parts(after)], [*again, *parts(after_again)], strict=True):
            assert same(one, other)
        for was, part in zip(before, parts(state), strict=True):
            assert same(was, part)
        x, state = frozen(x - 0.1 * step.scale * step.direction - step.drift), after


@pytest.mark.parametrize("optimizer", FORMS)
def test_every_part_of_the_state_leads_with_the_batch(optimizer: Optimizer) -> None:
    x = starts(5)
    state = optimizer.rule.init(x)
    for t in (1, 2):
        assert isinstance(state, tuple)
        assert hasattr(state, "_fields"), "a named tuple"
        assert all(isinstance(part, np.ndarray) and part.shape[0] == 5 for part in parts(state))
        assert all(part.dtype == np.float64 for part in parts(state))
        step, state = optimizer.rule.update(
            Point(t, 0.1, x, HILL.value(x), HILL.grad(x), HILL, HILL.minimum), state
        )
        assert step.direction.shape == (5, 3)
        assert np.broadcast_shapes(np.shape(step.scale), np.shape(step.drift), (5, 3)) == (5, 3)


@pytest.mark.parametrize("optimizer", FORMS)
def test_the_minimum_is_at_rest(optimizer: Optimizer) -> None:
    minimum = np.array([1.0, -2.0])
    Q = np.array([[2.0, 1.0], [1.0, 3.0]])
    valley = Quadratic(Q, -(Q @ minimum))  # whole numbers: the gradient there is exactly 0
    usual, eps = free(optimizer.rule), optimizer.rule.settings().get("eps")
    without = {"eps": 0.0} if eps and eps.within.startswith("[0") else {}
    for rule in (usual, replace(usual, **without)):
        rest = engine.run(valley, Optimizer(rule, FALLING), minimum, 20)
        assert np.all(rest.x == minimum)
        assert np.isfinite(rest.rate).all()
        assert (rest.status, rest.status_step.tolist()) == (("converged",), [0])


@pytest.mark.parametrize("optimizer", FORMS)
def test_away_from_the_minimum_a_first_step_goes_downhill(optimizer: Optimizer) -> None:
    run = engine.run(HILL, Optimizer(free(optimizer.rule), Constant(1e-4)), starts(6), 1)
    assert np.all(np.sum(run.grad[0] * (run.x[1] - run.x[0]), axis=1) < 0)
    assert np.all(run.rate >= 0)


@pytest.mark.parametrize("optimizer", FORMS)
def test_the_rates_of_a_walk_follow_from_its_gradients_alone(optimizer: Optimizer) -> None:
    walker = replace(optimizer, rule=free(optimizer.rule), schedule=FALLING)
    run = engine.run(HILL, walker, starts(4), 16)
    assert np.isfinite(run.rate).all()
    rates = completion.effective_rates(walker, run.grad)
    assert same(rates, run.rate) or (optimizer.rule.rates_need and np.isnan(rates).all())


@pytest.mark.parametrize("optimizer", FORMS)
def test_a_form_reads_back_from_its_text(optimizer: Optimizer) -> None:
    assert optimizers.read(str(optimizer)) == optimizer
    assert str(optimizers.read(str(optimizer))) == str(optimizer)


def still(moments: Iterator[Any], look: Callable[[Any], Array]) -> Any:
    """The first moment at which `look` has changed by less than a millionth in 50 moments."""
    recent = deque(maxlen=50)
    for moment in moments:
        recent.append(look(moment))
        if len(recent) == 50 and np.all(abs(recent[0] - recent[-1]) <= 1e-6 * abs(recent[0])):
            break
    return moment


@pytest.mark.parametrize("optimizer", FORMS)
def test_above_its_ceiling_a_direction_grows_and_below_it_shrinks(optimizer: Optimizer) -> None:
    curvature, rule = 2.0, free(optimizer.rule)
    slope = Quadratic(np.array([[curvature]]), np.zeros(1))
    # an ε, or c, so large that the rate stands still, and soon; RAdam adapts nothing at β₂ = 0.6
    steady = {"eps": 1e120, "c": 1e30, "beta2": 0.6, "psi": 1e3, "lr_decay": 0.0}
    rule = replace(rule, **{key: steady[key] for key in steady.keys() & rule.settings()})
    if rule.clips:  # it holds for gradients that are short enough, since others have no steady rate
        rule = replace(rule, clip=1e120, clip_value=None)
    if rule.ceiling() is None:
        return

    def steps(eta: float) -> Iterator[engine.Moment]:
        return islice(engine.walk(slope, Optimizer(rule, Constant(eta)), np.ones(1)), 1, 1001)

    scale = still(steps(1e-3), lambda moment: moment.rate).rate.item() / 1e-3
    height, latex = rule.ceiling()
    for factor in (0.98, 1.02):
        target = factor * height / curvature
        walk = steps(target / scale)
        rate = still(walk, lambda moment: moment.rate).rate.item()
        assert rate == pytest.approx(target, rel=1e-3), "steady"
        paths = islice(walk, 300), islice(walk, 40), islice(walk, 40)  # at first a mean may swing
        _, before, after = (max(abs(moment.x.item()) for moment in path) for path in paths)
        assert (after > before) == (factor > 1)
    assert latex


@pytest.mark.parametrize("optimizer", FORMS)
def test_on_a_constant_slope_inertia_builds_up_to_what_the_rule_says(optimizer: Optimizer) -> None:
    if optimizer.rule.asymptotic() is None:
        return
    slope = Quadratic(np.zeros((2, 2)), np.array([3.0, -0.5]))
    rule = free(optimizer.rule)
    if getattr(rule, "beta", 0.0) > 0.99:
        rule = replace(rule, beta=0.9)  # a mean of 1000 steps would not be there in time

    def gain(pair: tuple[engine.Moment, engine.Moment]) -> Array:
        before, now = pair
        return (before.x - now.x) / (now.rate * now.grad)

    walk = islice(engine.walk(slope, Optimizer(rule, Constant(0.1)), np.zeros(2)), 1001)
    close = 1e-2 if rule.sums_gradients else 1e-4  # a falling rate is followed some steps late
    reached = gain(still(pairwise(walk), gain))
    assert reached == pytest.approx(np.full((1, 2), rule.asymptotic()), rel=close)


# Cards.


@pytest.mark.parametrize("rule", RULES)
def test_every_card_is_filled(rule: type[Rule]) -> None:
    for name in ("title", "says", "fails", "rate", "reference", "__doc__"):
        assert isinstance(getattr(rule, name), str)
        assert getattr(rule, name).strip()
    assert rule.says.endswith(".")
    assert rule.fails.endswith(".")
    assert isinstance(rule.equations, tuple)
    assert all(equation.strip() for equation in rule.equations)
    assert rule.equations
    assert rule.__doc__ != Rule.__doc__
    assert rule.ceiling is Rule.ceiling or rule.ceiling.__doc__


@pytest.mark.parametrize("rule", RULES)
def test_every_dialect_has_a_rate_and_settings_that_are_there(rule: type[Rule]) -> None:
    first, *libraries = rule.dialects
    assert set(rule.made_by) == set(libraries), "the first dialect is the book's"
    for dialect, settings in rule.dialects.items():
        assert settings.keys() <= {"eta", *rule.settings()}
        assert settings["eta"] > 0
        text = f"{rule.word()}@{dialect}"
        if dialect in rule.requires_rate:
            with pytest.raises(TextError, match="leaves the rate to you"):
                optimizers.read(text)
            text += f":eta={settings['eta']}"
        assert optimizers.read(text).schedule == Constant(settings["eta"])
    assert optimizers.read(f"{rule.word()}@{first}").rule == optimizers.read(rule.word()).rule
    for library, line in rule.made_by.items():
        assert line.startswith(library)
        assert line.endswith(")")
        assert "η" in line


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_one_name_in_file_class_and_text(rule: type[Rule]) -> None:
    assert Path(inspect.getfile(rule)).stem == rule.word()
    assert rule.__name__.lower() == rule.word().replace("_", "")
    assert optimizers.registry[rule.word()] is rule
    assert str(optimizers.read(rule.word())).startswith(f"{rule.word()}:eta=")


def test_no_two_rules_share_a_title() -> None:
    assert len({rule.title for rule in optimizers.registry}) == len(optimizers.registry.names)


@pytest.mark.parametrize("rule", RULES)
def test_what_a_card_sets_in_latex_can_be_set(rule: type[Rule]) -> None:
    from matplotlib.mathtext import MathTextParser

    written = [
        rule.rate,
        (rule().ceiling() or ("", ""))[1],
        *(m.latex for m in rule.settings().values()),
    ]
    for latex in filter(None, written):
        MathTextParser("path").parse(f"${latex}$")


# What rounds differently from one processor to the next has no place in a rule.

REFUSED = {
    "power", "float_power", "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "sin", "cos",
    "tan", "tanh", "sinh", "cosh", "hypot", "cbrt", "dot", "vdot", "inner", "outer", "matmul",
    "einsum", "tensordot", "linalg", "sum", "mean", "var", "std", "prod", "cumsum", "cumprod",
    "nansum", "nanmean", "average", "random", "pow",
}  # fmt: skip


def walked(tree: ast.AST) -> list[ast.AST]:
    """The nodes of `init` and `update` and of what they call here; all of a source without them.

    Forecasts (`best`, `forecast`, `ceiling`) move no path and may use anything.
    """
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    names = {"init", "update"} & functions.keys()
    if not names:
        return list(ast.walk(tree))
    visited, nodes = set(), []
    while names - visited:
        name = (names - visited).pop()
        visited.add(name)
        inside = list(ast.walk(functions[name]))
        nodes += inside
        used = {getattr(node, "attr", getattr(node, "id", "")) for node in inside}
        names |= used & functions.keys()
    return nodes


def refused(source: str) -> Iterator[str]:
    """What a source uses that `init` and `update` of a rule must not."""
    for node in walked(ast.parse(source)):
        ours = getattr(getattr(node, "value", None), "id", "") == "arrays"
        if isinstance(node, ast.Attribute) and node.attr in REFUSED and not ours:
            yield node.attr
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in REFUSED:
            yield node.func.id
        elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(
            node.op, ast.Pow | ast.MatMult
        ):
            yield type(node.op).__name__
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = {alias.name.split(".")[0] for alias in node.names}
            source = getattr(node, "module", None)
            yield from ("import" for _ in names & {"math", "cmath", "random"})
            yield from ("import" for _ in [0] if source in ("numpy", "math", "random"))


FOLDER = Path(inspect.getfile(optimizers)).parent


OURS = sorted(set(FOLDER.glob("*.py")) - {FOLDER / "_torch.py"})  # that one steps PyTorch


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_a_rule_is_made_of_products_sums_and_roots(path: Path) -> None:
    assert list(refused(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "b ** t",
        "b **= 2",
        "Q @ g",
        "np.exp(t)",
        "np.power(b, t)",
        "np.dot(g, g)",
        "pow(b, t)",
        "(g * g).sum()",
        "np.linalg.norm(g)",
        "from numpy import exp",
        "import math",
        "from math import exp",
    ],
)
def test_anything_else_is_reported(source: str) -> None:
    assert list(refused(source))


@pytest.mark.parametrize("rule", RULES)
def test_a_run_that_arrives_stays_there_when_its_numbers_underflow(rule: type[Rule]) -> None:
    bowl = Quadratic(np.array([[6.0, 2.0], [2.0, 10.0]]), np.zeros(2))
    eta = next(iter(rule.dialects.values())).get("eta", 0.1)
    for rate in {eta, 0.4}:
        run = engine.run(
            bowl, optimizers.read(f"{rule.word()}:eta={rate}"), np.array([-5.0, -2.0]), 1500
        )
        if np.nanmin(run.f) < 1e-100:
            assert np.isfinite(run.x).all()
            assert run.status == ("converged",)
