"""The colours of pages in Chromium: those of the device or of the host, and fit to be read."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from browser import Browser

import optviz
from optviz.render.draw.colour import contrast

PAPER = {"light": "#ffffff", "dark": "#10141c"}
TEXTS = "button, output:not(.hover), .name > span, .knob > :not(input), .tick"
KINDS: dict[str, Any] = {
    "contours": lambda: optviz.trace(opt=["adam"], steps=9),
    "profile": lambda: optviz.trace("x^2 - cos(5x)", opt=["adam"], steps=9, start=["2"]),
    "rates": lambda: optviz.rates(opt=["adagrad", "gd:eta=0.6"], steps=9),
    "rows": lambda: optviz.compare(
        opt=["gd", "momentum", "rmsprop", "adam"], overlay=True, rows="trace,rates,loss", steps=9
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a page of each kind, and a fragment."""
    made = tmp_path_factory.mktemp("colours")
    for name, figure in KINDS.items():
        figure().save(made / f"{name}.html")
    optviz.trace(opt=["adam"], steps=5, fragment=True).save(made / "piece.html")
    return made


def opened(browser: Browser, path: Path, scheme: str, kind: str = "") -> None:
    """Opens a page on a device of that scheme, or in a medium."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.send("Emulation.setEmulatedMedia", media=kind, features=features)
    browser.open(path.as_uri())
    browser.settle()


def styles(browser: Browser, selector: str, name: str) -> set[str]:
    """The colours that elements have for a property, as `#rrggbb`."""
    found = browser.run(
        f"[...document.querySelectorAll({json.dumps(selector)})]"
        f".filter(e => e.getClientRects().length).map(e => getComputedStyle(e)[{json.dumps(name)}])"
    )
    return {"#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", one)) for one in found}


@pytest.mark.parametrize("scheme", PAPER)
@pytest.mark.parametrize("kind", KINDS)
def test_words_and_lines_stand_out_in_both_schemes(
    kind: str, scheme: str, folder: Path, browser: Browser
) -> None:
    opened(browser, folder / f"{kind}.html", scheme)
    fit = "[...document.querySelectorAll('button')].find(b => b.textContent === 'Fit the view')"
    browser.run(f"{fit}.click()")
    browser.settle()
    paper = PAPER[scheme]
    assert styles(browser, "body, .optviz", "background-color") == {paper}
    words = styles(browser, TEXTS, "color") | styles(browser, ".tick", "fill")
    assert len(words) >= 2
    assert {word for word in words if contrast(word, paper) < 4.5} == set()
    lines = styles(browser, ".line", "stroke") | styles(browser, "button", "border-top-color")
    assert {line for line in lines if contrast(line, paper) < 3} == set()


@pytest.mark.parametrize("device", PAPER)
@pytest.mark.parametrize(("css", "scheme"), [
    ("", "light"), (":root{color-scheme:light}", "light"), (":root{color-scheme:dark}", "dark"),
    (":root{color-scheme:light dark}", ""), ("figure{color-scheme:dark}", "dark"),
])  # fmt: skip
def test_a_fragment_follows_the_page_around_it(
    css: str, scheme: str, device: str, folder: Path, browser: Browser, tmp_path: Path
) -> None:
    piece = (folder / "piece.html").read_text(encoding="utf-8")
    page = tmp_path / "host.html"
    page.write_text(f"<!doctype html><style>{css}</style>{piece}", encoding="utf-8")
    opened(browser, page, device)
    wanted = scheme or device
    assert styles(browser, ".optviz", "background-color") == {PAPER[wanted]}
    title = styles(browser, ".still svg[role] > g use, .still svg[role] g path", "fill")
    ink = {"light": "#1a202c", "dark": "#eef1f6"}
    assert ink[wanted] in title
    assert ink["dark" if wanted == "light" else "light"] not in title


@pytest.mark.parametrize("name", ["contours.html", "piece.html"])
def test_on_paper_a_page_is_light(name: str, folder: Path, browser: Browser) -> None:
    opened(browser, folder / name, "dark", "print")
    assert styles(browser, ".optviz", "background-color") == {PAPER["light"]}
    browser.send("Emulation.setEmulatedMedia", media="", features=[])


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_at_ticks_are_not_too_small_to_read_on_a_narrow_screen(
    kind: str, folder: Path, browser: Browser
) -> None:
    size = {"width": 320, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.send("Emulation.setDeviceMetricsOverride", **size)
    opened(browser, folder / f"{kind}.html", "light")
    scale = browser.run("document.querySelector('.still svg[role]').getScreenCTM().a")
    size_of_ticks = browser.run('document.scripts[0].text.match(/"tick":([\\d.]+)/)[1]')
    assert float(size_of_ticks) * scale >= 6.9
    browser.send("Emulation.clearDeviceMetricsOverride")
