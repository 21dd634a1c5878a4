"""The page: one HTML file, whose policy allows its own pictures and its own script only."""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from pathlib import PurePath

from optviz import __version__
from optviz.gallery._card import card
from optviz.gallery._html import Html, tag, text
from optviz.gallery._page_figure import PageFigure
from optviz.phrases import ENGLISH, language, say


def page(figures: Sequence[PageFigure], about: Mapping[str, str] | None = None) -> str:
    """The page of the figures in order, with a section for each spec file.

    `about` are texts by spec file. The same figures give the same page. It needs no other file, no
    network and, for reading, no script. Its controls are in the language that all figures have, or
    in English.
    """
    codes = {figure.lang for figure in figures}
    code = codes.pop() if len(codes) == 1 else ENGLISH
    with language(code):
        return _page(figures, about or {}, code)


def _page(figures: Sequence[PageFigure], about: Mapping[str, str], code: str) -> str:
    specs = list(dict.fromkeys(figure.file for figure in figures))
    alone = len(specs) == 1
    title = _title(specs[0]) if alone else say("page gallery")
    subtitle = about.get(specs[0], "") if alone else ""
    sections = [
        _section(file, list(group), "" if alone else about.get(file, ""), alone)
        for file, group in groupby(figures, lambda figure: figure.file)
    ]
    body = tag(
        "body",
        tag("header", tag("h1", title, dir="auto"), _about(subtitle)),
        _search(len(figures)),
        tag("main", *sections, _empty()),
        tag("footer", _keys(), tag("p", say("page footer", version=__version__))),
        _viewer(),
    )
    return f"<!doctype html>\n{tag('html', _head(title, figures), body, lang=code)}\n"


def _title(file: str) -> str:
    stem = PurePath(file).stem
    return (
        stem if PurePath(file).suffix else say("page gallery")
    )  # standard input has no name of its own


def _head(title: str, figures: Sequence[PageFigure]) -> Html:
    style, script = _asset("page.css"), _asset("page.js")
    icon = b64encode(_asset("icon.svg").encode()).decode()
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_policy(style, script, figures)),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", title),
        tag("link", rel="icon", href=f"data:image/svg+xml;base64,{icon}"),
        tag("style", style),
        tag("script", script),
    )


def _policy(style: str, script: str, figures: Sequence[PageFigure]) -> str:
    """The content security policy: only what is in the page, by its checksums."""
    film = any(out.format == "mp4" for figure in figures for out in figure.outputs)
    rules = [
        "default-src 'none'",
        "img-src data:",
        *(["media-src data:"] if film else []),
        " ".join(["style-src", f"'{_checksum(style)}'", *_of_pages("style-src", figures)]),
        " ".join(["script-src", f"'{_checksum(script)}'", *_of_pages("script-src", figures)]),
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
    ]
    return "; ".join(rules)


def _of_pages(rule: str, figures: Sequence[PageFigure]) -> list[str]:
    """What the policies of pages of figures allow, as frames are under that of this page too."""
    pages = [out.data for figure in figures for out in figure.outputs if out.format == "html"]
    found = (re.search(rf"{rule} ([^;\"]*)".encode(), data) for data in pages)
    return list(
        dict.fromkeys(word for match in found if match for word in match[1].decode().split())
    )


def _checksum(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"


def _asset(name: str) -> Html:
    """The content of a file beside this one."""
    return Html((files(__package__) / name).read_text(encoding="utf-8"))


def _about(paragraph: str) -> str:
    return tag("p", paragraph, class_="about", dir="auto") if paragraph else ""


def _section(file: str, figures: list[PageFigure], about: str, alone: bool) -> Html:
    name, classes = (say("page section"), "unseen") if alone else (_title(file), "find")
    cards = (text("\n", card(figure)) for figure in figures)
    return tag(
        "section",
        tag("h2", name, class_=classes, dir="auto"),
        _about(about),
        tag("div", *cards, class_="grid"),
    )


def _search(count: int) -> Html:
    field = tag(
        "input",
        type="search",
        name="words",
        placeholder=say("page search"),
        autocomplete="off",
        spellcheck="false",
        aria_keyshortcuts="/",
    )
    part = say("page found", count="{count}", figures=_figures(count))
    output = tag("output", _figures(count), class_="count", data_found=part)
    label = tag("label", tag("span", say("page search"), class_="unseen"), field)
    return tag("div", label, output, class_="search", role="search")


def _figures(count: int) -> str:
    return say("page figures", count=count)


def _empty() -> Html:
    """What the script shows where no figure has the word, or all of the words, of a search."""
    one, many = say("page no word"), say("page no words")
    return tag("p", class_="empty", hidden=True, data_one=one, data_many=many)


def _keys() -> Html:
    keys = {"/": say("key search"), "← →": say("key move"), "Esc": say("key close")}
    pairs = (text(tag("kbd", key), f" {does}") for key, does in keys.items())
    return tag("p", *(part for each in pairs for part in (each, "  ")), class_="keys")


def _viewer() -> Html:
    """The dialog in which the script opens a figure."""
    before = tag("button", "←", class_="before", type="button", aria_label=say("page before"))
    after = tag("button", "→", class_="after", type="button", aria_label=say("page after"))
    close = tag("button", "×", class_="close", type="button", aria_label=say("page close"))
    part = say("page place", place="{place}", count="{count}")
    place = tag("span", class_="place", role="status", data_place=part)
    bar = tag("div", place, before, after, close, class_="bar")
    return tag("dialog", bar, tag("div", class_="sheet", tabindex="-1"))
