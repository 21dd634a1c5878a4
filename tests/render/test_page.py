"""Pages in Chromium: what one sees, does with a pointer and with keys, and what stays without."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from browser import Browser

import optviz

OPTIMIZERS = ["gd:eta=0.4", "momentum:eta=0.1,beta=0.9", "adagrad:eta=1.5", "adam:eta=0.3"]
VISIBLE = "(e) => e.getClientRects().length > 0"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a page of a path, one of linked views, one of both schemes, and a fragment."""
    made = tmp_path_factory.mktemp("pages")
    one = optviz.trace(opt=["adam:eta=0.3", "gd:eta=0.2"], steps=12, start=["-4,1.5"], title="It's")
    one.save(made / "path.html")
    optviz.compare(opt=OPTIMIZERS, overlay=True, rows="trace,rates,loss").save(made / "views.html")
    optviz.trace(opt=["adam"], theme="auto", steps=5).save(made / "schemes.html")
    optviz.trace(opt=["adam"], steps=5, fragment=True).save(made / "piece.html")
    return made


def opened(browser: Browser, path: Path, width: int = 1000, tail: str = "") -> None:
    """Opens a page of that width in the window."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.send("Emulation.setDeviceMetricsOverride", **size)
    browser.open(path.as_uri() + tail)
    browser.settle()


def media(browser: Browser, kind: str = "", **features: str) -> None:
    """Sets the medium and its features until the next call."""
    pairs = [{"name": k.replace("_", "-"), "value": v} for k, v in features.items()]
    browser.send("Emulation.setEmulatedMedia", media=kind, features=pairs)


def all_of(browser: Browser, selector: str, what: str) -> list[Any]:
    """What a function of JavaScript says of each element."""
    return list(browser.run(f"[...document.querySelectorAll({json.dumps(selector)})].map({what})"))


def button(browser: Browser, text: str) -> None:
    """Presses the button of that text."""
    found = f"[...document.querySelectorAll('button')].find(b => b.textContent === '{text}')"
    browser.run(f"{found}.click()")
    browser.settle()


def dragged(browser: Browser, selector: str, right: float, down: float) -> None:
    """Drags an element by pixels of the screen."""
    browser.run(f"document.querySelector('{selector}').scrollIntoView({{block: 'center'}})")
    box = "(({x, y, width, height}) => [x + width / 2, y + height / 2])"
    x, y = browser.run(f"{box}(document.querySelector('{selector}').getBoundingClientRect())")
    mouse = "Input.dispatchMouseEvent"
    held: dict[str, Any] = {"button": "left", "buttons": 1, "clickCount": 1}
    browser.send(mouse, type="mousePressed", x=x, y=y, **held)
    for part in (0.5, 1.0):
        browser.send(mouse, type="mouseMoved", x=x + part * right, y=y + part * down, **held)
    browser.send(mouse, type="mouseReleased", x=x + right, y=y + down, **{**held, "buttons": 0})
    browser.settle()


def lines(browser: Browser) -> list[str]:
    """The lines of all marks as they are drawn."""
    return all_of(browser, ".live path.line:not(.dots)", "(e) => e.getAttribute('d')")


def command(browser: Browser) -> list[str]:
    """The words of the command for what is on screen."""
    browser.run("document.querySelector('.command').textContent = ''")
    browser.run("document.querySelector('.copy').click()")
    browser.settle()
    return shlex.split(browser.run("document.querySelector('.command').textContent"))


@pytest.mark.parametrize("name", ["path.html", "views.html", "schemes.html", "piece.html"])
def test_a_page_asks_for_nothing_and_breaks_no_rule(
    name: str, folder: Path, browser: Browser
) -> None:
    opened(browser, folder / name)
    button(browser, "Fit the view")
    dragged(browser, ".start", 20, -30)
    asked = [e for e in browser.events if e.get("method") == "Network.requestWillBeSent"]
    assert [e["params"]["documentURL"] for e in asked] == [(folder / name).as_uri()]
    assert browser.complaints() == []
    assert all_of(browser, ".optviz", "(e) => [...e.classList].sort()") == [
        ["alive", "fitted", "moved", "optviz"]
    ]


def test_at_rest_one_sees_the_still_and_else_what_is_drawn_anew(
    folder: Path, browser: Browser
) -> None:
    seen = "(e) => getComputedStyle(e).display !== 'none'"
    drawn = "(e) => getComputedStyle(e).visibility === 'visible'"
    opened(browser, folder / "views.html")
    assert all(all_of(browser, "[id^=moving]", seen))
    assert not any(all_of(browser, ".live .line, .live .dots", drawn))
    browser.run("document.querySelector('.row input').focus()")
    browser.press("ArrowLeft")
    assert not any(all_of(browser, "[id^=moving]", seen))
    assert all(all_of(browser, ".live .line, .live .dots", drawn))


def test_the_lines_of_a_page_are_those_of_its_still(folder: Path, browser: Browser) -> None:
    opened(browser, folder / "views.html")
    box = "(e) => (b => [b.x, b.y, b.width, b.height])(e.getBBox())"
    still = all_of(browser, "[id^=moving] path", box)
    for shown in all_of(browser, ".live path.line", box):
        assert any(each == pytest.approx(shown, abs=0.03) for each in still)


@pytest.mark.parametrize("width", [320, 800, 1600, 2200])
def test_no_page_is_wider_than_its_window(width: int, folder: Path, browser: Browser) -> None:
    opened(browser, folder / "views.html", width)
    assert browser.run("document.documentElement.scrollWidth") <= width
    boxes = all_of(
        browser, ".controls *", "(e) => (b => [b.left, b.right])(e.getBoundingClientRect())"
    )
    assert all(0 <= left <= right <= width for left, right in boxes)
    heights = all_of(browser, "button, .name", "(e) => e.getBoundingClientRect().height")
    assert min(heights) >= 24  # WCAG 2.5.8


def test_every_control_is_reached_and_moved_by_keys(folder: Path, browser: Browser) -> None:
    opened(browser, folder / "path.html")
    reached = []
    for _ in range(20):
        browser.press("Tab")
        reached.append(
            browser.run("""(e => e === document.body ? "" : e.ariaLabel || e.textContent || e.type)(
            document.activeElement)""")
        )
        if not reached[-1]:
            break
        ring = browser.run("""(() => { const e = document.activeElement;
            const seen = (x) => getComputedStyle(x).outlineStyle !== "none";
            return seen(e) || getComputedStyle(e.firstElementChild).stroke !== "none"; })()""")
        assert ring, reached[-1]
    assert reached[:5] == [
        "start of the path; arrow keys move it", "Play", "step", "Fit the view", "Reset",
    ]  # fmt: skip
    assert [name for name in reached if name.endswith((" η", " β₁", " β₂"))] == [
        "Adam η", "Adam β₁", "Adam β₂", "Gradient descent η",
    ]  # fmt: skip
    before = lines(browser)
    browser.run("document.querySelector('.start').focus()")
    browser.press("ArrowUp")
    assert lines(browser) != before
    browser.run("document.querySelector('.row input').focus()")
    browser.press("Home")
    assert "step 0 of 12" in browser.run("document.querySelector('.count').textContent")
    browser.press("ArrowRight", "ArrowRight")
    told = browser.run("document.querySelector('.row input').getAttribute('aria-valuetext')")
    assert re.fullmatch(r"step 2 of 12; Adam: x₁\s=\s.*, f\s=\s.*; Gradient descent: .*", told)


def test_the_numbers_are_those_of_the_walk(folder: Path, browser: Browser) -> None:
    opened(browser, folder / "path.html")
    plain = str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")
    told = all_of(browser, ".values", "(e) => e.textContent.replaceAll('×10', 'e')")
    table = optviz.trace(opt=["adam:eta=0.3", "gd:eta=0.2"], steps=12, start=["-4,1.5"]).runs
    for text, run in zip(told, table, strict=True):
        numbers = [float(part) for part in re.findall(r"=\s([-.\de]+)", text.translate(plain))]
        assert numbers == pytest.approx([*run.x[-1].ravel(), run.f[-1].item()], rel=1e-3)


def test_a_start_is_dragged_and_stays_in_the_view(folder: Path, browser: Browser) -> None:
    opened(browser, folder / "path.html")
    first = lines(browser)
    dragged(browser, ".start", 40, -40)
    assert all(a != b for a, b in zip(first, lines(browser), strict=True))
    x, y = map(float, command(browser)[-3].split(","))
    assert x > -4 and y > 1.5
    dragged(browser, ".start", -5000, 0)
    frame, ring = all_of(
        browser, ".live svg, .start circle:last-child",
        "(e) => (b => [b.left, b.right])(e.getBoundingClientRect())",
    )  # fmt: skip
    assert ring[1] > frame[0]
    button(browser, "Reset")
    assert lines(browser) == first


def test_what_the_still_says_of_starts_is_gone_once_they_have_moved(
    folder: Path, browser: Browser
) -> None:
    opened(browser, folder / "path.html")
    words, seen = "[id^=typed]", "(e) => getComputedStyle(e).display !== 'none'"
    alt = "document.querySelector('svg[role=img]').getAttribute('aria-hidden')"
    assert all(all_of(browser, words, seen))
    assert all_of(browser, words, seen)
    dragged(browser, ".start", 40, -40)
    assert not any(all_of(browser, words, seen))
    button(browser, "Reset")
    assert all(all_of(browser, words, seen))
    opened(browser, folder / "views.html")
    assert browser.run(alt) == "false"
    dragged(browser, ".start", 40, -40)
    assert browser.run(alt) == "true"


def test_the_command_draws_what_is_on_screen(folder: Path, browser: Browser) -> None:
    opened(browser, folder / "path.html")
    assert command(browser) == shlex.split(
        'optviz trace --title "It\'s" --opt adam:eta=0.3,beta1=0.9,beta2=0.999,eps=1e-06'
        " --opt gd:eta=0.2 --start -4,1.5 --steps 12"
    )
    browser.run("document.querySelectorAll('.name input')[0].click()")
    browser.run("document.querySelectorAll('.walk')[1].querySelector('.knob input').focus()")
    browser.press("ArrowRight")
    browser.run("document.querySelector('.row input').focus()")
    browser.press("ArrowLeft", "ArrowLeft")
    words = command(browser)
    assert words[2:6] == ["--title", "It's", "--opt", "gd:eta=0.224"]
    assert words[-2:] == ["--steps", "10"]
    last = all_of(browser, ".values", "(e) => e.textContent.replaceAll('\\u2212', '-')")[1]
    run = optviz.trace(opt=[words[5]], start=["-4,1.5"], steps=10).runs[0]
    assert float(last.split()[-1]) == pytest.approx(run.f[-1].item(), rel=1e-3)


def test_the_address_holds_what_is_on_screen(folder: Path, browser: Browser) -> None:
    opened(browser, folder / "path.html")
    dragged(browser, ".start", 40, -40)
    browser.run("document.querySelector('.row input').focus()")
    browser.press("ArrowLeft")
    shown, typed = lines(browser), command(browser)
    browser.run("new Promise((done) => setTimeout(done, 600))")
    tail = browser.run("location.hash")
    assert tail.startswith("#optviz-")
    opened(browser, folder / "path.html", tail=tail)
    assert lines(browser) == shown
    assert command(browser) == typed
    opened(browser, folder / "path.html", tail=re.sub(r"\d+%7C", "9e99%7C", tail))
    assert browser.complaints() == []


def test_the_pointer_finds_the_numbers_of_a_step(folder: Path, browser: Browser) -> None:
    opened(browser, folder / "views.html")
    x, y = browser.run("""((line) => (({x, y}) => [x, y])(
        line.getPointAtLength(1e9).matrixTransform(line.getScreenCTM())))(
        document.querySelector('.live .line.w3'))""")
    browser.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
    browser.settle()
    text = browser.run("document.querySelector('.hover').textContent")
    assert re.match(r"Adam, step \d+: x₁\s=\s", text)
    assert len([e for e in all_of(browser, ".spot", VISIBLE) if e]) == 4  # path, two rates, loss
    browser.send("Input.dispatchMouseEvent", type="mouseMoved", x=5, y=5)
    browser.settle()
    assert not any(all_of(browser, ".spot", VISIBLE))


def test_a_view_is_fitted_to_what_is_shown_and_given_back(folder: Path, browser: Browser) -> None:
    opened(browser, folder / "path.html")
    first, still = lines(browser), "[id^=panel] > g:not(:first-child)"
    assert any(all_of(browser, still, VISIBLE))
    browser.run("document.querySelector('.row input').focus()")
    browser.press("Home", "ArrowRight", "ArrowRight", "ArrowRight")
    button(browser, "Fit the view")
    assert not any(all_of(browser, still, VISIBLE))
    frame = browser.run(
        "(b => b.width)(document.querySelector('.live svg').getBoundingClientRect())"
    )
    wide = all_of(browser, ".live .line", "(e) => e.getBoundingClientRect().width")
    assert max(wide) > 0.05 * frame
    assert len(all_of(browser, ".tick", "(e) => e.textContent")) >= 4
    assert len(all_of(browser, ".contour", "(e) => e.getAttribute('d')")) == 10
    button(browser, "Reset")
    assert lines(browser) == first
    assert all_of(browser, ".anew *", "(e) => e.tagName") == []


def test_rows_go_from_stop_to_stop(browser: Browser, tmp_path: Path) -> None:
    typed: dict[str, Any] = {"gradient": "noise(1)", "seed": 2, "steps": 9}
    figure = optviz.trace(opt=["adam:eta=0.3"], slider=["eta", "beta1"], **typed)
    figure.save(tmp_path / "rows.html")
    opened(browser, tmp_path / "rows.html")
    first = lines(browser)
    browser.run("document.querySelectorAll('.knob input')[0].focus()")
    browser.press("ArrowRight", "ArrowRight")
    slider = "document.querySelectorAll('.knob input')[%d].getAttribute('aria-valuetext')"
    assert browser.run(slider % 0) == "η = 0.7536"
    assert lines(browser) != first
    words = command(browser)
    opt = words[words.index("--opt") + 1]
    assert "eta=0.7536," in opt
    last = all_of(browser, ".values", "(e) => e.textContent.replaceAll('\\u2212', '-')")[0]
    run = optviz.trace(opt=[opt], **typed).runs[0]
    assert float(last.split()[-1]) == pytest.approx(run.f[-1].item(), rel=2e-3)
    browser.run("new Promise((done) => setTimeout(done, 600))")
    tail, shown = browser.run("location.hash"), lines(browser)
    browser.run("document.querySelectorAll('.knob input')[1].focus()")
    browser.press("Home")  # one at a time
    assert (browser.run(slider % 0), browser.run(slider % 1)) == ("η = 0.3", "β₁ = 0")
    button(browser, "Reset")
    assert lines(browser) == first
    opened(browser, tmp_path / "rows.html", tail=tail.replace("0.7536", "0.7777"))
    assert browser.run(slider % 0) == "η = 0.7536"
    assert lines(browser) == shown
    assert browser.complaints() == []


def test_nothing_moves_of_itself_and_play_ends_by_itself(folder: Path, browser: Browser) -> None:
    opened(browser, folder / "path.html")
    assert browser.run("document.getAnimations().length") == 0
    count = "document.querySelector('.count').textContent"
    assert browser.run(count) == "step 12 of 12"
    button(browser, "Play")
    assert browser.run(count) != "step 12 of 12"
    button(browser, "Pause")
    resting = browser.run(count)
    browser.run("new Promise((done) => setTimeout(done, 300))")
    assert browser.run(count) == resting


def test_where_motion_is_not_wanted_play_goes_a_step(folder: Path, browser: Browser) -> None:
    media(browser, prefers_reduced_motion="reduce")
    opened(browser, folder / "path.html")
    button(browser, "Play")
    count = "document.querySelector('.count').textContent"
    assert browser.run(count) == "step 0 of 12"
    browser.run("new Promise((done) => setTimeout(done, 300))")
    assert browser.run(count) == "step 0 of 12"
    button(browser, "Play")
    assert browser.run(count) == "step 1 of 12"
    media(browser)


def test_print_has_the_still(folder: Path, browser: Browser) -> None:
    media(browser, "print")
    opened(browser, folder / "views.html")
    assert all(all_of(browser, "[id^=moving]", "(e) => getComputedStyle(e).display !== 'none'"))
    assert not any(all_of(browser, ".controls, .live, .hover", VISIBLE))
    media(browser)


def test_without_script_the_still_stands_alone(folder: Path, browser: Browser) -> None:
    browser.send("Emulation.setScriptExecutionDisabled", value=True)
    opened_without = (folder / "path.html").as_uri()
    browser.send("Page.navigate", url=opened_without)
    browser.wait("Page.loadEventFired")
    browser.send("Emulation.setScriptExecutionDisabled", value=False)
    assert all(all_of(browser, "[id^=moving]", "(e) => getComputedStyle(e).display !== 'none'"))
    assert all_of(browser, "button, input", "(e) => e.tagName") == []
    assert all_of(browser, ".optviz svg", "(e) => e.getAttribute('role')") == ["img"]


def test_the_page_is_light_or_dark_as_the_device_is(folder: Path, browser: Browser) -> None:
    papers = []
    for scheme in ("light", "dark"):
        media(browser, prefers_color_scheme=scheme)
        opened(browser, folder / "schemes.html")
        papers.append(
            browser.run("""[document.body, document.querySelector(".optviz")].map(
            (e) => getComputedStyle(e).backgroundColor)""")
        )
    media(browser)
    assert papers == [["rgb(255, 255, 255)"] * 2, ["rgb(16, 20, 28)"] * 2]


def test_two_figures_live_in_one_page(folder: Path, browser: Browser, tmp_path: Path) -> None:
    piece = (folder / "piece.html").read_text(encoding="utf-8")
    other = re.sub(r'data-optviz="(\w+)"', 'data-optviz="\\1"', piece)
    page = tmp_path / "two.html"
    page.write_text(f"<!doctype html><p>One</p>{piece}<p>Two</p>{other}", encoding="utf-8")
    opened(browser, page)
    assert all_of(browser, ".optviz", "(e) => e.className") == ["optviz resting alive"] * 2
    first = lines(browser)
    dragged(browser, ".optviz:last-of-type .start", 30, -30)
    then = lines(browser)
    assert then[0] == first[0] and then[-1] != first[-1]
    assert browser.complaints() == []


def test_a_page_lives_in_a_frame_of_another(folder: Path, browser: Browser, tmp_path: Path) -> None:
    inside = json.dumps((folder / "path.html").read_text(encoding="utf-8")).replace("</", "<\\/")
    page = tmp_path / "frame.html"
    page.write_text(
        f"<!doctype html><iframe width=700 height=700></iframe>"
        f"<script>document.querySelector('iframe').srcdoc = {inside}</script>",
        encoding="utf-8",
    )
    opened(browser, page)
    browser.run("new Promise((done) => setTimeout(done, 300))")
    within = "document.querySelector('iframe').contentDocument"
    assert browser.run(f"{within}.querySelector('.optviz').className") == "optviz resting alive"
    browser.run(f"{within}.querySelector('.name input').click()")
    browser.run("new Promise((done) => setTimeout(done, 600))")
    assert browser.complaints() == []


@pytest.fixture(scope="module")
def rates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of rates under their ceilings, and one of a curve that names its setting."""
    made = tmp_path_factory.mktemp("rates")
    optviz.rates(opt=["adam:eta=0.4", "adagrad:eta=2"]).save(made / "rates.html")
    optviz.loss(opt=["gd:eta=0.3", "gd:eta=0.2"]).save(made / "names.html")
    optviz.rates(opt=["gd:eta=cosine(0.4,20)"], steps=20).save(made / "cosine.html")
    return made


