"""Another name of `Page`, for the modules of marks."""

from optviz.render.draw.page import Page as Pen

__all__ = ["Pen"]
