"""A background: what lies below some artists of a figure, drawn once; they are drawn over it."""

from collections.abc import Iterable

from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure

from optviz.render.fast.pixels import Pixels, screen


class Background:
    """The picture of a figure without the artists that are drawn over it."""

    def __init__(self, figure: Figure, over: Iterable[Artist], canvas: FigureCanvasAgg) -> None:
        self.over = in_order(figure, over)
        for artist in self.over:
            artist.set_animated(True)  # which keeps it out of a draw of the figure
        canvas.figure.draw(renderer := renderer_of(canvas))
        for artist in self.over:
            artist.set_animated(False)
        self.pixels: Pixels = screen(renderer).copy()

    def draw(self, renderer: RendererAgg) -> None:
        """The whole picture: the background, and its artists as they are now."""
        screen(renderer)[:] = self.pixels
        for artist in self.over:
            artist.draw(renderer)


def in_order(figure: Figure, chosen: Iterable[Artist]) -> list[Artist]:
    """Artists of a figure in the order in which matplotlib draws them."""
    wanted = set(chosen)
    found = [a for ax in figure.axes for a in _sorted(ax.get_children()) if a in wanted]
    return found + [artist for artist in _sorted(figure.get_children()) if artist in wanted]


def _sorted(artists: list[Artist]) -> list[Artist]:
    return sorted(artists, key=lambda artist: artist.get_zorder())


def renderer_of(canvas: FigureCanvasAgg) -> RendererAgg:
    """The renderer of a canvas, with an empty picture."""
    renderer: RendererAgg = canvas.get_renderer()  # type: ignore[no-untyped-call]
    renderer.clear()  # type: ignore[no-untyped-call]
    return renderer
