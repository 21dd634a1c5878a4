"""The result of a block as HTML that needs no other file."""

import base64
from html import escape
from pathlib import PurePath

from optviz import files
from optviz.book import Result
from optviz.files import limits
from optviz.publishing._block import WrongBlock

_TYPES = {".svg": "svg+xml", ".apng": "apng"}  # others are called as their suffix


def code(text: str) -> str:
    """A text as it is."""
    return f"<pre><code>{escape(text, quote=False)}\n</code></pre>\n"


def below(result: Result) -> str:
    """What stands below a block. Raises `WrongBlock` for outputs that a page cannot hold."""
    if result.text is not None:
        as_markdown = result.request.options.markdown
        return _markdown(result.text) if as_markdown else code(result.text.rstrip("\n"))
    if not result.paths:
        return ""
    if len(result.reports[0].paths) > 1:
        raise WrongBlock("output: a page holds one picture; draw the other outputs with a batch")
    images = "".join(_images(result))
    if result.caption:
        caption = escape(result.caption, quote=False)
        picture = f"<figure>{images}<figcaption>{caption}</figcaption></figure>\n"
    else:
        picture = f"<p>{images}</p>\n"
    return picture + _markdown("\n".join(result.values))


def _images(result: Result) -> list[str]:
    """The picture, or the light and the dark one, as elements."""
    width = result.request.options.width
    classes = ["optviz-light", "optviz-dark"] if len(result.paths) > 1 else [None]
    return [
        _image(src=_address(path), alt=result.alt, width=width, class_=name)
        for name, path in zip(classes, result.paths, strict=True)
    ]


def _image(**attributes: str | int | None) -> str:
    texts = [
        f'{name.rstrip("_")}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    ]
    return f"<img {' '.join(texts)}>"


def _address(path: str) -> str:
    """A picture as an address that has all of it."""
    suffix = PurePath(path).suffix.lower()
    content = base64.b64encode(files.reading(path, limits.PICTURE)).decode()
    return f"data:image/{_TYPES.get(suffix, suffix[1:])};base64,{content}"


def _markdown(text: str) -> str:
    from markdown import markdown

    return f"{markdown(text, extensions=['tables', 'fenced_code'])}\n" if text else ""
