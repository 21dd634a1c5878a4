"""A tape as JavaScript, whose numbers are those of NumPy: sums, products and roots to the last bit.

`pow`, `mod`, `sign`, `min` and `max` are functions of the page (`render/page/arithmetic.js`).
"""

from collections.abc import Sequence
from math import inf, isnan

from optviz.tape._tape import Op, Tape

_SIGNS = {"add": "+", "sub": "-", "mul": "*", "div": "/"}
_OWN = {"pow", "mod", "sign"}  # functions of the page
_LONGEST = 60  # characters of a value that is written where it is used


def javascript(tape: Tape, name: str, inputs: Sequence[str] = ()) -> str:
    """A function (i, o) that reads the inputs from an array and writes the outputs to another.

    `inputs` are words for what the first inputs are; the others are i0, i1, …
    """
    uses = _uses(tape)
    written: list[str] = []
    texts: list[str] = []
    for place, op in enumerate(tape.ops):
        text = _text(op, texts)
        if op.name == "constant" or (uses[place] < 2 and len(text) <= _LONGEST):
            texts.append(text)
            continue
        if op.name == "input" and int(op.value) < len(inputs):
            word = inputs[int(op.value)]
        else:
            word = f"v{place}"
        written.append(f"{word}={_bare(text)}")
        texts.append(word)
    outputs = [f"o[{i}]={_bare(texts[place])}" for i, place in enumerate(tape.outputs)]
    body = [f"const {', '.join(written)};"] if written else []
    return f"function {name}(i,o){{{''.join(body)}{';'.join(outputs)}}}"


def _uses(tape: Tape) -> list[int]:
    counts = [0] * len(tape.ops)
    for op in tape.ops:
        for arg in op.args:
            counts[arg] += 1
    for place in tape.outputs:
        counts[place] += 1
    return counts


def _text(op: Op, texts: Sequence[str]) -> str:
    if op.name == "constant":
        return number(op.value)
    if op.name == "input":
        return f"i[{int(op.value)}]"
    args = [texts[arg] for arg in op.args]
    if op.name in _SIGNS:
        return f"({args[0]}{_SIGNS[op.name]}{args[1]})"
    bare = [_bare(arg) for arg in args]
    if op.name == "neg":
        return f"(-{args[0]})"
    if op.name in ("less", "equal"):
        return f"({args[0]}{'<' if op.name == 'less' else '==='}{args[1]}?1:0)"
    if op.name == "where":
        return f"({args[0]}?{args[1]}:{args[2]})"
    return f"{'' if op.name in _OWN else 'Math.'}{op.name}({','.join(bare)})"


def _bare(text: str) -> str:
    """Without the parentheses around all of it."""
    if not text.startswith("("):
        return text
    depth = 0
    for i, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if not depth:
            return text[1:-1] if i == len(text) - 1 else text
    return text


def number(value: float) -> str:
    """A number that JavaScript reads back to the same bits."""
    if isnan(value):
        return "NaN"
    text = repr(value).replace("inf", "Infinity") if abs(value) == inf else repr(value)
    text = text.removesuffix(".0")
    return f"({text})" if text.startswith("-") else text
