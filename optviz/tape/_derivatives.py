"""Exact derivatives by reverse differentiation: the gradient of a tape is a tape.

Source of the method: Griewank & Walther, Evaluating Derivatives, 2nd ed. 2008, ch. 3.
"""

from collections.abc import Callable, Iterable, Iterator

from optviz.tape._tape import Builder


def gradient(build: Builder, of: int, inputs: Iterable[int]) -> list[int]:
    """The places of ∂f/∂xᵢ for the node `of` and each index of `inputs`, written on the same tape.

    A derivative that is 0 everywhere is the constant 0. At a kink (|x| at 0, two equal arguments of
    min and max) it is that of one side.
    """
    bars: dict[int, int] = {of: build.constant(1.0)}
    found: dict[int, int] = {}
    for place in sorted(_ancestors(build, of), reverse=True):
        op = build.ops[place]
        if (bar := bars.pop(place, None)) is None or op.name == "constant":
            continue
        if op.name == "input":
            found[int(op.value)] = bar
            continue
        for arg, part in _RULES[op.name](build, bar, place, *op.args):
            if build.value(arg) is None:
                bars[arg] = build.apply("add", bars[arg], part) if arg in bars else part
    zero = build.constant(0.0)
    return [found.get(i, zero) for i in inputs]


def _ancestors(build: Builder, of: int) -> set[int]:
    """All nodes that a node depends on, itself among them."""
    seen, open_ = set[int](), [of]
    while open_:
        place = open_.pop()
        if place not in seen:
            seen.add(place)
            open_ += build.ops[place].args
    return seen


Parts = Iterator[tuple[int, int]]  # an argument, and what its derivative gains


def _add(_: Builder, bar: int, __: int, u: int, v: int) -> Parts:
    yield u, bar
    yield v, bar


def _sub(b: Builder, bar: int, _: int, u: int, v: int) -> Parts:
    yield u, bar
    yield v, b.apply("neg", bar)


def _mul(b: Builder, bar: int, _: int, u: int, v: int) -> Parts:
    if u == v:
        yield u, b.apply("mul", bar, b.apply("mul", b.constant(2.0), u))
        return
    yield u, b.apply("mul", bar, v)
    yield v, b.apply("mul", bar, u)


def _div(b: Builder, bar: int, ratio: int, u: int, v: int) -> Parts:
    over = b.apply("div", bar, v)
    yield u, over
    yield v, b.apply("neg", b.apply("mul", over, ratio))


def _neg(b: Builder, bar: int, _: int, u: int) -> Parts:
    yield u, b.apply("neg", bar)


def _sqrt(b: Builder, bar: int, root: int, u: int) -> Parts:
    yield u, b.apply("div", bar, b.apply("mul", b.constant(2.0), root))


def _exp(b: Builder, bar: int, value: int, u: int) -> Parts:
    yield u, b.apply("mul", bar, value)


def _log(b: Builder, bar: int, _: int, u: int) -> Parts:
    yield u, b.apply("div", bar, u)


def _sin(b: Builder, bar: int, _: int, u: int) -> Parts:
    yield u, b.apply("mul", bar, b.apply("cos", u))


def _cos(b: Builder, bar: int, _: int, u: int) -> Parts:
    yield u, b.apply("neg", b.apply("mul", bar, b.apply("sin", u)))


def _tan(b: Builder, bar: int, value: int, u: int) -> Parts:
    slope = b.apply("add", b.constant(1.0), b.apply("mul", value, value))
    yield u, b.apply("mul", bar, slope)


def _circle(b: Builder, u: int) -> int:
    """√(1 − u²), without cancellation near ±1."""
    one = b.constant(1.0)
    return b.apply("sqrt", b.apply("mul", b.apply("sub", one, u), b.apply("add", one, u)))


def _asin(b: Builder, bar: int, _: int, u: int) -> Parts:
    yield u, b.apply("div", bar, _circle(b, u))


def _acos(b: Builder, bar: int, _: int, u: int) -> Parts:
    yield u, b.apply("neg", b.apply("div", bar, _circle(b, u)))


def _atan(b: Builder, bar: int, _: int, u: int) -> Parts:
    yield u, b.apply("div", bar, b.apply("add", b.constant(1.0), b.apply("mul", u, u)))


def _sinh(b: Builder, bar: int, _: int, u: int) -> Parts:
    yield u, b.apply("mul", bar, b.apply("cosh", u))


def _cosh(b: Builder, bar: int, _: int, u: int) -> Parts:
    yield u, b.apply("mul", bar, b.apply("sinh", u))


def _tanh(b: Builder, bar: int, _: int, u: int) -> Parts:
    cosh = b.apply("cosh", u)
    yield u, b.apply("div", b.apply("div", bar, cosh), cosh)


def _abs(b: Builder, bar: int, _: int, u: int) -> Parts:
    yield u, b.apply("mul", bar, b.apply("sign", u))


def _pow(b: Builder, bar: int, value: int, u: int, v: int) -> Parts:
    less = b.power(u, b.apply("sub", v, b.constant(1.0)))
    yield u, b.apply("mul", bar, b.apply("mul", v, less))
    if b.value(v) is None:
        yield v, b.apply("mul", bar, b.apply("mul", value, b.apply("log", u)))


def _chosen(b: Builder, bar: int, first: int, u: int, v: int) -> Parts:
    zero = b.constant(0.0)
    yield u, b.apply("where", first, bar, zero)
    yield v, b.apply("where", first, zero, bar)


def _min(b: Builder, bar: int, _: int, u: int, v: int) -> Parts:
    yield from _chosen(b, bar, b.apply("less", u, v), u, v)


def _max(b: Builder, bar: int, _: int, u: int, v: int) -> Parts:
    yield from _chosen(b, bar, b.apply("less", v, u), u, v)


def _where(b: Builder, bar: int, _: int, first: int, u: int, v: int) -> Parts:
    yield from _chosen(b, bar, first, u, v)


def _flat(*_: object) -> Parts:
    yield from ()


_RULES: dict[str, Callable[..., Parts]] = {
    "add": _add, "sub": _sub, "mul": _mul, "div": _div, "neg": _neg, "pow": _pow,
    "sqrt": _sqrt, "exp": _exp, "log": _log, "sin": _sin, "cos": _cos, "tan": _tan,
    "asin": _asin, "acos": _acos, "atan": _atan, "sinh": _sinh, "cosh": _cosh, "tanh": _tanh,
    "abs": _abs, "sign": _flat, "less": _flat, "equal": _flat,
    "min": _min, "max": _max, "where": _where,
}  # fmt: skip
