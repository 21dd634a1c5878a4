"""Pictures as text for terminals: one file for each way to show one.

`kitty` and `iterm2` send the bytes of a PNG, `blocks` draws coloured characters, and `swatches`
names the curves in these. The protocols are defined at
https://sw.kovidgoyal.net/kitty/graphics-protocol and https://iterm2.com/documentation-images.html.
"""

from collections.abc import Callable

from optviz.render.terminal.blocks import blocks
from optviz.render.terminal.iterm2 import iterm2
from optviz.render.terminal.kitty import kitty
from optviz.render.terminal.swatches import swatches

__all__ = ["PROTOCOLS", "blocks", "iterm2", "kitty", "swatches"]

PROTOCOLS: dict[str, Callable[[bytes, int | None], str]] = {"kitty": kitty, "iterm2": iterm2}
