"""Record values, gradients, Hessians and walks of functions that are no quadratics.

    /tmp/witness/bin/python tests/recorded/make_smooth.py

with the environment of make.py, whose torch brings sympy and mpmath along; ten seconds. Derivatives
are sympy's, evaluated by mpmath with 40 digits; walks are Optax's on gradients of JAX in 64 bit.
Each function is written twice: as it is typed for optviz, and in Python for the witnesses.
"""

import json
import os
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

os.environ["JAX_ENABLE_X64"] = "1"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import mpmath
import numpy as np
import optax
import sympy
from sympy.parsing import sympy_parser

Number = Any  # of mpmath
Array = np.ndarray
POINTS = 40
AWAY = 0.05  # how far a point stays from a kink
mpmath.mp.dps = 40


class Function(NamedTuple):
    """A function: as typed for optviz, in Python, where its points lie, what is 0 at its kinks."""

    typed: str
    python: str
    box: tuple[tuple[float, float], ...]
    kinks: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        dim = len(self.box)
        return ["x", "y"][:dim] if dim < 3 else [f"x{i + 1}" for i in range(dim)]


def square(low: float, high: float, dim: int = 2) -> tuple[tuple[float, float], ...]:
    return ((low, high),) * dim


TABLE = {
    "rosenbrock": Function(
        "(1-x)^2 + 100(y-x^2)^2", "(1-x)**2 + 100*(y-x**2)**2", ((-2, 2), (-1, 3))
    ),
    "beale": Function(
        "(1.5-x+xy)^2 + (2.25-x+xy^2)^2 + (2.625-x+xy^3)^2",
        "(1.5-x+x*y)**2 + (2.25-x+x*y**2)**2 + (2.625-x+x*y**3)**2",
        square(-4.5, 4.5),
    ),
    "himmelblau": Function(
        "(x^2+y-11)^2 + (x+y^2-7)^2", "(x**2+y-11)**2 + (x+y**2-7)**2", square(-5, 5)
    ),
    "rastrigin": Function(
        "20 + x^2 - 10cos(2pi x) + y^2 - 10cos(2pi y)",
        "20 + x**2 - 10*cos(2*pi*x) + y**2 - 10*cos(2*pi*y)",
        square(-4.5, 4.5),
    ),
    "ackley": Function(
        "-20exp(-0.2sqrt(0.5(x^2+y^2))) - exp(0.5(cos(2pi x)+cos(2pi y))) + e + 20",
        "-20*exp(-0.2*sqrt(0.5*(x**2+y**2))) - exp(0.5*(cos(2*pi*x)+cos(2*pi*y))) + exp(1) + 20",
        square(-4, 4),
        ("x**2 + y**2",),
    ),
    "goldstein-price": Function(
        "(1+(x+y+1)^2(19-14x+3x^2-14y+6xy+3y^2))(30+(2x-3y)^2(18-32x+12x^2+48y-36xy+27y^2))",
        "(1+(x+y+1)**2*(19-14*x+3*x**2-14*y+6*x*y+3*y**2))"
        "*(30+(2*x-3*y)**2*(18-32*x+12*x**2+48*y-36*x*y+27*y**2))",
        square(-2, 2),
    ),
    "six-hump-camel": Function(
        "(4-2.1x^2+x^4/3)x^2 + xy + 4(y^2-1)y^2",
        "(4-2.1*x**2+x**4/3)*x**2 + x*y + 4*(y**2-1)*y**2",
        ((-2, 2), (-1, 1)),
    ),
    "three-hump-camel": Function(
        "2x^2-1.05x^4+x^6/6+xy+y^2", "2*x**2-1.05*x**4+x**6/6+x*y+y**2", square(-2.2, 2.2)
    ),
    "mccormick": Function(
        "sin(x+y)+(x-y)^2-1.5x+2.5y+1", "sin(x+y)+(x-y)**2-1.5*x+2.5*y+1", ((-1.5, 4), (-3, 4))
    ),
    "styblinski-tang": Function(
        "0.5(x^4-16x^2+5x+y^4-16y^2+5y)", "0.5*(x**4-16*x**2+5*x+y**4-16*y**2+5*y)", square(-5, 5)
    ),
    "levy13": Function(
        "sin(3pi x)^2 + (x-1)^2(1+sin(3pi y)^2) + (y-1)^2(1+sin(2pi y)^2)",
        "sin(3*pi*x)**2 + (x-1)**2*(1+sin(3*pi*y)**2) + (y-1)**2*(1+sin(2*pi*y)**2)",
        square(-10, 10),
    ),
    "easom": Function(
        "-cos(x)cos(y)exp(-(x-pi)^2-(y-pi)^2)",
        "-cos(x)*cos(y)*exp(-(x-pi)**2-(y-pi)**2)",
        square(-6.25, 6.25),
    ),
    "griewank": Function(
        "1 + (x^2+y^2)/4000 - cos(x)cos(y/sqrt(2))",
        "1 + (x**2+y**2)/4000 - cos(x)*cos(y/sqrt(2))",
        square(-10, 10),
    ),
    "dixon-price": Function("(x-1)^2 + 2(2y^2-x)^2", "(x-1)**2 + 2*(2*y**2-x)**2", square(-2, 2)),
    "boyd": Function(
        "exp(x+3y-0.1) + exp(x-3y-0.1) + exp(-x-0.1)",
        "exp(x+3*y-0.1) + exp(x-3*y-0.1) + exp(-x-0.1)",
        ((-2, 1), (-1, 1)),
    ),
    "monkey-saddle": Function("x^3-3xy^2", "x**3-3*x*y**2", square(-1.5, 1.5)),
    "valley-of-stability": Function("(1-xy)^2/2", "(1-x*y)**2/2", square(-3, 3)),
    "d2l-cosine": Function("x cos(0.15pi x)", "x*cos(0.15*pi*x)", square(-10, 10, 1)),
    "d2l-cosh": Function("cosh(0.5x)", "cosh(0.5*x)", square(-10, 10, 1)),
    "d2l-local": Function("x cos(pi x)", "x*cos(pi*x)", square(-1, 2, 1)),
}

