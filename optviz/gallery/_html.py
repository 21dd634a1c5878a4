"""HTML put together from parts, so that a stranger's text is never anything but text."""

import unicodedata
from html import escape

_VOID = {"img", "input", "link", "meta"}
_HIDDEN = {"Cc", "Cs"}  # control characters, halves of letters


class Html(str):
    """Markup. Every other text becomes markup by `tag` or `text` only, which escape it."""

    __slots__ = ()


def tag(name: str, /, *inside: str, **attributes: str | bool | None) -> Html:
    """The element `name` with what is inside it; `class_`, `aria_label`: an _ is a -.

    An attribute that is True has no value, one that is False or None is left out.
    """
    given = "".join(map(_attribute, attributes, attributes.values()))
    if name in _VOID:
        return Html(f"<{name}{given}>")
    return Html(f"<{name}{given}>{text(*inside)}</{name}>")


def text(*parts: str) -> Html:
    """The parts one after the other, escaped unless they are markup."""
    return Html(
        "".join(p if isinstance(p, Html) else escape(visible(p), quote=False) for p in parts)
    )


def visible(said: str) -> str:
    """The text, with a sign for each character that HTML cannot hold."""
    if said.isprintable():
        return said
    return "".join(
        ch if ch in "\t\n" or unicodedata.category(ch) not in _HIDDEN else "\ufffd" for ch in said
    )


def _attribute(name: str, value: str | bool | None) -> str:
    if value is None or value is False:
        return ""
    called = name.rstrip("_").replace("_", "-")
    return f" {called}" if value is True else f' {called}="{escape(visible(value))}"'
