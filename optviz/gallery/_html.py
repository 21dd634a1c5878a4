"""HTML made of parts, in which every text from outside is escaped."""

import unicodedata
from html import escape

_VOID = {"img", "input", "link", "meta"}
_HIDDEN = {"Cc", "Cs"}  # control characters, halves of letters


class Html(str):
    """Markup. Other text becomes markup only by `tag` and `text`, which escape it."""

    __slots__ = ()


def tag(name: str, /, *inside: str, **attributes: str | bool | None) -> Html:
    """The element `name` with its content; `class_`, `aria_label`: an _ is a -.

    An attribute that is True has no value, one that is False or None is left out.
    """
    attributes_text = "".join(map(_attribute, attributes, attributes.values()))
    if name in _VOID:
        return Html(f"<{name}{attributes_text}>")
    return Html(f"<{name}{attributes_text}>{text(*inside)}</{name}>")


def text(*parts: str) -> Html:
    """The parts one after the other, escaped unless they are markup."""
    return Html(
        "".join(p if isinstance(p, Html) else escape(visible(p), quote=False) for p in parts)
    )


def visible(text: str) -> str:
    """The text, with a sign for each character that HTML cannot hold."""
    if text.isprintable():
        return text
    return "".join(
        ch if ch in "\t\n" or unicodedata.category(ch) not in _HIDDEN else "\ufffd" for ch in text
    )


def _attribute(name: str, value: str | bool | None) -> str:
    if value is None or value is False:
        return ""
    written = name.rstrip("_").replace("_", "-")
    return f" {written}" if value is True else f' {written}="{escape(visible(value))}"'
