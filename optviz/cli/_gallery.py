"""`optviz batch --gallery`: the path is checked before drawing, the page is written after it."""

from pathlib import Path
from typing import TYPE_CHECKING

from optviz import files
from optviz.errors import BadValue
from optviz.files import watching

if TYPE_CHECKING:
    from optviz.batch import Plan, Report


def refuse_clash(path: str, plan: "Plan") -> None:
    """Raises `BadValue` for a page that is none or another's file, `WorldError` for its place."""
    if path == "-":
        return
    if Path(path).suffix.lower() not in (".html", ".htm"):
        raise BadValue("gallery", path, "a name that ends in .html is wanted")
    if said := plan.clash(path):
        raise BadValue("gallery", path, said)
    if Path(path).parent.is_dir():  # else it is made, as the folders of figures are
        files.place(path, binary=False)


@watching.paused()
def write(path: str, plan: "Plan", reports: "list[Report]") -> bool:
    """Writes the page, unless the file holds it already; tells whether it wrote."""
    from optviz import gallery

    page = gallery.page([gallery.page_figure(report) for report in reports], plan.about)
    if path != "-":
        files.folder(path)
        if Path(path).is_file() and files.reading(path) == page.encode():
            return False
    with files.writing(path, binary=False) as stream:
        stream.write(page)
    return True
