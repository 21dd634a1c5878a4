"""Axes that a caller gives with `ax=`."""

from collections.abc import Mapping
from typing import Any

from optviz import render
from optviz.errors import Unfit
from optviz.errors.synonyms import words_of


def themed(keywords: Mapping[str, Any], ax: Any) -> dict[str, Any]:
    """The keywords, with the theme dark for dark axes if they have none.

    Raises `Unfit` for what is no axes.
    """
    if ax is None:
        return dict(keywords)
    if not render.is_axes(ax):
        raise Unfit("ax: axes of matplotlib are wanted, as figure.subplots() gives them")
    typed = any(keywords.get(word) is not None for word in ("theme", *words_of("theme")))
    return dict(keywords) if typed or not render.is_dark(ax) else {**keywords, "theme": "dark"}