MORE = {
    "tangents": Function(
        "tan(x/4) + asin(x/4)acos(y/5) + atan(x*y)",
        "tan(x/4) + asin(x/4)*acos(y/5) + atan(x*y)",
        square(-3.5, 3.5),
    ),
    "hyperbolic": Function(
        "log(x^2+1) + sqrt(x+y+7) - tanh(2y)sinh(x/2)",
        "log(x**2+1) + sqrt(x+y+7) - tanh(2*y)*sinh(x/2)",
        square(-3, 3),
    ),
    "powers": Function(
        "x^1.5 - 3x^y + y^(-2.5) + 2^(x-y) + (x^2+y^2)^(3/2)",
        "x**1.5 - 3*x**y + y**(-2.5) + 2**(x-y) + (x**2+y**2)**1.5",
        square(0.2, 3),
    ),
    "fractions": Function(
        "1/(1+1/(2+x/(1+y^2))) - x/y/(3+x^2)",
        "1/(1+1/(2+x/(1+y**2))) - x/y/(3+x**2)",
        ((-1.9, 3), (0.3, 3)),
    ),
    "kinks": Function(
        "abs(x-2y)^3 sqrt(abs(x)) + max(x^3,y) + min(xy,1,x-y)",
        "abs(x-2*y)**3*sqrt(abs(x)) + maximum(x**3,y) + minimum(minimum(x*y,1),x-y)",
        square(-2, 2),
        ("x - 2*y", "x", "x**3 - y", "x*y - 1", "x*y - x + y", "1 - x + y"),
    ),
    "nested": Function(
        "e^(sin(xy))log(2+cos(y)) + exp(-y^2)/pi - tanh(exp(x/3)-sqrt(1+y^2))",
        "exp(sin(x*y))*log(2+cos(y)) + exp(-y**2)/pi - tanh(exp(x/3)-sqrt(1+y**2))",
        square(-3, 3),
    ),
    "three": Function(
        "x1^2 x2 + exp(-x2 x3) + cosh(x1-x3)/sqrt(1+x3^2) - atan(x1+x2)^3",
        "x1**2*x2 + exp(-x2*x3) + cosh(x1-x3)/sqrt(1+x3**2) - atan(x1+x2)**3",
        square(-2, 2, 3),
    ),
    "five": Function(
        " + ".join(f"100(x{i + 1}-x{i}^2)^2 + (1-x{i})^2" for i in range(1, 5)),
        " + ".join(f"100*(x{i + 1}-x{i}**2)**2 + (1-x{i})**2" for i in range(1, 5)),
        square(-2, 2, 5),
    ),
    "cancelling": Function(
        "log(1+exp(x-y)) - (exp(x/2)-exp(y/2))^2/(exp(x)+exp(y)) + (x+y)^7/1000",
        "log(1+exp(x-y)) - (exp(x/2)-exp(y/2))**2/(exp(x)+exp(y)) + (x+y)**7/1000",
        square(-3, 3),
    ),
}
FUNCTIONS = TABLE | MORE


