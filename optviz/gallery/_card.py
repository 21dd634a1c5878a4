"""The card of one figure: small in the grid, with all details when it is opened."""

import re
from base64 import b64encode
from urllib.parse import quote

from optviz import records, render
from optviz.gallery._html import Html, tag, text
from optviz.gallery._page_figure import File, PageFigure, file_stem
from optviz.gallery._values_table import values_table
from optviz.phrases import say

STILLS = {"svg": "image/svg+xml", "png": "image/png"}  # the best for a screen first
PAGES = {"html": "text/html"}
FILMS = {"gif": "image/gif", "apng": "image/apng", "webp": "image/webp", "mp4": "video/mp4"}
_MEDIA_TYPES = {
    **{data.word(): data.media_type for data in records.formats()},
    **STILLS,
    **FILMS,
    **PAGES,
    "pdf": "application/pdf",
    "json": "application/json",
    "toml": "text/plain",
}
_SAFE = "!$&'()*+,;=:@/?-._~"  # characters that a browser does not escape after the # of an address


def anchor(name: str) -> str:
    """The name as it stands after the # of an address."""
    return quote(name, _SAFE, errors="replace")


def card(figure: PageFigure) -> Html:
    """The article of a figure; the page's script opens a copy of its content."""
    kinds = [figure.view, *figure.optimizers, *([say("page film")] if _best(figure, FILMS) else [])]
    head = tag("a", figure.name, class_="open", href=f"#{anchor(figure.name)}")
    picture = tag("div", *_pictures(figure), class_="picture", data_theme=_theme(figure))
    texts = tag(
        "div",
        tag("h3", head, class_="find", dir="auto"),
        tag("p", figure.caption, class_="caption find", dir="auto") if figure.caption else "",
        tag("p", "\u00a0· ".join(kinds), class_="kinds find"),
        class_="words",
    )
    return tag(
        "article",
        tag("div", picture, values_table(figure.runs) if figure.runs else "", class_="seen"),
        tag("div", texts, tag("div", *_details(figure), class_="more"), class_="said"),
        class_="card",
        id=anchor(figure.name),
        data_name=figure.name,
    )


def _best(figure: PageFigure, formats: dict[str, str]) -> File | None:
    """The output in the first of the formats that the figure has, or None."""
    return next((out for form in formats for out in figure.outputs if out.format == form), None)


def _theme(figure: PageFigure) -> str:
    """The theme that was typed, or the usual one of what is seen: that of a page is auto."""
    alone = _best(figure, PAGES) and not _best(figure, STILLS)
    return figure.theme or ("auto" if alone else "light")


def _pictures(figure: PageFigure) -> list[Html]:
    """The still and the film; the grid plays a film that is alone, with a button that stops it."""
    if figure.error:
        return [tag("p", figure.error, class_="error find")]
    still, film, live = (_best(figure, formats) for formats in (STILLS, FILMS, PAGES))
    still = still or (live and live_still(live))
    alone = "film" if still else "film alone"
    still = still or (film and _still_of(film))
    pictures = [_picture(figure, still, f"still {still.format}")] if still else []
    pictures += [_film(figure, film, alone)] if film else []
    pictures += [_alive(live)] if live else []
    kinds = ", ".join(out.format for out in figure.outputs)
    return pictures or [tag("p", say("page nothing", formats=kinds), class_="nothing")]


def _film(figure: PageFigure, file: File, classes: str) -> Html:
    """A film with what starts and stops it: one of pictures is closed until it is to be played."""
    if file.format == "mp4":
        return tag(
            "video",
            src=_bytes(file),
            class_=classes,
            aria_label=figure.alt,
            controls=True,
            loop=True,
            muted=True,
            playsinline=True,
            preload="metadata",
            data_file=file.name,
        )
    words = [tag("span", say(f"live {word}"), class_=word) for word in ("play", "pause")]
    shown = tag("summary", *words, class_="motion"), _picture(figure, file, "moving")
    return tag("details", *shown, class_=classes)


def _picture(figure: PageFigure, file: File, classes: str) -> Html:
    """The element of a picture with its bytes; an SVG in an `img` runs no script."""
    return tag(
        "img",
        src=_bytes(file),
        class_=classes,
        alt=figure.alt,
        data_file=file.name,
        loading="lazy",
        decoding="async",
    )


def _alive(file: File) -> Html:
    """What opens the page of a figure; the page's script puts the frame in, so it runs then."""
    frame = tag(
        "iframe", srcdoc=file.data.decode(), title=file.name,
        sandbox="allow-scripts", allow="clipboard-write",
    )  # fmt: skip
    return tag("details", tag("summary", say("page alive")), tag("template", frame), class_="alive")


def _still_of(film: File) -> File | None:
    """The last picture of a film."""
    data = render.film_still(film.data)
    return File(f"{file_stem(film.name)}.png", "png", data) if data else None


def live_still(file: File) -> File:
    """The still in the page of a figure."""
    start, end = file.data.index(b"<svg"), file.data.index(b"</svg>") + len(b"</svg>")
    return File(file_stem(file.name) + ".svg", "svg", file.data[start:end])


def _details(figure: PageFigure) -> list[Html]:
    """What an opened figure shows besides: command, files, spec, the picture in words."""
    copied, selected = say("page copied"), say("page selected")
    copy = tag(
        "button", say("page copy"), class_="copy", type="button", aria_live="polite",
        data_copied=copied, data_selected=selected,
    )  # fmt: skip
    details = [tag("div", tag("pre", _command(figure.command)), copy, class_="command")]
    details.append(tag("p", *_files(figure), class_="files"))
    if note := _note(figure):
        details.append(tag("p", note, class_="note"))
    spec = tag("summary", say("page spec")), tag("pre", tag("code", figure.table))
    details.append(tag("details", *spec, class_="spec"))
    if figure.alt:  # which a screen reader has read as that of the picture
        details.append(tag("p", figure.alt, class_="alt find", aria_hidden="true"))
    return details


def _command(line: str) -> Html:
    """The command, in which lines break before an option, not inside one."""
    parts = re.split(" (?=-)", line)
    spans = (text(" " if at else "", tag("span", part)) for at, part in enumerate(parts))
    return tag("code", *spans, class_="find")


def _files(figure: PageFigure) -> list[Html]:
    """Links that save files; the script links to those that the card embeds as pictures."""
    embedded = {_best(figure, STILLS), _best(figure, FILMS)}
    own = [figure.data] if figure.data else []
    table = File(f"{file_stem(figure.name)}.toml", "toml", figure.table.encode())
    return [_link(out, out in embedded) for out in (*figure.outputs, *own, table)]


def _link(file: File, embedded: bool) -> Html:
    size = tag("span", _size(len(file.data)))
    if embedded:
        return tag("a", f"{file.name} ", size, download=file.name, data_of=file.name)
    return tag("a", f"{file.name} ", size, download=file.name, href=_bytes(file))


def _note(figure: PageFigure) -> str:
    """How to get the numbers if the page has too many of them to include."""
    if figure.error or figure.data or any(out.format == "csv" for out in figure.outputs):
        return ""
    return say("page numbers", file=f"{file_stem(figure.name)}.csv")


def _bytes(file: File) -> str:
    kind = _MEDIA_TYPES.get(file.format, "application/octet-stream")
    return f"data:{kind};base64,{b64encode(file.data).decode()}"


def _size(octets: int) -> str:
    """A number of bytes as text with a unit."""
    if octets < 1000:
        return say("page bytes", octets=octets)
    return f"{octets / 1e3:.0f} kB" if octets < 1e6 else f"{octets / 1e6:.1f} MB"
