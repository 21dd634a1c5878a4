"""Fragments in pages of others: slides that scale, hidden tabs, styles, keys, Markdown, rules."""

import re
from pathlib import Path
from typing import Any

import markdown
import pytest
from browser import Browser

import optviz

MOUSE = "Input.dispatchMouseEvent"
CENTRE = "(({x, y, width, height}) => [x + width / 2, y + height / 2])"
START = ".start circle:last-child"

# What Bootstrap, Tailwind, Material, Reveal and classless style sheets have for all elements.
STYLE = """
html{font-size:200%} *{box-sizing:border-box;margin:0;padding:0;border:0 solid}
.host{font:italic 40px/2 serif;text-align:center;letter-spacing:3px;text-transform:uppercase}
.host .row{display:block;margin:0 -12px} .host .row>*{width:100%;max-width:100%;padding:0 12px}
.host .controls{position:absolute;right:12px;bottom:12px;width:50px;pointer-events:none}
.host button,.host button:hover{display:block;width:100%;color:red;background:blue;padding:20px}
.host input{appearance:none;display:block;width:100%;height:50px;background:#eee}
.host input::-webkit-slider-thumb{appearance:none;width:40px;height:40px}
.host label{display:block;font-weight:700} .host output{display:none} .host span{float:right}
.host svg,.host img{max-width:50px;vertical-align:middle;fill:currentColor;background:red}
.host figure{width:fit-content}
.host figure div{display:table;padding:9px} .host .name,.host .line,.host .key{display:none}
"""


@pytest.fixture(scope="module")
def pieces() -> tuple[str, str]:
    """A fragment of one view, and one of linked views."""
    one = optviz.trace(opt=["adam", "gd"], eta=0.3, steps=12)
    opts = ["gd:eta=0.4", "adam:eta=0.3"]
    many = optviz.compare(opt=opts, overlay=True, rows="trace,rates,loss", steps=9)
    return fragment(one), fragment(many)


def fragment(figure: Any) -> str:
    """A figure as it stands in a page of somebody else."""
    return str(figure.shown_as("html")._repr_html_())


