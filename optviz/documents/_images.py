"""Image lines: `![…](…)`, `<img …>` with a width, `<picture>…` with a dark picture too."""

import html
import re
from urllib.parse import unquote

_MARKDOWN = re.compile(
    r"""!\[(?:[^\[\]\\]|\\.)*+\]\(\s*(?:<([^<>]*)>|([^\s()<>]+))(?:\s+"(?:[^"\\]|\\.)*+")?\s*\)"""
)
_IMG = re.compile(r"<img\s[^<>]*>")
_PICTURE = re.compile(r"<picture>\s*<source\s[^<>]*>\s*(<img\s[^<>]*>)\s*</picture>")
_SOURCE = re.compile(r"""\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SPECIAL = re.compile(r"""([\\`*_\[\]<>~$|&"])""")
_OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_DARK = '<source media="(prefers-color-scheme: dark)" srcset="{}">'


def read(line: str) -> str | None:
    """The path in an image line, None for any other line; of a pair the light picture's."""
    if match := _MARKDOWN.fullmatch(line):
        return unquote(match[1] if match[1] is not None else match[2])
    if match := _PICTURE.fullmatch(line):
        line = match[1]
    if _IMG.fullmatch(line) and (source := _SOURCE.search(line)):
        return unquote(html.unescape(source[1] if source[1] is not None else source[2]))
    return None


def is_outside(path: str) -> bool:
    """Whether an image is at an address of the web, not in a file."""
    return bool(_OUTSIDE.match(path))


def line(
    path: str, alt: str, caption: str = "", dark: str | None = None, width: int | None = None
) -> str:
    """The image line of a picture, with its dark one and its width; the caption is its title."""
    words, title = " ".join(alt.split()), " ".join(caption.split())
    if dark is None and width is None:
        shown = f' "{_escaped(title)}"' if title else ""
        return f"![{_escaped(words)}]({_address(path)}{shown})"
    more = f' title="{html.escape(title)}"' if title else ""
    more += f' width="{width}"' if width is not None else ""
    image = f'<img src="{_address(path)}" alt="{html.escape(words)}"{more}>'
    if dark is None:
        return image
    return f"<picture>{_DARK.format(_address(dark))}{image}</picture>"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _address(path: str) -> str:
    """A path as addresses have it; letters of any script stay as they are."""
    return re.sub(r"[\s%#?()<>\"'\\&,`*_\[\]|]", _encoded, path)


def _encoded(match: re.Match[str]) -> str:
    if match[0] == "_":  # within a word it is no emphasis
        return "_"
    return "".join(f"%{byte:02X}" for byte in match[0].encode())
