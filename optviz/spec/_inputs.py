"""The files that a spec reads, so that none of them is written over."""

from optviz.spec._fields import RunSpec


def inputs(spec: RunSpec) -> list[str]:
    """The paths of its objective, its log of gradients and the optimizers from files.

    `-` is standard input. Raises `OptvizError` for a log that is no text of one.
    """
    from optviz import gradients, optimizers

    found = []
    objective = spec.objective.strip()
    if objective.startswith("@") and "\n" not in objective:  # else the table is in the text
        found.append(objective[1:].strip())
    if gradients.log.is_meant(spec.gradient):
        log = gradients.log.read(spec.gradient)
        found += [] if log.inline else [log.file]
    return found + [text.partition(":")[0].strip() for text in optimizers.foreign(spec.opt)]
