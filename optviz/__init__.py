"""optviz draws how optimizers move on an objective.

    optviz.trace("d2l", ["adam", "gd"], eta=0.3).save("both.png")  # shows itself in a notebook
    run = optviz.run("0.1x1^2 + 2x2^2", "adagrad:eta=0.4", start=(-5, -2), steps=20)
    optviz.figure(run, "rates").axes[0].axvline(5)

trace, rates, loss, coordinates, compare, sweep, phase, polynomial, heat, schedule and inspect, and
edge, ratio and norms of real trainings, give a `Figure` of their kind: `.save("a.png")`, `.figure`
and `.axes` of matplotlib, `.to_frame()`, `.facts`, `.runs`. run gives a `Trajectory` with arrays x,
f, grad, rate; figure draws runs, or files of them; batch draws files of figures, and book the
figures of Markdown documents; record keeps the rates of a PyTorch training. An objective is a text,
a name, a symmetric array Q, or a Python function, which `objective` takes with its derivatives too.

Keywords are the words of the command line, with _ for -: `help(optviz.trace)` has them, and
examples. Errors are an `OptvizError`, remarks an `OptvizWarning`. The library prints nothing, exits
nothing, and leaves matplotlib's and NumPy's settings alone. In a shell, or behind ! in a notebook:
`optviz list optimizers`, `optviz explain adam`; `optviz help python` shows all this by example.
"""

TYPE_CHECKING = False  # what type checkers take for typing's, whose import takes 10 ms
if TYPE_CHECKING:
    from typing import Any

__version__ = "0.1.0"
_PUBLIC = ("Figure", "OptvizError", "OptvizWarning", "Trajectory", "figure", "objective", "run")


def _kinds() -> tuple[str, ...]:
    """The figure kinds, each of which is a function."""
    from optviz.registry import stems

    return stems("optviz.figures")


def __getattr__(name: str) -> "Any":
    """The public names, imported when first used: `import optviz` itself costs nothing."""
    if name == "__all__":
        return sorted(("__version__", "batch", "book", "record", *_PUBLIC, *_kinds()))
    if name in ("batch", "book"):
        import importlib

        return importlib.import_module(f"optviz.{name}")
    if name == "record":
        from optviz import recorder

        return recorder.record
    if name in _PUBLIC:
        from optviz import api

        return getattr(api, name)
    if not name.startswith("_") and name in _kinds():
        from optviz import api

        return api.of_kind(name)
    raise AttributeError(f"module 'optviz' has no attribute {name!r}")


def __dir__() -> "list[str]":
    """The public names, for tab and `help`."""
    return [*globals(), *__getattr__("__all__")]
