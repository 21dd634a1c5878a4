"""`optviz.record`: the block in which a training is logged."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from os import PathLike
from typing import Any

from optviz.errors import BadValue, Unfit, WorldError
from optviz.recorder import _layers, sampling
from optviz.recorder._curvature import Curvature
from optviz.recorder._effective_rates import rate_name
from optviz.recorder._recorder import Recorder
from optviz.recorder.writer import QUANTILES, Writer

CURVATURE_EVERY = 100  # steps; a measurement takes the time of about ten


@contextmanager
def record(
    optimizer: Any,
    path: str | PathLike[str],
    *,
    every: int | None = None,
    layers: Sequence[str] | None = None,
    model: Any = None,
    named_parameters: Iterable[tuple[str, Any]] | None = None,
    quantiles: Sequence[float] = QUANTILES,
    curvature: Callable[[], Any] | None = None,
    curvature_every: int | None = None,
    tolerance: float = 1e-2,
    resume: int | None = None,
) -> Iterator[Recorder]:
    """Records the steps that a `torch.optim.Optimizer` makes in the block, as jsonl in `path`.

    `optviz plot rates PATH` draws the log. Its first line has the metadata; each further one has,
    of one parameter group or layer after one step: `step` (counted from 1 in the block), `group`,
    `layer` (null: all of the group), `lr` (the group's learning rate at that step, which a schedule
    may change), `entries`, `rate` (quantiles of the effective rate over the entries), the norms
    `grad`, `update` (‖Δp‖) and `parameter`, and `time`, the seconds since the block began. Where
    the state of the optimizer has no effective rate, `rate` of the first line is "realised" and
    the rates are −Δp/g. Entries that never had a gradient, as rows of an embedding, have no
    quantiles; `touched` is then the share of the others. The block is given a `Recorder`, whose
    `log(loss=…)` writes numbers of one's own.

    every: record step 1 and every n-th step; the default is 1, 2, 5, 10, 20 and every 50th,
    which costs a few percent of the steps of a small network. layers: patterns such as "conv*" or
    "fc2.weight" that choose modules, or parameters, for lines of their own; their names are
    those of `model`, of `named_parameters`, or the optimizer's own. For the quantiles at most 4096
    entries of a tensor are sampled, evenly spread; norms are of all entries, and `grad` is of what
    the step uses: clipped, and without the factor of a GradScaler, whose skipped steps do not
    count. resume: the steps made before the block, as of a checkpoint; the log at `path` is
    continued, without its lines of later steps. curvature: a closure that returns the loss of a
    fixed batch, whose λmax(diag(rate)·H) and λmax(H) are found to the share `tolerance` at step 1
    and every `curvature_every`-th (`every`, or 100).

    The training itself is unchanged bit by bit. Each line is written at once, so the log survives
    whatever ends the block. In a distributed training process 0 alone writes. Raises `WorldError`
    for a path that cannot be written or where PyTorch is missing; `BadValue`, `UnknownName` or
    `Unfit` for what cannot be recorded, such as LBFGS.

    >>> import torch
    >>> model = torch.nn.Linear(3, 1)
    >>> optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
    >>> with optviz.record(optimizer, "adam.jsonl") as rec:
    ...     for _ in range(5):
    ...         optimizer.zero_grad()
    ...         loss = model(torch.ones(2, 3)).sum()
    ...         loss.backward()
    ...         optimizer.step()
    ...         rec.log(loss=loss)
    """
    _check(optimizer, every, quantiles, resume)
    _check_curvature(curvature, curvature_every, tolerance)
    levels = sorted({float(level) for level in quantiles})
    names = _layers.names_of(optimizer, model, named_parameters)
    _layers.check(layers, names)
    parts = _layers.Parts(layers, names)
    parts.of(optimizer)  # refuses what cannot be recorded, before there is a file
    measured = None if curvature is None else Curvature(curvature, tolerance)
    if not _is_first_process():
        yield Recorder(optimizer, None, parts, every=every, quantiles=levels)
        return
    if measured is not None:
        measured.check(optimizer)
    n = curvature_every or every or CURVATURE_EVERY
    writer = Writer(
        path,
        optimizer=type(optimizer).__name__,
        settings=optimizer.defaults,
        effective=bool(rate_name(type(optimizer))),
        every=every,
        quantiles=levels,
        curvature=None if measured is None else {"every": n, "tolerance": tolerance},
        resume=resume,
    )
    with closing(writer):
        recorder = Recorder(
            optimizer,
            writer,
            parts,
            every=every,
            quantiles=levels,
            step=resume or 0,
            curvature=measured,
            curvature_every=n,
        )
        handles = [
            optimizer.register_step_pre_hook(recorder.before),
            optimizer.register_step_post_hook(recorder.after),
        ]
        try:
            yield recorder
        finally:
            for handle in handles:
                handle.remove()


def _check(
    optimizer: Any, every: int | None, quantiles: Sequence[float], resume: int | None
) -> None:
    try:
        import torch
    except ImportError:
        reason = "it is not installed; pip install 'optviz[torch]'"
        raise WorldError("import", "torch", reason) from None
    if not isinstance(optimizer, torch.optim.Optimizer):
        kind = type(optimizer).__name__
        raise BadValue("optimizer", kind, "a torch.optim.Optimizer is wanted")
    if isinstance(optimizer, torch.optim.LBFGS):
        raise Unfit("LBFGS makes many steps within one; record wants an optimizer that makes one")
    if resume is not None and resume < 0:
        raise BadValue("resume", resume, "the steps made before, 0 or more, are wanted")
    sampling.check(every, quantiles)


def _check_curvature(curvature: Any, every: int | None, tolerance: float) -> None:
    if curvature is not None and not callable(curvature):
        message = "a closure is wanted, such as lambda: loss(net(x0), y0)"
        raise BadValue("curvature", curvature, message)
    if every is not None and every < 1:
        raise BadValue("curvature_every", every, "1 or more is wanted")
    if curvature is None and every is not None:
        raise BadValue("curvature_every", every, "curvature=… is wanted beside it")
    if not 0 < tolerance < 1:
        raise BadValue("tolerance", tolerance, "a share between 0 and 1 is wanted")


def _is_first_process() -> bool:
    """Whether this is process 0 of a distributed training, or the only one."""
    from torch import distributed

    return not (distributed.is_available() and distributed.is_initialized()) or (
        distributed.get_rank() == 0
    )