def opened(browser: Browser, folder: Path, body: str, head: str = "", tail: str = "") -> None:
    """Opens a page with that body, without a declared encoding."""
    page = folder / "host.html"
    page.write_text(f"<!doctype html><head>{head}</head><body>{body}", encoding="utf-8")
    size = {"width": 1100, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
    browser.send("Emulation.setDeviceMetricsOverride", **size)
    browser.open(page.as_uri() + tail)
    browser.settle()


def centre(browser: Browser, selector: str) -> list[float]:
    """The middle of the first element, in pixels of the window."""
    return list(
        browser.run(f"{CENTRE}(document.querySelector('{selector}').getBoundingClientRect())")
    )


def dragged(browser: Browser, selector: str, right: float, down: float) -> list[float]:
    """Drags an element by pixels of the window; how far from the pointer it is then."""
    x, y = centre(browser, selector)
    held: dict[str, Any] = {"button": "left", "clickCount": 1}
    browser.send(MOUSE, type="mousePressed", x=x, y=y, buttons=1, **held)
    browser.send(MOUSE, type="mouseMoved", x=x + right, y=y + down, buttons=1, **held)
    browser.send(MOUSE, type="mouseReleased", x=x + right, y=y + down, buttons=0, **held)
    browser.settle()
    there = centre(browser, selector)
    return [there[0] - x - right, there[1] - y - down]


@pytest.mark.parametrize(
    ("look", "scale"),
    [
        ("transform:scale(0.45)", 0.45),
        ("transform:scale(1.4)", 1.4),
        ("transform:translate(9px,7px)", 1),
        ("zoom:1.4", 1.4),
        ("direction:rtl", 1),
    ],
)
def test_a_start_follows_the_pointer_where_the_page_is_scaled(
    look: str, scale: float, pieces: tuple[str, str], browser: Browser, tmp_path: Path
) -> None:
    opened(browser, tmp_path, f'<div style="{look};transform-origin:0 0">{pieces[0]}</div>')
    assert dragged(browser, START, 30, -40) == pytest.approx([0, 0], abs=0.3)
    label = "(({x, y}) => [x, y])(document.querySelector('.hover').getBoundingClientRect())"
    beside = [b - a for a, b in zip(centre(browser, START), browser.run(label), strict=True)]
    assert beside == [pytest.approx(14 * scale, abs=1)] * 2
    assert browser.complaints() == []


def test_a_figure_that_was_hidden_is_as_one_that_was_not(
    pieces: tuple[str, str], browser: Browser, tmp_path: Path
) -> None:
    body = f"<div hidden>{pieces[0]}</div><div id=second>{pieces[0]}</div>"
    opened(browser, tmp_path, body)
    shown = "document.querySelectorAll('.optviz')[%d].querySelector('.line').getAttribute('d')"
    assert browser.run(shown % 0) == browser.run(shown % 1)
    clips = browser.run("""[...document.querySelectorAll(".optviz")].map((figure) =>
        [...figure.querySelectorAll("[clip-path]")].map((part) =>
            figure.querySelector(part.getAttribute("clip-path").slice(4, -1))?.id))""")
    assert all(clips[0]) and all(clips[1])
    assert not set(clips[0]) & set(clips[1])  # a clip in what is hidden clips nothing
    browser.run("document.querySelector('#second').remove()")
    browser.run("document.querySelector('div').hidden = false")
    browser.settle()
    assert dragged(browser, START, 30, -40) == pytest.approx([0, 0], abs=0.3)
    assert browser.complaints() == []


def test_keys_and_pointers_that_a_control_uses_are_not_those_of_the_page(
    pieces: tuple[str, str], browser: Browser, tmp_path: Path
) -> None:
    opened(browser, tmp_path, pieces[0])
    browser.run("""window.seen = []; for (const type of ["keydown", "pointerdown", "touchstart"])
        document.addEventListener(type, (e) => seen.push(e.key || type))""")
    keys = {
        ".start": ("ArrowRight", "ArrowDown"),
        ".row input": ("ArrowLeft", "Home", "End"),
        ".knob input": ("ArrowLeft", "ArrowUp"),
        ".play": ("Enter", "Enter"),
    }
    for selector, pressed in keys.items():
        browser.run(f"document.querySelector('{selector}').focus()")
        browser.press(*pressed)
    dragged(browser, START, 30, -30)
    assert browser.run("seen") == []
    for selector, key in ((".play", "ArrowRight"), (".start", "Escape"), (".knob input", "n")):
        browser.run(f"document.querySelector('{selector}').focus()")
        browser.press(key)
    assert browser.run("seen") == ["ArrowRight", "Escape", "n"]


BOXES = """[...document.querySelectorAll(".optviz .controls, .controls *, .live, .live *")]
    .filter((e) => e.getClientRects().length).map((e) => {
    const [a, b] = [document.querySelector(".optviz"), e].map((x) => x.getBoundingClientRect());
    const { color, fill, stroke, backgroundColor } = getComputedStyle(e);
    return [e.getAttribute("class"), [b.x - a.x, b.y - a.y, b.width, b.height].map(Math.round),
        color, fill, stroke, e.ownerSVGElement ? "" : backgroundColor].join(" "); })"""


@pytest.mark.parametrize("number", [0, 1])
def test_a_figure_looks_the_same_whatever_the_page_looks_like(
    number: int, pieces: tuple[str, str], browser: Browser, tmp_path: Path
) -> None:
    body = f'<div class="host" style="width:1000px">{pieces[number]}</div>'
    opened(browser, tmp_path, body)
    plain = browser.run(BOXES)
    opened(browser, tmp_path, body, f"<style>{STYLE}</style>")
    assert browser.run(BOXES) == plain


def test_a_page_that_allows_no_script_and_no_style_has_the_still(
    pieces: tuple[str, str], browser: Browser, tmp_path: Path
) -> None:
    policy = "default-src 'none'"
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    opened(browser, tmp_path, pieces[0], head)
    assert [e for e in browser.events if e.get("method") == "Runtime.exceptionThrown"] == []
    box = "(e) => (b => [b.width, b.height])(e.getBoundingClientRect())"
    assert browser.run(f"({box})(document.querySelector('.optviz svg'))") == [768, 576]
    ink = "[...document.querySelectorAll('[id^=moving]')].map((e) => e.getClientRects().length)"
    assert all(browser.run(ink))


def test_the_anchor_and_the_history_of_a_page_stay(
    pieces: tuple[str, str], browser: Browser, tmp_path: Path
) -> None:
    opened(browser, tmp_path, pieces[0], tail="#/2/1")
    browser.run("history.replaceState({offset: 7}, '')")
    dragged(browser, START, 30, -30)
    browser.run("new Promise((done) => setTimeout(done, 600))")
    assert browser.run("[location.hash, history.state]") == ["#/2/1", {"offset": 7}]
    browser.run("history.replaceState({offset: 8}, '', '#')")
    dragged(browser, START, 5, -5)
    browser.run("new Promise((done) => setTimeout(done, 600))")
    assert browser.run("history.state") == {"offset": 8}
    assert browser.run("location.hash").startswith("#optviz-")


def test_a_page_that_sets_links_anew_does_not_stop_at_the_letters(
    pieces: tuple[str, str], browser: Browser, tmp_path: Path
) -> None:
    """Material for MkDocs does so when it loads pages in place; that of a letter is read-only."""
    opened(browser, tmp_path, pieces[0])
    browser.run("""(() => { "use strict";
        for (const e of document.querySelectorAll("[href]")) e.href = e.href; })()""")
    assert browser.run("document.querySelectorAll('use').length") > 10


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_fragment_is_one_block_without_signs_that_a_page_generator_reads(lang: str) -> None:
    title = "*a* _b_ `c` $x$ 'd' \"e\" -- ... [f](g) @h"
    piece = fragment(optviz.trace(opt=["adam", "gd"], steps=5, lang=lang, title=title))
    assert piece.isascii()
    assert all(line.strip() for line in piece.splitlines())
    assert not re.search(r"\{[{%#]", piece)  # Jinja, Liquid, Hugo
    words = re.sub(r"<(style|script)>.*?</\1>|<[^>]*>", "", piece, flags=re.S)
    words = re.sub(r"&#?\w+;", "", words)
    assert not re.search(r"""[^A-Za-z0-9\s,=/%?;]""", words)


@pytest.mark.parametrize(
    "extensions", [[], ["extra", "smarty"], ["md_in_html", "toc", "attr_list"]]
)
def test_markdown_leaves_a_fragment_as_it_is(
    extensions: list[str], pieces: tuple[str, str]
) -> None:
    text = f"# One\n\n{pieces[0]}\n\ntwo *three*\n\n{pieces[1]}\n"
    html = markdown.markdown(text, extensions=extensions)
    for piece in pieces:
        assert piece.strip() in html
    assert "two <em>three</em>" in html