class Run(NamedTuple):
    """A walk: function, start, steps, a name in `RULES` and its rate."""

    function: str
    start: tuple[float, ...]
    steps: int
    rule: str
    eta: float


RUNS = [
    Run("rosenbrock", (-2, 2), 1000, "gd", 0.001),
    Run("rosenbrock", (-2, 2), 1000, "momentum", 0.0005),
    Run("rosenbrock", (-2, 2), 1000, "adagrad", 0.5),
    Run("rosenbrock", (-2, 2), 1000, "adam", 0.05),
    Run("rosenbrock", (-1.2, 1), 1000, "adam", 0.05),
    Run("beale", (1, 1), 500, "gd", 0.01),
    Run("beale", (3, 4), 500, "adagrad", 0.5),
    Run("beale", (-1, 1.5), 500, "adam", 0.1),
    Run("himmelblau", (-0.15, 0.67), 100, "gd", 0.01),
    Run("himmelblau", (-0.15, 0.67), 100, "adagrad", 0.5),
    Run("rastrigin", (-2, 3.5), 500, "adam", 0.1),
    Run("boyd", (-1, 1), 50, "gd", 0.1),
    Run("d2l-cosine", (10,), 10, "gd", 2.0),
    # Where the sharpness crosses 2/eta: 86 times, twice as often, once up, once down.
    Run("beale", (1, 1), 300, "gd", 0.05),
    Run("beale", (1, 1), 300, "gd", 0.06),
    Run("valley-of-stability", (2.5, 1), 100, "gd", 0.5),
    Run("valley-of-stability", (3, 0.1), 100, "gd", 0.3),
]


class Rule(NamedTuple):
    """An Optax optimizer by its rate, its settings in optviz, C, and its effective rate.

    A step is stable while the largest eigenvalue of diag(rate)·H is below C. `effective` takes the
    rate and the state after the step.
    """

    made: Callable[[float], Any]
    settings: str
    ceiling: float
    effective: Callable[[float, Any], Any]


def adam_rate(eta: float, state: Any) -> Any:
    (count, _, squares), *_ = state
    return eta / (jnp.sqrt(squares / (1 - 0.999**count)) + 1e-8)


RULES = {
    "gd": Rule(optax.sgd, "", 2.0, lambda eta, _: eta),
    "momentum": Rule(
        lambda eta: optax.sgd(eta, momentum=0.9), ",beta=0.9", 2 * 1.9, lambda eta, _: eta
    ),
    # ε = 1e-6 inside the root and sums from 0, as in the book.
    "adagrad": Rule(
        lambda eta: optax.adagrad(eta, initial_accumulator_value=0.0, eps=1e-6),
        ",eps=1e-6",
        2.0,
        lambda eta, state: eta / jnp.sqrt(state[0].sum_of_squares + 1e-6),
    ),
    "adam": Rule(optax.adam, ",eps=1e-8", 2 * 1.9 / 0.1, adam_rate),
}


class Step(sympy.Function):
    """1 above 0, else 0: flat wherever there is a slope."""

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        return sympy.Integer(0)


class Larger(sympy.Function):
    """The larger of two."""

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        a, b = self.args
        return Step(a - b) if argindex == 1 else Step(b - a)


def parsed(function: Function) -> sympy.Expr:
    """The function in sympy, its decimals as exact fractions."""
    names = {name: sympy.Symbol(name) for name in function.names}
    names |= {
        "maximum": Larger,
        "minimum": lambda a, b: -Larger(-a, -b),
        "abs": lambda a: Larger(a, -a),
    }
    steps = (*sympy_parser.standard_transformations, sympy_parser.rationalize)
    return sympy_parser.parse_expr(function.python, names, transformations=steps)


