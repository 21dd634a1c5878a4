"""The graphics protocol of kitty, which Ghostty speaks too."""

from base64 import standard_b64encode

_CHUNK = 4096  # characters of base64 in one sequence, the most that the protocol allows


def kitty(png: bytes, columns: int | None = None) -> str:
    """The sequences that show a PNG at the cursor, `columns` wide, else a pixel for a pixel.

    The terminal is asked not to answer, because the answer would be read as typed.
    """
    data = standard_b64encode(png).decode("ascii")
    parts = [data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)]
    width = f",c={columns}" if columns else ""
    keys = [f"a=T,f=100,q=2{width},", *[""] * (len(parts) - 1)]
    more = [1] * (len(parts) - 1) + [0]
    sequences = zip(keys, more, parts, strict=True)
    return "".join(f"\x1b_G{key}m={m};{part}\x1b\\" for key, m, part in sequences) + "\n"
