"""The names of curves beside their colours, where a picture in blocks is too coarse for words."""

import re

from optviz.errors.printable import printable
from optviz.render.draw import colour
from optviz.render.draw.line_colours import themed
from optviz.render.format import plain
from optviz.render.terminal.blocks import paint
from optviz.scene import Curve, Look, Path, Scene

_LOWERED = re.compile(r"_\{(\w+)\}")


def swatches(scene: Scene, look: Look, *, exact: bool) -> str:
    """One line with the colour and the names of each optimizer; "" where curves have no names."""
    names: dict[int, list[str]] = {}
    for mark in (mark for panel in scene.panels for mark in panel.marks):
        if isinstance(mark, Path | Curve) and (name := _name(mark)):
            known = names.setdefault(mark.role, [])
            known += [] if name in known else [name]
    theme = themed(look)
    parts = [f"{_swatch(theme.line(role), exact)} {', '.join(own)}" for role, own in names.items()]
    return "   ".join(parts) + "\n" if parts else ""


def _name(mark: Path | Curve) -> str:
    text = plain(mark.name if isinstance(mark, Path) else mark.label)
    return printable(_LOWERED.sub(r"\1", text))


def _swatch(line: str, exact: bool) -> str:
    red, green, blue = (round(255 * value) for value in colour.rgb(line).tolist())
    return f"\x1b[{paint(38, (red, green, blue), exact)}m▄▄\x1b[0m"
