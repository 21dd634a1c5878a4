"""Formatter of pymdownx.superfences: optviz blocks in MkDocs, Zensical and Python-Markdown.

    custom_fences:
      - name: optviz
        class: optviz
        format: !!python/name:optviz.publishing.fence.format
        validator: !!python/name:optviz.publishing.fence.validator

Pictures stand in the page itself, as `data:` addresses: a formatter is not told the folder of the
page nor of the site, and pages show them offline and while `mkdocs serve` runs.
"""

import sys
from collections.abc import Iterable, Mapping
from html import escape
from tempfile import TemporaryDirectory
from typing import Any

from optviz import documents
from optviz.publishing import _block, _picture_tag
from optviz.publishing._block import WrongBlock


def validator(
    _language: str, inputs: dict[str, str], options: dict[str, Any], _attrs: Any, _md: Any
) -> bool:
    """Takes every word of the opening line; what is wrong with it, `format` says."""
    options.update(inputs)
    return True


def format(  # noqa: PLR0917 - superfences passes them by position
    source: str,
    _language: str,
    class_name: str,
    options: dict[str, Any],
    md: Any,
    classes: Iterable[str] = (),
    id_value: str = "",
    attrs: Mapping[str, str] | None = None,
    **_: Any,
) -> str:
    """The block and its result as HTML. Raises `SuperFencesException`, which ends the build."""
    words = [*classes, *_block.words({**(attrs or {}), **options})]
    page = _page(md)
    try:
        with TemporaryDirectory(prefix="optviz-") as folder:
            result = _block.draw(
                source, words, folder="", name="figure", out_dir=folder, defaults=page.defaults
            )
            inside = _picture_tag.below(result)
    except WrongBlock as error:
        raise _failure(str(error)) from None
    page.defaults |= result.defaults
    if len(result.paths) > 1 and not page.has_style:
        page.has_style, inside = True, f"<style>\n{documents.pair_style()}</style>\n{inside}"
    above = "" if "hide" in words else _picture_tag.code(source)
    name = f' id="{escape(id_value)}"' if id_value else ""
    return f'<div class="{escape(class_name)}"{name}>\n{above}{inside}</div>'


class _Page:
    """What the blocks of a page share; Python-Markdown resets it before the next page."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forgets the page."""
        self.defaults: dict[str, Any] = {}
        self.has_style = False


def _page(md: Any) -> _Page:
    for extension in md.registeredExtensions:
        if isinstance(extension, _Page):
            return extension
    page = _Page()
    md.registerExtension(page)
    return page


def _failure(message: str) -> Exception:
    """The one exception that superfences lets through; MkDocs prints it without a traceback."""
    from pymdownx.superfences import SuperFencesException

    bases: tuple[type[Exception], ...] = (SuperFencesException,)
    if "mkdocs.exceptions" in sys.modules:
        bases += (sys.modules["mkdocs.exceptions"].BuildError,)
    error: Exception = type("WrongBlock", bases, {})(f"optviz: {message}")
    return error
