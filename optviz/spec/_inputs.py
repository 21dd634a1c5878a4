"""The files that a spec reads, so that outputs overwrite none of them."""

from optviz.spec._fields import LookSpec, RunSpec
from optviz.spec._theme import theme_file


def inputs(spec: RunSpec, look: LookSpec | None = None) -> list[str]:
    """The paths of data, of optimizers from files and of a theme; `-` is standard input.

    Raises `OptvizError` for a log that cannot be read as one.
    """
    from optviz import optimizers

    rules = [text.partition(":")[0].strip() for text in optimizers.foreign(spec.opt)]
    theme = theme_file(look) if look else ""
    return [*data_files(spec).values(), *rules, *filter(None, [theme])]


def data_files(spec: RunSpec) -> dict[str, str]:
    """The paths of its `objective`, of its `gradients` and of its logs, where these are files.

    Raises `TextError` for a log that cannot be read as one.
    """
    from optviz import gradients

    paths = {}
    objective = spec.objective.strip()
    if objective.startswith("@") and "\n" not in objective:  # else the text is the table
        paths["objective"] = objective[1:].strip()
    if gradients.log.is_meant(spec.gradient):
        log = gradients.log.read(spec.gradient)
        paths |= {} if log.inline else {"gradients": log.file}
    outside = (path for path in spec.log if "\n" not in path)  # else the text is the log
    names = ("log", *(f"log {number}" for number in range(2, len(spec.log) + 1)))
    return paths | dict(zip(names, outside, strict=False))
