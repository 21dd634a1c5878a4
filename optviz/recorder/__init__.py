"""The recorder: writes down the effective rates of a real PyTorch training while it goes on."""

from optviz.recorder._record import record

__all__ = ["record"]