class Sizes(NamedTuple):
    """What an expression is at a point, and two measures of how exactly it can be computed.

    `terms` is its value with the absolute value of each term of a sum in place of the term: that of
    a product is the product, that of f(u) is |f(u)|. `bound` also carries the error of arguments:
    that of f(u) is |f(u)| + |f'(u)|·bound(u). Who rounds each operation once is off by a small
    multiple of ε·bound.
    """

    value: Number
    terms: Number
    bound: Number


class Evaluation:
    """The sizes of expressions at one point, each part computed once."""

    def __init__(self, place: dict[sympy.Symbol, Number]) -> None:
        self.known: dict[sympy.Expr, Sizes] = {
            name: Sizes(value, abs(value), abs(value)) for name, value in place.items()
        }

    def of(self, e: sympy.Expr) -> Sizes:
        if e not in self.known:
            self.known[e] = self.computed(e)
        return self.known[e]

    def computed(self, e: sympy.Expr) -> Sizes:
        if not e.args:
            value = e._to_mpmath(150)
            return Sizes(value, abs(value), abs(value))
        parts = [self.of(part) for part in e.args]
        if e.is_Add:
            return Sizes(*map(mpmath.fsum, zip(*parts, strict=True)))
        if e.is_Mul:
            return Sizes(*map(mpmath.fprod, zip(*parts, strict=True)))
        if e.is_Pow:
            return power(*parts, whole=e.args[1].is_Integer)
        u = parts[0]
        if isinstance(e, Larger):
            return max(parts)
        if isinstance(e, Step):
            return Sizes(*[mpmath.mpf(u.value > 0)] * 3)
        value = getattr(mpmath, type(e).__name__)(u.value)
        slope = SLOPES[type(e).__name__](u.value)
        return Sizes(value, abs(value), abs(value) + abs(slope) * u.bound)


SLOPES: dict[str, Callable[[Number], Number]] = {
    "exp": mpmath.exp,
    "log": lambda u: 1 / u,
    "sin": mpmath.cos,
    "cos": mpmath.sin,
    "tan": lambda u: 1 + mpmath.tan(u) ** 2,
    "asin": lambda u: 1 / mpmath.sqrt(1 - u * u),
    "acos": lambda u: 1 / mpmath.sqrt(1 - u * u),
    "atan": lambda u: 1 / (1 + u * u),
    "sinh": mpmath.cosh,
    "cosh": mpmath.sinh,
    "tanh": lambda u: 1 - mpmath.tanh(u) ** 2,
}


def power(u: Sizes, p: Sizes, *, whole: bool) -> Sizes:
    """A power; one with a whole exponent is the product that it is."""
    if whole and p.value > 0:
        return Sizes(*(size ** int(p.value) for size in u))
    value = u.value ** int(p.value) if whole else mpmath.power(u.value, p.value)
    errors = abs(p.value) * u.bound / abs(u.value)
    errors += 0 if whole else abs(mpmath.log(abs(u.value))) * p.bound
    return Sizes(value, abs(value), abs(value) * (1 + errors))


def points(function: Function, seed: int) -> Array:
    """Seeded points in the box, away from the kinks: (POINTS, dim)."""
    low, high = np.array(function.box, dtype=float).T
    rng, chosen = np.random.default_rng(seed), []
    while len(chosen) < POINTS:
        x = rng.uniform(low, high)
        place = dict(zip(function.names, x.tolist(), strict=True))
        if all(abs(eval(kink, {}, place)) > AWAY for kink in function.kinks):
            chosen.append(x)
    return np.array(chosen)


def derivatives(function: Function, x: Array) -> dict[str, Array]:
    """Value, gradient, Hessian and their sizes at each row, rounded to float64."""
    names = [sympy.Symbol(name) for name in function.names]
    f = parsed(function)
    grad = [f.diff(name) for name in names]
    hessian = [[g.diff(name) for name in names] for g in grad]
    out: dict[str, list[Any]] = {}
    for row in x.tolist():
        at = Evaluation(dict(zip(names, map(mpmath.mpf, row), strict=True)))
        for word, tree in (("value", f), ("grad", grad), ("hessian", hessian)):
            sizes = np.array(mapped(tree, at.of))  # (…, 3)
            for index, kind in enumerate(("", "_terms", "_bound")):
                out.setdefault(word + kind, []).append(sizes[..., index])
    return {kind: np.array(rows) for kind, rows in out.items()}


def mapped(tree: Any, of: Callable[[sympy.Expr], Sizes]) -> Any:
    """A list of lists with each expression as its three sizes."""
    if isinstance(tree, list):
        return [mapped(part, of) for part in tree]
    return [float(size) for size in of(tree)]


