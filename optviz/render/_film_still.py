"""A picture of a film that stands still: its last frame."""

import io
import warnings

from PIL import Image

from optviz.render._difference import DAMAGED


def film_still(film: bytes) -> bytes | None:
    """The last frame of a GIF, an animated PNG or a WebP as PNG, None where there is none."""
    stream = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(film)) as image:
                image.seek(getattr(image, "n_frames", 1) - 1)
                image.save(stream, "png", optimize=True, save_all=False)
    except DAMAGED:
        return None
    return stream.getvalue()
