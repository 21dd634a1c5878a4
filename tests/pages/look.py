"""Examines a spec, and leaves its page and a picture of it, faults framed, for a look."""

import traceback
from pathlib import Path

import pypdfium2 as pdfium
from pages.faults import Fault, faults
from pages.page import Page, page
from pages.specs import Spec
from PIL import ImageDraw

from optviz.errors import OptvizError

_WIDEST = 1600  # pixels of a picture


def examined(spec: Spec, folder: Path | None = None) -> list[Fault]:
    """The faults of a spec's page; one that cannot be drawn has one fault."""
    try:
        drawn = page(spec)
    except OptvizError as error:
        return [Fault("refused", str(error))]
    except Exception:
        return [Fault("crash", traceback.format_exc(limit=-4))]
    found = faults(drawn)
    if found and folder:
        keep(drawn, found, folder)
    return found


def keep(drawn: Page, found: list[Fault], folder: Path) -> None:
    """Writes the page as NNN.pdf and, with red frames about the faults, as NNN.png."""
    folder.mkdir(parents=True, exist_ok=True)
    name = folder / f"{drawn.spec.number:03d}"
    name.with_suffix(".pdf").write_bytes(drawn.pdf)
    document = pdfium.PdfDocument(drawn.pdf)
    scale = min(_WIDEST / max(drawn.size), 4.0)
    picture = document[0].render(scale=scale).to_pil().convert("RGB")
    pencil = ImageDraw.Draw(picture)
    for fault in found:
        for left, bottom, right, top in fault.boxes:
            high, low = drawn.size[1] - top, drawn.size[1] - bottom
            frame = [left * scale - 2, high * scale - 2, right * scale + 2, low * scale + 2]
            pencil.rectangle(frame, outline="#ff0000", width=2)
    picture.save(name.with_suffix(".png"))
    document.close()
