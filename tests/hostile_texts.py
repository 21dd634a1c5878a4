"""Hostile texts of objectives: each is read or refused in a sentence, in bounded time and memory.

    python tests/hostile_texts.py [COUNT [SEED]]

reads that many, a million without a number (half an hour), uses what it can read, and prints what
raised anything else, took long, or made Python compile more than a tape.
"""

import random
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

import numpy as np

from optviz import notes, objectives
from optviz.errors import OptvizError, TextError, Unfit
from optviz.objectives.typed import typed

SLOW = 1.0, 1e-3  # seconds of the processor, or as many for each character
# Code of a tape: assignments of operations on names and numbers, and nothing else.
TAPE = re.compile(rb"[\w\s().,:=+*\-\[\]]*")
WATCHED = ("exec", "compile", "open", "os.system", "os.exec", "subprocess.", "socket.", "ctypes.")

FUNCTIONS = (
    *("exp", "log", "ln", "sqrt", "abs", "min", "max", "log10", "sin", "cos", "tan", "sinh"),
    *("cosh", "tanh", "asin", "acos", "atan", "pow", "square", "frac", "sum", "norm", "gamma"),
)
NUMBERS = (
    *("0", "1", "2", "3", "0.5", "-1", "64", "65", "1e308", "1e-308", "5e-324", "1e999", "1e-999"),
    *("9^9^9^9", "2^9^9^9", "0^0", "0^-1", "1/0", "1e300*1e300", "(-1)^0.5", "log(0)", "1e-320"),
    *("00000", ".5", "5.", "1.5.5", "1_000", "0x10", "1e", "1e+", "½", "٣", "１", "²", "⁻¹", "inf"),
    *("999999999999999999999999", "3.14159265358979323846264338327950288", "nan", "1j", "1e5000"),
)
NAMES = ("x", "y", "z", "x1", "x2", "x1000", "x1001", "x0", "w", "θ", "x_1", "x[0]", "x[9]", "xy")
CONSTANTS = ("pi", "e", "tau", "π", "τ", "E", "PI", "i", "φ", "∞")
SIGNS = (
    "+",
    "-",
    "*",
    "/",
    "^",
    "**",
    "×",
    "·",
    "−",
    "⁄",
    "%",
    "//",
    "==",
    "<",
    "@",
    "!",
    "|",
    ",",
)
HEADERS = (
    *(
        "f(x)=",
        "f(x,y) = ",
        "f(w,b)=",
        "z=",
        "f(e)=",
        "f(pi,e)=",
        "f(sin, cos)=",
        "f(np)=",
        "f(x1)=",
    ),
    *(
        "lambda x, y: ",
        "def f(x): return ",
        "f(θ)=",
        "f(self, run, v1)=",
        "min_x ",
        "f(exp)=",
        "f()=",
    ),
)
LATEX = (
    *(r"\frac{", r"\sqrt{", r"\left(", r"\right)", "{", "}", r"\cdot", "$", r"\sin", r"\exp", "^{"),
    *("_{", r"\pi", r"\begin{bmatrix}", "&", r"\\", r"\operatorname{", r"\mathrm{", r"\sum", r"\|"),
)
CODE = (
    *(
        "__import__('os').system('true')",
        "x.__class__",
        "eval('1')",
        "exec('x')",
        "open('/etc/passwd')",
    ),
    *(
        "[x for x in (1,)]",
        "f'{x}'",
        "{x!r}",
        "%s",
        "x;import os",
        "`x`",
        "x if x else y",
        "lambda: 0",
    ),
    *(
        "(lambda: x)()",
        "x:=1",
        "print(x)",
        "globals()",
        "x.real",
        "'x'",
        '"',
        "\\",
        "#",
        "\n",
        "\r\n",
    ),
    *(
        "np.exp(x)",
        "torch.sin(x)",
        "math.pi",
        "Math.pow(x,2)",
        "np.linalg.norm(x)",
        "x@x",
        "x.T",
        "...",
    ),
)
ODD = (
    *(
        "\x00",
        "\ud800",
        "\u202e",
        "\ufeff",
        "\u0301",
        "𝑥",
        "ｘ",
        "Х",
        "ſ",
        "K",
        "ﬁ",
        "①",
        "㎏",
        "\U0010ffff",
    ),
    *(
        "\u2028",
        "\xa0",
        "\u200b",
        "∂",
        "∇",
        "√x",
        "√",
        "∑",
        "∏",
        "∫",
        "‖x‖",
        "⌊x⌋",
        "x̂",
        "x′",
        "π²",
        "ℯ",
    ),
)
PIECES = (*FUNCTIONS, *NUMBERS, *NAMES, *CONSTANTS, *SIGNS, *HEADERS, *LATEX, *CODE, *ODD, "(", ")")
Random = random.Random


