"""Logs the effective learning rates of a PyTorch training while it runs."""

from optviz.recorder._record import record

__all__ = ["record"]
