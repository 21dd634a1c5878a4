"""One page of many figures, in one file that asks nobody for anything.

from optviz import batch, gallery

plan = batch.read(["course.toml"])
html = gallery.page([gallery.shown(report) for report in batch.run(plan)], plan.about)
"""

from optviz.gallery._page import page
from optviz.gallery._shown import File, Shown, shown

__all__ = ["File", "Shown", "page", "shown"]
