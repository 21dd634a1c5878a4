"""A tape as an expression that reads back to the same tape."""

from math import pi
from typing import NamedTuple

from optviz.tape._tape import Op, Tape

_SIGNS = {"add": "+", "sub": "-", "mul": "*", "div": "/", "pow": "^"}
_BINDING = {"add": 1, "sub": 1, "mul": 3, "div": 3, "neg": 2, "pow": 4}
_ATOM = 5
_CALLED = {
    *("exp", "log", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh"),
    *("abs", "min", "max"),
}


class _Piece(NamedTuple):
    """A text, and how tightly its last operation binds."""

    text: str
    binding: int

    def within(self, binding: int) -> str:
        """The text as it stands beside an operator that binds so."""
        return self.text if self.binding >= binding else f"({self.text})"


def expression(tape: Tape, names: tuple[str, ...], most: int = 2000) -> str:
    """The expression of a tape's one output; "" for what has none, or one that is longer."""
    pieces: list[_Piece] = []
    for op in tape.ops:
        args = [pieces[i] for i in op.args]
        piece = _piece(op, args, names) if all(arg.text for arg in args) else _Piece("", 0)
        pieces.append(piece if len(piece.text) <= most else _Piece("", 0))
    return pieces[tape.outputs[0]].text


def _piece(op: Op, args: list[_Piece], names: tuple[str, ...]) -> _Piece:
    if op.name == "input":
        return _Piece(names[int(op.value)], _ATOM)
    if op.name == "constant":
        text = "pi" if op.value == pi else repr(op.value).removesuffix(".0")
        return _Piece(text, 0 if op.value < 0 else _ATOM)
    if op.name in _CALLED:
        return _Piece(f"{op.name}({', '.join(arg.text for arg in args)})", _ATOM)
    binding = _BINDING.get(op.name, 0)
    if op.name == "neg":
        return _Piece(f"-{args[0].within(3)}", binding)
    if op.name == "mul" and args[0] == args[1]:
        return _Piece(f"{args[0].within(_ATOM)}^2", 4)
    if op.name == "mul" and _is_number(args[1]):
        args = args[::-1]
    if op.name not in _SIGNS:
        return _Piece("", 0)
    left = args[0].within(binding + (op.name == "pow"))
    space = " " if binding == 1 else ""
    return _Piece(f"{left}{space}{_SIGNS[op.name]}{space}{args[1].within(binding + 1)}", binding)


def _is_number(piece: _Piece) -> bool:
    return piece.text == "pi" or (piece.text[:1].isdigit() and piece.binding == _ATOM)
