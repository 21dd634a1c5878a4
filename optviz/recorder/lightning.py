"""Logs the effective learning rates of a PyTorch Lightning training.

    from optviz.recorder.lightning import Recorder
    trainer = lightning.Trainer(callbacks=[Recorder("run.jsonl")])

`optviz plot rates run.jsonl` draws the log.
"""

from contextlib import ExitStack
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from optviz.errors import WorldError
from optviz.recorder._record import record
from optviz.recorder._recorder import Recorder as Block

try:
    try:
        from lightning.pytorch import Callback
    except ImportError:  # the name under which it came before 2.0, and still does
        from pytorch_lightning import Callback
except ImportError:
    reason = "it is not installed; pip install 'optviz[lightning]'"
    raise WorldError("import", "lightning", reason) from None


class Recorder(Callback):
    """A callback of a `Trainer` that logs the steps of its optimizer in `path`.

    options: the keywords of `optviz.record`, of which `model` is the module if it is not given. Of
    several optimizers each has a log of its own: run-1.jsonl, run-2.jsonl. What the module logs
    (`self.log`), and the loss if it is not among that, is logged with the rates, every
    `log_every_n_steps` of the trainer. A training that goes on from a checkpoint continues the log.

    Raises, when `fit` begins, what `optviz.record` raises.
    """

    def __init__(self, path: str | PathLike[str], **options: Any) -> None:
        super().__init__()
        self._path, self._options = fspath(path), options
        self._stack, self._blocks = ExitStack(), list[tuple[Block, int]]()

    def on_train_start(self, trainer: Any, pl_module: Any) -> None:
        optimizers = trainer.optimizers
        made = trainer.global_step // max(1, len(optimizers))
        options = {"model": pl_module, "resume": made or None, **self._options}
        self._close()
        for number, optimizer in enumerate(optimizers, start=1):
            path = Path(self._path)
            if len(optimizers) > 1:
                path = path.with_stem(f"{path.stem}-{number}")
            block = self._stack.enter_context(record(optimizer, path, **options))
            self._blocks.append((block, block.step))

    def on_train_batch_end(
        self, trainer: Any, pl_module: Any, outputs: Any, batch: Any, batch_idx: int
    ) -> None:
        for i, (block, before) in enumerate(self._blocks):
            if block.step > before and block.step % trainer.log_every_n_steps == 0:
                block.log(**_numbers(outputs, trainer.callback_metrics))
            self._blocks[i] = block, block.step

    def on_train_end(self, trainer: Any, pl_module: Any) -> None:
        self._close()

    def on_exception(self, trainer: Any, pl_module: Any, exception: BaseException) -> None:
        self._close()

    def _close(self) -> None:
        """Ends the blocks, and closes their logs."""
        self._stack.close()
        self._blocks.clear()


def _numbers(outputs: Any, metrics: dict[str, Any]) -> dict[str, Any]:
    """What the module logged, and the loss of the step unless one of them is that."""
    loss = outputs.get("loss") if isinstance(outputs, dict) else outputs
    if loss is None or any(float(value) == float(loss) for value in metrics.values()):
        return dict(metrics)
    return {"loss": loss, **metrics}
