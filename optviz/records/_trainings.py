"""Logs of training: of `optviz.record`, event files of TensorBoard, tables as W&B's."""

from dataclasses import replace

from optviz.recorder.training_log import TrainingLog
from optviz.records import _event_file, _monitored, _monitored_table, _recorder_log


def read(data: bytes, name: str) -> list[TrainingLog]:
    """The logs in the content of the file `name`, [] if it is none. Raises `BadFile`."""
    found = []
    for run, text in texts(data, name).items():
        log = _recorder_log.read(text, name)
        found.append(replace(log, file=run) if run else log)
    return found


def texts(data: bytes, name: str) -> dict[str, bytes]:
    """The same by name of the run, "" where there is none, as `optviz.record` writes them."""
    if _recorder_log.is_log(data):
        return {"": data}
    if _event_file.is_events(data):
        numbers = {"": list(_event_file.numbers(data, name))}
    elif _monitored_table.is_table(data):
        numbers = _monitored_table.runs(data, name)
    else:
        return {}
    return {run: _monitored.text(own, name).encode() for run, own in numbers.items()}
