"""Inline images as iTerm2 defines them, which WezTerm, Konsole and mintty speak too."""

from base64 import standard_b64encode


def iterm2(png: bytes, columns: int | None = None) -> str:
    """The sequence that shows a PNG at the cursor, `columns` wide, else as large as it is."""
    data = standard_b64encode(png).decode("ascii")
    width = f";width={columns}" if columns else ""
    return f"\x1b]1337;File=inline=1;size={len(png)}{width}:{data}\x07\n"
