"""The page in Chromium: seen, searched, opened, walked through by keyboard, copied from, kept."""

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from optviz import batch, gallery
from optviz.gallery import File, PageFigure

if TYPE_CHECKING:
    from browser import Browser
else:
    Browser = Any

HOSTILE = "<img src=x onerror=document.title='bad'><script>document.title='bad'</script> ]]> \u202e"
TABLES: dict[str, dict[str, Any]] = {
    "path": {"opt": "gd", "title": "it's $x$", "caption": HOSTILE, "output": "path.svg"},
    "a b/50%": {"opt": "adam:eta=0.3", "caption": "The rate −0.5 of x₂.", "output": "ab.png"},
    "__proto__": {"view": "rates", "opt": "rmsprop", "theme": "dark", "output": "p.png"},
    "loop": {"steps": 2, "output": "loop.gif", "hold": 0.1},
    "film": {"steps": 3, "output": ["film.gif", "film.png"]},
}
STATE = """({open: document.querySelector("dialog").open, hash: location.hash,
    name: document.querySelector("dialog").getAttribute("aria-label"),
    focus: document.activeElement.closest("[data-name]")?.dataset.name})"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a page of a few small figures."""
    return written(tmp_path_factory.mktemp("page"), TABLES)


def written(folder: Path, tables: dict[str, dict[str, Any]]) -> str:
    """The address of a page of these figures, in the folder."""
    tables = {name: {"size": "200x150", **table} for name, table in tables.items()}
    reports = batch.run(batch.read(tables, out_dir=folder))
    html = gallery.page([gallery.page_figure(report) for report in reports])
    (folder / "index.html").write_text(html, encoding="utf-8", newline="\n")
    return (folder / "index.html").as_uri()


def state(browser: Browser, **wanted: Any) -> dict[str, Any]:
    """How the page stands, once it stands as wanted: going back takes the browser a moment."""
    for _ in range(50):
        found = dict(browser.run(STATE))
        if wanted.items() <= found.items():
            break
        time.sleep(0.02)
    return found


def words(browser: Browser, selector: str) -> str:
    return str(browser.run(f"document.querySelector({json.dumps(selector)}).textContent"))


def names(browser: Browser) -> list[str]:
    """The figures that are in sight."""
    shown = "[...document.querySelectorAll('.card')].filter(c => c.checkVisibility())"
    return list(browser.run(f"{shown}.map(c => c.dataset.name)"))


def test_it_loads_whole_and_asks_nobody_for_anything(browser: Browser, page: str) -> None:
    for scheme in ("light", "dark"):
        how = {"name": "prefers-color-scheme", "value": scheme}
        browser.send("Emulation.setEmulatedMedia", features=[how])
        browser.open(page)
        browser.settle()
        asked = [
            event["params"]["request"]["url"]
            for event in browser.events
            if event["method"] == "Network.requestWillBeSent"
        ]
        assert [url for url in asked if not url.startswith("data:")] == [page]
        assert browser.complaints() == []
        seen = "[...document.images].filter(i => i.checkVisibility())"
        assert (
            browser.run(f"Promise.all({seen}.map(i => i.decode())).then(() => {seen}.length)") == 5
        )
        colour = browser.run("getComputedStyle(document.documentElement).backgroundColor")
        assert colour == {"light": "rgb(244, 245, 248)", "dark": "rgb(11, 13, 18)"}[scheme]


def test_hostile_captions_are_text(browser: Browser, page: str) -> None:
    browser.open(page)
    assert words(browser, "[data-name=path] .caption") == HOSTILE
    assert browser.run("document.title") == "Gallery"
    assert browser.run("document.querySelectorAll('[src=x], main script').length") == 0


@pytest.mark.parametrize("width", [320, 375, 768, 1400])
def test_nothing_sticks_out_at_any_width(browser: Browser, page: str, width: int) -> None:
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.send("Emulation.setDeviceMetricsOverride", **size)
    for figure in ("", "#path"):
        browser.open(page + figure)
        assert browser.run("document.documentElement.scrollWidth") == width
        sheet = "document.querySelector('.sheet')"
        assert browser.run(f"{sheet}.scrollWidth <= {sheet}.clientWidth")
    browser.send("Emulation.clearDeviceMetricsOverride")


