"""The page: one HTML file, whose policy allows its own pictures and its own script only."""

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


def page(figures: Sequence[PageFigure], about: Mapping[str, str] | None = None) -> str:
    """The page of the figures in order, with a section for each spec file.

    `about` are texts by spec file. The same figures give the same page. It needs no other file, no
    network and, for reading, no script.
    """
    about = about or {}
    specs = list(dict.fromkeys(figure.file for figure in figures))
    alone = len(specs) == 1
    title = _title(specs[0]) if alone else "Gallery"
    subtitle = about.get(specs[0], "") if alone else ""
    sections = [
        _section(file, list(group), "" if alone else about.get(file, ""), alone)
        for file, group in groupby(figures, lambda figure: figure.file)
    ]
    body = tag(
        "body",
        tag("header", tag("h1", title, dir="auto"), _about(subtitle)),
        _search(len(figures)),
        tag("main", *sections, tag("p", class_="empty", hidden=True)),
        tag("footer", _keys(), tag("p", f"Drawn by optviz {__version__}.")),
        _viewer(),
    )
    return f"<!doctype html>\n{tag('html', _head(title, figures), body, lang='en')}\n"


def _title(file: str) -> str:
    stem = PurePath(file).stem
    return stem if PurePath(file).suffix else "Gallery"  # standard input has no name of its own


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
        f"style-src '{_checksum(style)}'",
        f"script-src '{_checksum(script)}'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
    ]
    return "; ".join(rules)


def _checksum(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"


def _asset(name: str) -> Html:
    """The content of a file beside this one."""
    return Html((files(__package__) / name).read_text(encoding="utf-8"))


def _about(paragraph: str) -> str:
    return tag("p", paragraph, class_="about", dir="auto") if paragraph else ""


def _section(file: str, figures: list[PageFigure], about: str, alone: bool) -> Html:
    name, classes = ("Figures", "unseen") if alone else (_title(file), "find")
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
        placeholder="Search",
        autocomplete="off",
        spellcheck="false",
        aria_keyshortcuts="/",
    )
    output = tag("output", _figures(count), class_="count")
    label = tag("label", tag("span", "Search", class_="unseen"), field)
    return tag("div", label, output, class_="search", role="search")


def _figures(count: int) -> str:
    return "1 figure" if count == 1 else f"{count} figures"


def _keys() -> Html:
    keys = {"/": "search", "← →": "the figure before, the next", "Esc": "close"}
    pairs = (text(tag("kbd", key), f" {does}") for key, does in keys.items())
    return tag("p", *(part for each in pairs for part in (each, "  ")), class_="keys")


def _viewer() -> Html:
    """The dialog in which the script opens a figure."""
    before = tag("button", "←", class_="before", type="button", aria_label="The figure before")
    after = tag("button", "→", class_="after", type="button", aria_label="The next figure")
    close = tag("button", "×", class_="close", type="button", aria_label="Close")
    bar = tag("div", tag("span", class_="place", role="status"), before, after, close, class_="bar")
    return tag("dialog", bar, tag("div", class_="sheet", tabindex="-1"))