def test_ceilings_names_and_titles_are_those_of_the_settings_as_they_are(
    rates: Path, browser: Browser
) -> None:
    opened(browser, rates / "rates.html")
    texts = lambda: all_of(browser, ".live text", "(e) => e.textContent")  # noqa: E731
    assert not any(texts())
    browser.run("document.querySelectorAll('.knob input')[1].focus()")
    browser.press("PageDown", "ArrowLeft")
    told = browser.run("document.activeElement.getAttribute('aria-valuetext')")
    beta = float(told.partition(" = ")[2])
    assert 0 < beta < 0.9
    heights = [2 * (1 + beta) / (1 - beta) / (2 * q) for q in (0.1, 2.0)]
    for i, height in enumerate(heights, start=1):
        named = next(t for t in texts() if t.startswith(f"Adam: ceiling of x{'₁₂'[i - 1]}"))
        assert float(re.findall(r"[\d.]+", named)[-1]) == pytest.approx(height, rel=1e-3)
    assert f"Adam β₁ = {beta:g}, AdaGrad from (−5, −2)" in texts()
    button(browser, "Reset")
    assert not any(texts())


def test_names_follow_the_ends_of_their_curves(rates: Path, browser: Browser) -> None:
    opened(browser, rates / "names.html")
    browser.run("document.querySelectorAll('.knob input')[0].focus()")
    browser.press("PageUp")
    told = browser.run("document.activeElement.getAttribute('aria-valuetext')")
    names = all_of(browser, ".live .label", "(e) => [e.textContent, Number(e.getAttribute('y'))]")
    found = dict(names)
    assert set(found) >= {told, "η = 0.2"}
    browser.press("PageUp")
    moved = dict(all_of(browser, ".live .label", "(e) => [e.textContent, e.getAttribute('y')]"))
    assert told not in moved


def test_the_base_rate_of_a_schedule_has_a_slider_and_a_command(
    rates: Path, browser: Browser
) -> None:
    opened(browser, rates / "cosine.html")
    browser.run("document.querySelector('.knob input').focus()")
    browser.press("ArrowRight")
    told = browser.run("document.activeElement.getAttribute('aria-valuetext')")
    assert told.startswith("η₀ = ")
    words = command(browser)
    assert words[words.index("--opt") + 1] == f"gd:eta=cosine({told.partition(' = ')[2]},20)"