def test_search_narrows_as_one_types(browser: Browser, page: str) -> None:
    browser.open(page)
    browser.press("/", *"X2 -0.5")
    assert names(browser) == ["a b/50%"]
    assert words(browser, ".count") == "1 of 5 figures"
    browser.press("z")
    assert names(browser) == []
    assert words(browser, ".empty") == "No figure has all of these words."
    browser.press("Escape")
    assert len(names(browser)) == 5
    assert words(browser, ".count") == "5 figures"
    browser.press(*"rates", "Enter")
    assert state(browser)["focus"] == "__proto__"


def test_a_figure_is_opened_and_left_by_keyboard(browser: Browser, page: str) -> None:
    browser.open(page)
    browser.press("Tab", "Tab", "Tab", "Enter")
    assert state(browser)["name"] == "a b/50%"
    assert state(browser)["hash"] == "#a%20b/50%25"
    browser.press("ArrowRight", "ArrowRight", "ArrowRight")
    assert state(browser)["name"] == "film"
    assert words(browser, ".place") == "5 of 5"
    browser.press("ArrowRight")
    assert state(browser)["name"] == "path"
    browser.press("ArrowLeft", "ArrowLeft", "ArrowLeft", "Escape")
    assert state(browser, open=False, hash="")["focus"] == "__proto__"
    browser.press("Enter")
    assert state(browser)["open"]
    assert browser.complaints() == []


def test_an_address_opens_its_figure_and_back_goes_back(browser: Browser, page: str) -> None:
    browser.open(page + "#a%20b/50%25")
    assert state(browser)["name"] == "a b/50%"
    browser.press("Escape")
    assert state(browser, hash="")["open"] is False
    browser.run("document.querySelector('[data-name=film] .open').click()")
    assert state(browser)["open"]
    browser.run("history.back()")
    assert state(browser, open=False, focus="film") == {
        "open": False,
        "hash": "",
        "name": "film",
        "focus": "film",
    }
    browser.run("history.forward()")
    assert state(browser, open=True)["hash"] == "#film"
    browser.open(page + "#nothing")
    assert not state(browser)["open"]


@pytest.mark.parametrize("clipboard", [True, False], ids=["clipboard", "without"])
def test_copy_copies_the_command(browser: Browser, page: str, clipboard: bool) -> None:
    browser.send("Browser.grantPermissions", permissions=["clipboardReadWrite"])
    browser.open(page + "#path")
    if not clipboard:
        browser.run("navigator.clipboard.writeText = () => Promise.reject()")
    browser.run("document.querySelector('.sheet .copy').click()")
    browser.settle()
    assert words(browser, ".sheet .copy") == "Copied"
    command = """optviz trace --opt gd --title 'it'"'"'s $x$' --size 200x150 -o path.svg"""
    assert browser.run("navigator.clipboard.readText()") == command


