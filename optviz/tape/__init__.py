"""Tapes: formulas as lists of elementwise operations, differentiated exactly and written as code.

A tape is what a typed objective becomes. Its gradient and its Hessian are tapes too, so that a back
end, NumPy or plain Python, has to know nothing but the operations.
"""

from optviz.tape._affine import restricted
from optviz.tape._branches import Untraceable, branched
from optviz.tape._code import Program, program
from optviz.tape._creases import creases
from optviz.tape._derivatives import gradient
from optviz.tape._javascript import javascript
from optviz.tape._operations import NAMES, Undefined
from optviz.tape._tape import MOST, Builder, Op, Tape, TooLong
from optviz.tape._text import expression
from optviz.tape._traced import Traced, Tracer

__all__ = [
    "MOST",
    "NAMES",
    "Builder",
    "Op",
    "Program",
    "Tape",
    "TooLong",
    "Traced",
    "Tracer",
    "Undefined",
    "Untraceable",
    "branched",
    "creases",
    "expression",
    "gradient",
    "javascript",
    "program",
    "restricted",
]