def soup(r: Random) -> str:
    """Pieces of all kinds in a row."""
    return "".join(r.choice(PIECES) for _ in range(r.randint(1, 16)))


def unicode(r: Random) -> str:
    """Any characters at all, with a formula between."""
    odd = "".join(chr(r.choice((r.randrange(0x110000), r.randrange(0x300)))) for _ in range(8))
    return r.choice((odd, f"x{odd}", f"{odd}x^2", f"f({odd})={odd}", f"sin({odd})", f"x^{odd}"))


def grown(r: Random, depth: int) -> str:
    """A formula of the grammar, with awkward numbers."""
    kind = r.random() if depth else 0.0
    if kind < 0.2:
        return r.choice((*NAMES[:5], *NAMES[:2], *CONSTANTS[:3], r.choice(NUMBERS)))
    inner = partial(grown, r, depth - 1)
    if kind < 0.45:
        return f"{r.choice(FUNCTIONS)}({inner()}{',' + inner() if r.random() < 0.2 else ''})"
    if kind < 0.55:
        return f"|{inner()}|"
    if kind < 0.7:
        return f"({inner()})^{r.choice((inner(), r.choice(NUMBERS)))}"
    return f"({inner()}){r.choice(SIGNS[:5])}({inner()})"


def formula(r: Random) -> str:
    return grown(r, r.randint(1, 6))


def mutated(r: Random) -> str:
    """A formula with a few characters lost, doubled, swapped or put in."""
    letters = list(grown(r, r.randint(1, 5)))
    for _ in range(r.randint(1, 4)):
        at = r.randrange(len(letters))
        letters[at] = r.choice(("", letters[at] * 2, letters[at - 1], r.choice(PIECES)))
    return "".join(letters)


def nested(r: Random) -> str:
    """One thing within itself, many times, often without its end."""
    opening, closing = r.choice(
        [
            *((f"{name}(", ")") for name in FUNCTIONS[:18]),
            *(("(", ")"), ("|", "|"), ("-", ""), ("+", ""), ("x^", ""), ("2^", ""), ("x/", "")),
            *((r"\frac{1}{", "}"), (r"\sqrt{", "}"), ("(x*", ")"), ("(y+", ")^2"), ("1/(1+", ")")),
            *(("max(x,", ")"), ("min(y,", ",x)"), ("(x+", ")*(x-y)"), ("sin ", ""), ("sin^2 ", "")),
            *(
                ("(", ")^2"),
                ("(", ")^64"),
                ("(", ")^x"),
                ("exp(x*", ")"),
                ("|x*", "|"),
                ("f(", ")="),
            ),
        ]
    )
    count = r.choice((r.randint(1, 12), r.randint(1, 120), r.randint(90, 110), r.randint(1, 3000)))
    ends = count + r.choice((0, 0, 0, -1, 1))
    return opening * count + r.choice(("x", "y", "xy", "x+y", "2", "")) + closing * ends