def in_jax(function: Function) -> Callable[[jax.Array], jax.Array]:
    code = compile(function.python, function.typed, "eval")
    return lambda x: eval(code, vars(jnp), dict(zip(function.names, x, strict=True)))


def walk(f: Callable[[jax.Array], jax.Array], run: Run, shake: Array) -> tuple[Array, Array]:
    """Positions (steps + 1, dim), and λmax(diag(rate)·H) where each step begins (steps,).

    Gradients are taken at x·(1 + shake), with `shake` (steps, dim).
    """
    rule, x = RULES[run.rule], jnp.array(run.start, dtype=float)
    optimizer, grad, hessian = rule.made(run.eta), jax.grad(f), jax.hessian(f)

    @jax.jit
    def step(x: jax.Array, state: Any, moved: jax.Array) -> tuple[jax.Array, Any, jax.Array]:
        update, state = optimizer.update(grad(x * (1 + moved)), state, x)
        root = jnp.sqrt(rule.effective(run.eta, state) * jnp.ones_like(x))
        return optax.apply_updates(x, update), state, root[:, None] * hessian(x) * root

    state, path, products = optimizer.init(x), [np.asarray(x)], []
    for moved in shake:
        x, state, product = step(x, state, moved)
        path.append(np.asarray(x))
        products.append(np.asarray(product))
    return np.array(path), np.linalg.eigvalsh(np.array(products))[:, -1]


def shaken(f: Callable[[jax.Array], jax.Array], run: Run, path: Array) -> Array:
    """How far off rounding takes a walk by each step, relative: the most of three: (steps + 1,)."""
    rng, away = np.random.default_rng(0), np.zeros(len(path))
    for _ in range(3):
        shake = 1e-15 * rng.choice([-1.0, 1.0], (run.steps, len(run.start)))
        gap = abs(walk(f, run, shake)[0] - path) / np.maximum(1, abs(path))
        away = np.maximum(away, gap.max(axis=1))
    return np.maximum.accumulate(away)


def stored(steps: int) -> list[int]:
    """The steps that are kept: the first ten and every tenth."""
    return [*range(11), *range(20, steps + 1, 10)]


def record_runs(arrays: dict[str, Array]) -> list[dict[str, Any]]:
    runs = []
    for number, run in enumerate(RUNS):
        f, rule = in_jax(FUNCTIONS[run.function]), RULES[run.rule]
        path, sharpness = walk(f, run, np.zeros((run.steps, len(run.start))))
        kept, key, away = stored(run.steps), f"run{number}", shaken(f, run, path)
        arrays[f"{key}_x"], arrays[f"{key}_shaken"] = path[kept], away[kept]
        arrays[f"{key}_f"] = np.array([f(jnp.array(x)) for x in path[kept]])
        arrays[f"{key}_sharpness"] = sharpness
        text = f"{run.rule}:eta={run.eta:g}{rule.settings}"
        about = {"optimizer": text, "ceiling": rule.ceiling, "key": key, "kept": kept}
        runs.append({**run._asdict(), **about})
        above = int((sharpness > rule.ceiling).sum())
        print(f"{run.function:12} {text:30} {path[-1].tolist()} {away[-1]:.0e}, {above} above")
    return runs


def main() -> None:
    arrays: dict[str, Array] = {}
    runs = record_runs(arrays)
    for seed, (name, function) in enumerate(FUNCTIONS.items()):
        x = points(function, seed)
        arrays[f"{name}_x"] = x
        arrays |= {f"{name}_{kind}": rows for kind, rows in derivatives(function, x).items()}
        by_jax = np.array([in_jax(function)(jnp.array(row)) for row in x])
        worst = (abs(by_jax - arrays[f"{name}_value"]) / arrays[f"{name}_value_terms"]).max()
        print(f"{name:20} values of JAX within {worst:.1e}")
    meta = {
        "versions": {name: version(name) for name in ("jax", "optax", "sympy", "mpmath")},
        "functions": {name: function.typed for name, function in FUNCTIONS.items()},
        "table": list(TABLE),
        "runs": runs,
    }
    path = Path(__file__).with_name("smooth.npz")
    np.savez_compressed(path, allow_pickle=False, meta=np.array(json.dumps(meta)), **arrays)
    print(f"{path}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
