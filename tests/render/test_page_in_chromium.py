"""The page of a figure in Chromium: what people do in it, and that it asks for nothing."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from render.chromium import CHROMIUM, Tab, tab

from optviz import figures, render, spec
from optviz.scene import Look
from optviz.spec import RunSpec
from optviz.spec.figure import read

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")
READY = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))"
LINE = "document.querySelector('.line:not(.dots)').getAttribute('d')"
COUNT = "document.querySelector('.controls output').textContent"


def written(path: Path, look: Look = Look(), **run: object) -> Path:  # noqa: B008
    walks = spec.walks(RunSpec(**{"opt": ("gd", "adam"), **run}))  # type: ignore[arg-type]
    scene = figures.scene("trace", [walk.run() for walk in walks], look)
    stream = io.BytesIO()
    render.write(scene, look, "html", stream)
    path.write_bytes(stream.getvalue())
    return path


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with tab(tmp_path_factory.mktemp("chromium")) as page:
        yield page


def after(page: Tab, script: str) -> object:
    """The value of a script once the page has drawn."""
    page.run(READY)
    return page.run(script)


def test_a_page_asks_for_nothing_and_has_no_fault(browser: Tab, tmp_path: Path) -> None:
    path = written(tmp_path / "page.html")
    browser.requests.clear()
    browser.errors.clear()
    browser.open(path)
    assert after(browser, "document.querySelectorAll('.optviz.alive').length") == 1
    assert browser.requests == [path.as_uri()]
    assert not browser.errors


def test_the_line_of_the_page_is_that_of_the_still(browser: Tab, tmp_path: Path) -> None:
    browser.open(written(tmp_path / "page.html", opt=("gd",)))
    script = """(() => {
      const shown = document.querySelector('.line:not(.dots)');
      const still = [...document.querySelectorAll('[id^=moving] path')].map((p) => p);
      const box = (p) => { p.closest('[id^=moving]')?.style.setProperty('display', 'inline');
        const b = p.getBBox(); return [b.x, b.y, b.width, b.height]; };
      return [box(shown), ...still.map(box)];
    })()"""
    shown, *still = browser.run(script)
    assert any(box == pytest.approx(shown, abs=0.03) for box in still)


def test_every_control_is_reached_and_moved_by_the_keyboard(browser: Tab, tmp_path: Path) -> None:
    browser.open(written(tmp_path / "page.html"))
    reached = []
    for _ in range(20):
        browser.press("Tab")
        name = browser.run(
            "(() => { const e = document.activeElement;"
            "return e.getAttribute('aria-label') || e.textContent || e.parentNode.textContent; })()"
        )
        if name in reached or browser.run("document.activeElement === document.body"):
            break
        reached.append(name)
    assert len(reached) == browser.run(
        "document.querySelectorAll('.optviz input, .optviz button, .optviz [tabindex]').length"
    )
    browser.run("document.querySelector('.start').focus()")
    before = browser.run(LINE)
    browser.press("ArrowLeft")
    assert after(browser, LINE) != before
    browser.run("document.querySelector('.controls input[type=range]').focus()")
    browser.press("ArrowLeft")
    assert after(browser, COUNT) == "step 19 of 20"
    spoken = browser.run("document.activeElement.getAttribute('aria-valuetext')")
    assert spoken.startswith("step 19 of 20; Gradient descent")
    browser.run("document.querySelector('.knob input').focus()")
    before = browser.run(LINE)
    browser.press("ArrowRight")
    assert after(browser, LINE) != before


def test_the_command_is_that_of_what_is_shown(browser: Tab, tmp_path: Path) -> None:
    figure, _ = read({"objective": "d2l", "opt": ["adam"], "title": "It's"})
    assert figure
    drawing = figure.draw()
    stream = io.BytesIO()
    render.write(drawing.scene, drawing.look, "html", stream)
    path = tmp_path / "page.html"
    path.write_bytes(stream.getvalue())
    browser.open(path)
    browser.run("document.querySelector('.start').focus()")
    browser.press("ArrowRight")
    copies = "[...document.querySelectorAll('button')].find((b) => /^Copy/.test(b.textContent))"
    browser.run(f"{copies}.click()")
    line = str(after(browser, "document.querySelector('.command').textContent"))
    assert line.startswith("""optviz trace --title 'It'"'"'s' --opt adam:eta=0.4,beta1=0.9""")
    assert "--start -4.9" in line
    assert line.endswith("--steps 20")


def test_what_is_shown_is_in_the_address(browser: Tab, tmp_path: Path) -> None:
    path = written(tmp_path / "page.html")
    browser.open(path)
    browser.run("document.querySelector('.controls input[type=range]').focus()")
    browser.press("ArrowLeft")
    address = browser.run("new Promise((d) => setTimeout(() => d(location.hash), 700))")
    assert address.startswith("#optviz-")
    browser.send("Page.navigate", url="about:blank")
    browser.send("Page.navigate", url=path.as_uri() + address)
    counted = "new Promise((d) => setTimeout(() => d(" + COUNT + "), 700))"
    assert browser.run(counted) == "step 19 of 20"


def test_without_motion_play_goes_a_step_at_a_time(browser: Tab, tmp_path: Path) -> None:
    browser.open(written(tmp_path / "page.html"), prefers_reduced_motion="reduce")
    for step in (0, 1):
        browser.run("document.querySelector('.controls button').click()")
        assert after(browser, COUNT) == f"step {step} of 20"


def test_it_is_light_or_dark_as_the_device_is(browser: Tab, tmp_path: Path) -> None:
    path = written(tmp_path / "page.html", Look(theme="auto"))
    papers = []
    for scheme in ("light", "dark"):
        browser.open(path, prefers_color_scheme=scheme)
        papers.append(browser.run("getComputedStyle(document.body).backgroundColor"))
    assert papers == ["rgb(255, 255, 255)", "rgb(16, 20, 28)"]


def test_print_shows_the_still_without_controls(browser: Tab, tmp_path: Path) -> None:
    browser.open(written(tmp_path / "page.html"))
    browser.send("Emulation.setEmulatedMedia", media="print")
    shown = "getComputedStyle(document.querySelector('{}')).display"
    assert browser.run(shown.format(".controls")) == "none"
    assert browser.run(shown.format("[id^=moving]")) != "none"
    browser.send("Emulation.setEmulatedMedia", media="")


def test_without_script_the_still_is_whole(browser: Tab, tmp_path: Path) -> None:
    path = written(tmp_path / "page.html")
    browser.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(path)
        assert browser.run("document.querySelectorAll('.alive, .controls').length") == 0
        shown = "getComputedStyle(document.querySelector('[id^=moving]')).display"
        assert browser.run(shown) != "none"
    finally:
        browser.send("Emulation.setScriptExecutionDisabled", value=False)


def test_two_in_a_page_and_one_in_a_frame(browser: Tab, tmp_path: Path) -> None:
    one = written(tmp_path / "one.html", Look(fragment=True)).read_text()
    page = written(tmp_path / "page.html").read_text()
    frame = page.replace("&", "&amp;").replace('"', "&quot;")
    both = tmp_path / "both.html"
    both.write_text(f'<!doctype html><meta charset="utf-8">{one}{one}<iframe srcdoc="{frame}">')
    browser.errors.clear()
    browser.open(both)
    assert after(browser, "document.querySelectorAll('.optviz.alive').length") == 2
    within = "document.querySelector('iframe').contentDocument.querySelectorAll('.alive').length"
    assert browser.run(within) == 1
    assert not browser.errors
