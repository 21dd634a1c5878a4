"""Lines of about one length: where a title is broken no last word stands alone."""

from matplotlib.backends.backend_agg import RendererAgg

from optviz.render.draw.typeset import LOOSE, Type, line_extent, wrapped

_WIDTHS = 20  # that are tried


def balanced(text: str, width: float, kind: Type, renderer: RendererAgg) -> str:
    """The text in as few lines as a width in pixels asks for, of about one length."""
    broken = wrapped(text, width, kind, renderer)
    count = broken.count("\n")
    least = max(widest_word(text, kind, renderer), width / (count + 1))
    if not count or "\n" in text or least >= width:
        return broken
    for part in range(1, _WIDTHS):
        even = wrapped(text, least + (width - least) * part / _WIDTHS, kind, renderer)
        if even.count("\n") == count:
            return even
    return broken


def widest_word(text: str, kind: Type, renderer: RendererAgg) -> float:
    """The width in pixels of the widest word or formula: a narrower line would break it."""
    words = (word for line in text.split("\n") for _, word in LOOSE.findall(line))
    return max((line_extent(word, kind, renderer).width for word in words), default=0.0)
