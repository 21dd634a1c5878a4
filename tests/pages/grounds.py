"""What runs in the awkward figures: objectives, where runs start on them, and optimizers."""

from pathlib import Path
from typing import NamedTuple

_HERE = Path(__file__).parent


class Ground(NamedTuple):
    """An objective, a start, a grid of starts about it, and twelve optimizers.

    `log` are the ends of a range of learning rates. A `table` is a data set.
    """

    objective: str
    start: str
    grid: str
    optimizers: tuple[str, ...]
    log: str = "0.01,1"
    table: bool = False


_USUAL = (
    "gd:eta=0.4", "adam:eta=0.4", "adagrad:eta=0.4", "rmsprop:eta=0.4", "momentum:eta=0.1,beta=0.9",
    "nesterov:eta=0.1,beta=0.9", "adadelta", "lion:eta=0.1", "amsgrad:eta=0.3", "nadam:eta=0.2",
    "adamax:eta=0.4", "yogi:eta=0.3",
)  # fmt: skip
_DIVERGING = (
    "gd:eta=0.6", "adam:eta=0.4", "momentum:eta=1.2,beta=0.9", "nesterov:eta=0.8,beta=0.9",
    "gd:eta=2", "gd:eta=20", "adagrad:eta=0.4", "rmsprop:eta=3", "momentum:eta=3,beta=0.5",
    "lion:eta=1", "gd:eta=0.51", "yogi:eta=5",
)  # fmt: skip
_ARRIVING = (
    "newton", "gd:eta=0.5", "cg", "bfgs", "steepest", "gd:eta=0.4", "lbfgs", "adam:eta=0.4",
    "nonlinearcg", "polyak", "momentum:eta=0.1,beta=0.9", "barzilai",
)  # fmt: skip
_COINCIDING = (
    "gd:eta=0.1", "momentum:eta=0.1,beta=0", "nesterov:eta=0.1,beta=0", "gd:eta=0.1000001",
    "momentum:eta=0.1,beta=0.0000001", "gd:eta=0.1000002", "adagrad:eta=0.4",
    "adagrad@keras:eta=0.4", "adagrad@torch:eta=0.4", "gd:eta=0.1000003", "gd:eta=0.1000004",
    "gd:eta=0.1000005",
)  # fmt: skip
_STIFF = (
    "gd:eta=0.000001", "adam:eta=0.4", "momentum:eta=0.000001,beta=0.9", "adagrad:eta=1",
    "rmsprop:eta=0.1", "nesterov:eta=0.000001,beta=0.9", "lion:eta=0.05", "newton:eta=0.5",
    "gd:eta=0.0000019", "nadam:eta=0.2", "adamax:eta=0.4", "yogi:eta=0.3",
)  # fmt: skip
_LONG = "0.1(x1+x2)^2 + 2(x1-x2)^2 + 0.3x1 - 0.7x2 + 0.01(x1+3x2-5)^2 + x1*x2/17"
_HOME, _GRID = "-5,-2", "grid(-5,5,-3,3,{})"

GROUNDS = {
    "usual": Ground("d2l", _HOME, _GRID, _USUAL),
    "diverging": Ground("d2l", _HOME, _GRID, _DIVERGING),
    "arriving": Ground("x^2+y^2", "-5,2", _GRID, _ARRIVING),
    "coinciding": Ground("d2l", _HOME, _GRID, _COINCIDING),
    "far": Ground(
        "(x1-1000)^2+10(x2+2000)^2", "995,-1998", "grid(990,1010,-2004,-1996,{})",
        ("gd:eta=0.09", *_USUAL[1:4], "momentum:eta=0.02,beta=0.9", *_USUAL[5:]), "0.001,0.1",
    ),
    "kappa": Ground(
        "x1^2/2+500000x2^2", "-5,0.01", "grid(-5,5,-0.01,0.01,{})", _STIFF, "1e-7,1e-5"
    ),
    "one": Ground("x^2/20", "-5", "", _USUAL, "0.1,30"),
    "five": Ground("quadratic(kappa=100,dim=5,seed=1)", "1,2,3,-4,-5", "", _USUAL, "0.001,2.5"),
    "saddle": Ground("x1^2-x2^2/4", "-4,0.01", _GRID, _USUAL),
    "valley": Ground("2(x1-x2)^2", _HOME, _GRID, ("gd:eta=0.1", *_USUAL[1:]), "0.01,0.3"),
    "long": Ground(_LONG, _HOME, _GRID, ("gd:eta=0.2", *_USUAL[1:]), "0.01,0.3"),
    "wine": Ground(f"@{_HERE / 'wine_names.csv'}", "", "", ("gd:eta=0.1", *_USUAL[1:]), table=True),
    "columns": Ground(f"@{_HERE / 'long_names.csv'}", "", "", _USUAL, table=True),
}  # fmt: skip

# rules whose exact law under Gaussian noise is known
LINEAR = tuple(
    f"{rule}:eta={eta}{more}"
    for eta in ("0.05", "0.1", "0.2", "0.3")
    for rule, more in (("gd", ""), ("momentum", ",beta=0.5"), ("nesterov", ",beta=0.5"))
)
# rules that a learning rate can be swept of, and rules that have a momentum too
RATED = (
    "gd", "adam", "momentum:beta=0.9", "adagrad", "nesterov:beta=0.9", "rmsprop", "lion", "amsgrad",
    "nadam", "adamax", "yogi", "sign",
)  # fmt: skip
MOMENTUM = ("momentum", "nesterov", "signum", "momentum@torch", "nesterov@torch")
