"""Logs the effective learning rates of a training by the Trainer of transformers.

    from optviz.recorder.transformers import Recorder
    trainer = transformers.Trainer(model, arguments, callbacks=[Recorder("run.jsonl")], …)

`optviz plot rates run.jsonl` draws the log.
"""

from contextlib import ExitStack
from numbers import Real
from os import PathLike
from typing import Any

from optviz.errors import WorldError
from optviz.recorder._record import record
from optviz.recorder._recorder import Recorder as Block

try:
    from transformers import TrainerCallback
except ImportError:
    reason = "it is not installed; pip install 'optviz[transformers]'"
    raise WorldError("import", "transformers", reason) from None


class Recorder(TrainerCallback):
    """A callback of a `Trainer` that logs the steps of its optimizer in `path`.

    options: the keywords of `optviz.record`, of which `model` is the Trainer's if it is not given.
    What the Trainer logs (loss, grad_norm, learning_rate, eval_loss, …) is logged with the rates,
    every `logging_steps`. A training that goes on from a checkpoint continues the log.

    Raises, when `train` begins, what `optviz.record` raises.
    """

    def __init__(self, path: str | PathLike[str], **options: Any) -> None:
        self._path, self._options = path, options
        self._stack = ExitStack()
        self._block: Block | None = None

    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        optimizer = kwargs["optimizer"]
        optimizer = getattr(optimizer, "optimizer", optimizer)  # within that of accelerate
        options = {"model": kwargs["model"], "resume": state.global_step or None, **self._options}
        self._stack.close()
        self._block = self._stack.enter_context(record(optimizer, self._path, **options))

    def on_log(
        self, args: Any, state: Any, control: Any, logs: dict[str, Any] | None = None, **kwargs: Any
    ) -> None:
        numbers = {name: n for name, n in (logs or {}).items() if isinstance(n, Real)}
        if self._block is not None and "train_runtime" not in numbers:  # the summary at the end
            self._block.log(**numbers)

    def on_train_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        self._stack.close()
        self._block = None
