"""The card of one figure: small in the grid, and all of it where it is opened."""

import re
from base64 import b64encode
from urllib.parse import quote

from optviz import records
from optviz.gallery._html import Html, tag, text
from optviz.gallery._shown import File, Shown, plain
from optviz.gallery._values import values

STILLS = {"svg": "image/svg+xml", "png": "image/png"}  # the best for a screen first
FILMS = {"gif": "image/gif", "apng": "image/apng", "webp": "image/webp", "mp4": "video/mp4"}
_MEDIA_TYPES = {
    **{data.word(): data.media_type for data in records.formats()},
    **STILLS,
    **FILMS,
    "pdf": "application/pdf",
    "json": "application/json",
    "toml": "text/plain",
}
_SAFE = "!$&'()*+,;=:@/?-._~"  # what a browser leaves alone after the # of an address


def anchor(name: str) -> str:
    """The name as it stands after the # of an address."""
    return quote(name, _SAFE, errors="replace")


def card(figure: Shown) -> Html:
    """The article of a figure; the page's script shows a copy of what is inside."""
    kinds = [figure.view, *figure.optimizers, *(["film"] if _best(figure, FILMS) else [])]
    head = tag("a", figure.name, class_="open", href=f"#{anchor(figure.name)}")
    seen = tag("div", *_pictures(figure), class_="picture", data_theme=figure.theme)
    words = tag(
        "div",
        tag("h3", head, class_="find", dir="auto"),
        tag("p", figure.caption, class_="caption find", dir="auto") if figure.caption else "",
        tag("p", "\u00a0· ".join(kinds), class_="kinds find"),
        class_="words",
    )
    return tag(
        "article",
        tag("div", seen, values(figure.runs) if figure.runs else "", class_="seen"),
        tag("div", words, tag("div", *_more(figure), class_="more"), class_="said"),
        class_="card",
        id=anchor(figure.name),
        data_name=figure.name,
    )


def _best(figure: Shown, kinds: dict[str, str]) -> File | None:
    """The output in the first of the formats that there is."""
    return next((out for form in kinds for out in figure.outputs if out.format == form), None)


def _pictures(figure: Shown) -> list[Html]:
    """What is looked at: a still, or the film, or both, of which the grid shows the still."""
    if figure.error:
        return [tag("p", figure.error, class_="error find")]
    still, film = _best(figure, STILLS), _best(figure, FILMS)
    found = [_picture(figure, still, f"still {still.format}")] if still else []
    found += [_picture(figure, film, "film" if still else "film alone")] if film else []
    kinds = ", ".join(out.format for out in figure.outputs)
    return found or [tag("p", f"Not to look at here: {kinds}", class_="nothing")]


def _picture(figure: Shown, file: File, looks: str) -> Html:
    """A picture that carries its bytes; an SVG in an `img` runs no script."""
    if file.format == "mp4":
        return tag(
            "video",
            src=_bytes(file),
            class_=looks,
            aria_label=figure.alt,
            controls=True,
            loop=True,
            muted=True,
            playsinline=True,
            preload="metadata",
            data_file=file.name,
        )
    return tag(
        "img",
        src=_bytes(file),
        class_=looks,
        alt=figure.alt,
        data_file=file.name,
        loading="lazy",
        decoding="async",
    )


def _more(figure: Shown) -> list[Html]:
    """What an opened figure says besides."""
    copy = tag("button", "Copy", class_="copy", type="button", aria_live="polite")
    found = [tag("div", tag("pre", _command(figure.command)), copy, class_="command")]
    found.append(tag("p", *_files(figure), class_="files"))
    if note := _note(figure):
        found.append(tag("p", note, class_="note"))
    spec = tag("summary", "Spec"), tag("pre", tag("code", figure.table))
    found.append(tag("details", *spec, class_="spec"))
    if figure.alt:  # said already to those who do not see the picture
        found.append(tag("p", figure.alt, class_="alt find", aria_hidden="true"))
    return found


def _command(line: str) -> Html:
    """The command, which breaks into lines before an option rather than in it."""
    parts = re.split(" (?=-)", line)
    spans = (text(" " if at else "", tag("span", part)) for at, part in enumerate(parts))
    return tag("code", *spans, class_="find")


def _files(figure: Shown) -> list[Html]:
    """Links that keep a file; what is looked at is there already, the script links to it."""
    seen = {_best(figure, STILLS), _best(figure, FILMS)}
    own = [figure.data] if figure.data else []
    table = File(f"{plain(figure.name)}.toml", "toml", figure.table.encode())
    return [_link(out, out in seen) for out in (*figure.outputs, *own, table)]


def _link(file: File, seen: bool) -> Html:
    said = tag("span", _size(len(file.data)))
    if seen:
        return tag("a", f"{file.name} ", said, download=file.name, data_of=file.name)
    return tag("a", f"{file.name} ", said, download=file.name, href=_bytes(file))


def _note(figure: Shown) -> str:
    """Where the numbers are that a page does not carry."""
    if figure.error or figure.data or any(out.format == "csv" for out in figure.outputs):
        return ""
    return f"The numbers: the command with -o {plain(figure.name)}.csv."


def _bytes(file: File) -> str:
    kind = _MEDIA_TYPES.get(file.format, "application/octet-stream")
    return f"data:{kind};base64,{b64encode(file.data).decode()}"


def _size(many: int) -> str:
    """A number of bytes for people."""
    if many < 1000:
        return f"{many} bytes"
    return f"{many / 1e3:.0f} kB" if many < 1e6 else f"{many / 1e6:.1f} MB"