def test_files_are_kept_as_they_were_drawn(browser: Browser, page: str, tmp_path: Path) -> None:
    browser.send("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    browser.open(page + "#path")
    links = "[...document.querySelectorAll('.sheet .files a')]"
    kept = list(browser.run(f"{links}.map(a => a.download)"))
    assert kept == ["path.svg", "path.csv", "path.toml"]
    for at, name in enumerate(kept):
        browser.run(f"{links}[{at}].click()")
        for _ in range(100):
            if (tmp_path / name).exists():
                break
            time.sleep(0.02)
    assert (tmp_path / "path.svg").read_bytes().startswith(b"<?xml")
    assert (tmp_path / "path.csv").read_text().startswith("run,step,f,x1,x2,")
    assert (tmp_path / "path.toml").read_text().startswith("[path]\n")
    assert browser.complaints() == []


def seen(browser: Browser, place: str) -> list[str]:
    """The pictures in sight within a place, and the words that start or stop a film."""
    parts = f"[...document.querySelectorAll({json.dumps(place + ' :is(img, summary span)')})]"
    text = "p => p.tagName === 'IMG' ? p.className : p.textContent"
    return list(browser.run(f"{parts}.filter(p => p.checkVisibility()).map({text})"))


def test_a_film_is_still_in_the_grid_and_moves_where_it_is_opened(
    browser: Browser, page: str
) -> None:
    browser.open(page)
    assert seen(browser, ".card[data-name=film]") == ["still png"]
    browser.run("document.querySelector('[data-name=film] .open').click()")
    assert seen(browser, ".sheet .picture") == ["Pause", "moving"]


def test_a_film_stands_still_in_the_grid_where_motion_is_not_wanted(
    browser: Browser, page: str
) -> None:
    how = {"name": "prefers-reduced-motion", "value": "reduce"}
    browser.send("Emulation.setEmulatedMedia", features=[how])
    browser.open(page + "#loop")
    assert seen(browser, ".card[data-name=loop] .picture") == ["still png", "Play"]
    assert seen(browser, ".sheet .picture") == ["still png", "Play"]
    browser.run("document.querySelector('.sheet .motion').click()")
    assert seen(browser, ".sheet .picture") == ["Pause", "moving"]
    browser.send("Emulation.setEmulatedMedia", features=[])


def test_a_film_that_loops_can_be_paused(browser: Browser, page: str) -> None:
    browser.open(page)
    place = "[data-name=loop] .picture"
    assert seen(browser, place) == ["Pause", "moving"]
    for shown in (["still png", "Play"], ["Pause", "moving"]):
        browser.run(f"document.querySelector('{place} .motion').click()")
        assert seen(browser, place) == shown
    browser.run(f"document.querySelector('{place} .motion').focus()")
    browser.press("Enter")
    assert seen(browser, place) == ["still png", "Play"]
    assert not browser.run("document.querySelector('dialog').open")


def test_without_a_script_films_stand_still_until_they_are_played(
    browser: Browser, page: str
) -> None:
    browser.send("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(page)
    browser.send("Emulation.setScriptExecutionDisabled", value=False)
    for name in ("loop", "film"):
        assert seen(browser, f"[data-name={name}] .picture") == ["still png", "Play"]
    browser.run("document.querySelector('[data-name=loop] summary').click()")
    assert seen(browser, "[data-name=loop] .picture") == ["Pause", "moving"]


def test_a_figure_is_opened_alive(browser: Browser, tmp_path: Path) -> None:
    browser.open(written(tmp_path, {"alive": {"steps": 3, "output": "alive.html"}}))
    assert browser.run("document.querySelector('[data-name=alive] img').className") == "still svg"
    browser.run("document.querySelector('[data-name=alive] .open').click()")
    assert frames(browser) == []
    browser.run("document.querySelector('.sheet .alive summary').click()")
    for _ in range(100):
        if found := frames(browser):
            break
        time.sleep(0.1)
    assert alive(browser, found[0])
    assert not browser.run("document.querySelector('.sheet img').checkVisibility()")
    assert browser.complaints() == []


def frames(browser: Browser) -> list[str]:
    """The targets that are pages in frames of the page."""
    found = browser.send("Target.getTargets")["targetInfos"]
    return [each["targetId"] for each in found if each["url"] == "about:srcdoc"]


def alive(browser: Browser, target: str) -> bool:
    """Whether the figure in a frame has come to life, in the end."""
    page, script = browser.session, "document.querySelector('.optviz.alive button').textContent"
    browser.session = browser.send("Target.attachToTarget", targetId=target, flatten=True)[
        "sessionId"
    ]
    try:
        for _ in range(50):
            answer = browser.send("Runtime.evaluate", expression=script)["result"]
            if answer.get("value") == "Play":
                return True
            time.sleep(0.1)
        return False
    finally:
        browser.session = page


def test_five_hundred_figures_are_searched_at_once(browser: Browser, tmp_path: Path) -> None:
    dot = File("f.png", "png", b"")
    many = [
        PageFigure(
            f"figure-{n}", "s.toml", "trace", "optviz trace", "", "word " * 50, outputs=(dot,)
        )
        for n in range(500)
    ]
    (tmp_path / "index.html").write_text(gallery.page(many), encoding="utf-8")
    browser.open((tmp_path / "index.html").as_uri())
    browser.press("/", *"-49")
    assert len(names(browser)) == 11
    assert words(browser, ".count") == "11 of 500 figures"


def test_it_can_be_read_without_a_script(browser: Browser, page: str) -> None:
    browser.send("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(page)
    root = browser.send("DOM.getDocument")["root"]["nodeId"]
    for part in (".caption", ".command", ".values", ".files a[href]"):
        found = browser.send("DOM.querySelector", nodeId=root, selector=f".card {part}")
        assert browser.send("DOM.getBoxModel", nodeId=found["nodeId"])["model"]["height"] > 10
    browser.send("Emulation.setScriptExecutionDisabled", value=False)
