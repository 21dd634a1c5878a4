"""Logs the effective learning rates of a training while it runs."""

from optviz.recorder._record import record
from optviz.recorder._recorder import Recorder

__all__ = ["Recorder", "record"]
