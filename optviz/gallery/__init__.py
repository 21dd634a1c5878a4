"""One HTML page of many figures, a single file that loads nothing.

from optviz import batch, gallery

plan = batch.read(["course.toml"])
html = gallery.page([gallery.page_figure(report) for report in batch.run(plan)], plan.about)
"""

from optviz.gallery._page import page
from optviz.gallery._page_figure import File, PageFigure, page_figure

__all__ = ["File", "PageFigure", "page", "page_figure"]