def long(r: Random) -> str:
    """A part again and again."""
    part = r.choice(
        (*PIECES, formula(r), formula(r), "x+", "*x", "^x", "sin(x)+", "exp(x)*", "x1x2")
    )
    count = r.choice((10, 100, 1000, r.randint(1, 3000)))
    return r.choice(("", "x+", "sin(x)+")) + part * min(count, 120_000 // max(1, len(part)))


def numbered(r: Random) -> str:
    """Many coordinates."""
    n = r.choice((3, 10, 40, 200, 1000))
    shape = r.choice(("sin(x{i})", "x{i}^3", "exp(x{i})*x{j}", "x{i}*x{j}*x1", "(x{i}-x{j}^2)^2"))
    terms = (shape.format(i=i, j=r.randint(1, n)) for i in range(1, n + 1))
    return r.choice(("", "(")) + r.choice("+*-").join(terms)


KINDS: dict[Callable[[Random], str], float] = {
    soup: 30, formula: 30, mutated: 25, unicode: 10, nested: 5, long: 0.3, numbered: 0.02,
}  # fmt: skip


def texts(seed: int) -> Iterator[tuple[str, str]]:
    """Kinds and texts without end."""
    r = Random(seed)
    kinds, weights = list(KINDS), list(KINDS.values())
    while True:
        kind = r.choices(kinds, weights)[0]
        yield kind.__name__, re.sub(r"^[\s@]+", "", kind(r))  # @ names a file


@np.errstate(all="ignore")
def used(text: str) -> str:
    """Reads a text and asks what it can be asked for; how it ended. Raises what is a fault."""
    try:
        with notes.collected():
            f = objectives.read(text)
            shown = typed(f)
    except TextError as error:
        assert error.text == text
        assert 0 <= error.at <= len(text)
        assert error.length == 1 or error.at + error.length <= len(text)
        assert str(error)
        return "pointed at"
    except OptvizError as error:
        assert str(error)
        return "refused"
    assert repr(shown) == repr(typed(f))  # nan is like no other
    x = np.stack([np.full(f.dim, at) for at in (0.0, 0.3, -2.0, 1e200, np.nan)])
    value, grad = f.value_and_grad(x)
    alone, slope = f.value_and_grad(x[1:2])
    assert np.array_equal(value[1:2], alone, equal_nan=True), "a row alone has another value"
    assert np.array_equal(grad[1:2], slope, equal_nan=True), "a row alone has another gradient"
    assert value.shape == (5,)
    assert grad.shape == x.shape
    hash(f.key)
    if f.dim <= 40:
        try:
            assert f.hessian(x).shape in {(5, f.dim, f.dim), (f.dim, f.dim)}
        except Unfit as error:
            assert str(error)
            return "read, without a Hessian"
    return "a quadratic" if f.quadratic else "read"


class Guard:
    """An audit hook that keeps what Python compiles or opens, while it is `on`."""

    def __init__(self) -> None:
        self.on, self.events = False, list[str]()
        sys.addaudithook(self.hear)

    def hear(self, event: str, args: tuple[Any, ...]) -> None:
        if not self.on or not event.startswith(WATCHED) or _importing():
            return
        if event == "exec" and args[0].co_filename == "<tape>":
            return
        source = args[0] if event == "compile" else None
        source = source.encode() if isinstance(source, str) else source
        if event == "compile" and args[1] == "<tape>" and source and TAPE.fullmatch(source):
            return
        self.events.append(f"{event} {args[:2]!r:.200}")


def _importing() -> bool:
    """Whether this is Python's own reading of a module that is imported late."""
    frame = sys._getframe()
    while frame := frame.f_back:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
    return False


def _again(text: str) -> float:
    """How long a text takes another time: what is slow once may be for what else is at work."""
    begun = time.process_time()
    with suppress(Exception):
        used(text)
    return time.process_time() - begun


def examine(count: int, seed: int = 0, progress: int = 0) -> tuple[Counter[str], list[str]]:
    """How `count` texts ended, by kind, and a line for each fault."""
    guard, ends, faults = Guard(), Counter[str](), list[str]()
    for number, (kind, text) in zip(range(count), texts(seed), strict=False):
        begun, guard.on = time.process_time(), True
        try:
            end = used(text)
        except Exception as error:
            end = type(error).__name__
            faults.append(f"{end}: {error!s:.200} in {text!r:.300}")
        guard.on = False
        took, most = time.process_time() - begun, max(SLOW[0], SLOW[1] * len(text))
        if took > most and (took := min(took, _again(text), _again(text))) > most:
            faults.append(f"{took:.1f} s for {len(text)} characters, {text!r:.200}")
        faults += [f"{event} by {text!r:.200}" for event in guard.events]
        guard.events.clear()
        ends[f"{kind}: {end}"] += 1
        if progress and number % progress == progress - 1:
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"{number + 1} texts, {len(faults)} faults, {memory} MB", flush=True)
    return ends, faults


def main() -> None:
    count, seed = [*map(int, sys.argv[1:]), 1_000_000, 0][:2] if len(sys.argv) < 3 else sys.argv[1:]
    ends, faults = examine(int(count), int(seed), 50_000)
    for end, number in sorted(ends.items()):
        print(f"{number:8} {end}")
    print(*faults, f"{len(faults)} faults", sep="\n")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
