"""How a comparison is laid out: how many columns stand beside each other, and its usual size."""

from math import log

from optviz.scene import Look, layout

_WIDTH, _HEIGHT = 290, 310  # pixels of a panel, if no size is given
_ACROSS, _DOWN = 100, 150  # pixels beside and above them
_SHAPE = 1.2  # width over height that suits a panel
_EMPTY = 0.3  # what an empty place costs, in natural logarithms of a shape
_NARROW = 7.0  # em: a name needs so much
_MOST = 4  # columns, if no size is given


def columns(count: int, kinds: int, look: Look) -> int:
    """The columns of `count` optimizers that give the panels of a figure the best shape."""

    def cost(across: int) -> tuple[float, int]:
        blocks = -(-count // across)
        shape = aspect(across, blocks, blocks * kinds, look)
        room = layout.em(look.size, look.dpi, look.font_size) * _NARROW * across / look.size[0]
        narrow = 2 * max(log(room), 0.0)
        return abs(log(shape / _SHAPE)) + _EMPTY * (blocks * across - count) + narrow, across

    return min(range(1, count + 1), key=cost)


def aspect(columns: int, blocks: int, rows: int, look: Look) -> float:
    """About the width over the height of the panels, which have equal sizes."""
    across = layout.WORDS + layout.SIDE + 1.5 * (columns - 1)
    down = blocks * layout.TITLE + (rows - 1) * layout.BETWEEN + rows * layout.BELOW
    return layout.aspect(
        look.size, look.dpi, columns, rows, across=across, down=down, font_size=look.font_size
    )


def size(count: int, kinds: int) -> tuple[int, int]:
    """The size in pixels for `count` optimizers in at most four columns."""
    across = count
    if count > _MOST:
        across = min((_MOST, _MOST - 1), key=lambda columns: -count % columns)
    blocks = -(-count // across)
    return max(_WIDTH * across + _ACROSS, 640), _HEIGHT * kinds * blocks + _DOWN
