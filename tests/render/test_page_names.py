"""Names and titles of a page whose sliders have moved: all of each is seen, in a real browser."""

import json
from pathlib import Path
from typing import Any

import pytest
from browser import Browser

import optviz
from optviz.notes import OptvizWarning


def all_of(browser: Browser, selector: str, what: str) -> list[Any]:
    """What a function of JavaScript says of each element."""
    return list(browser.run(f"[...document.querySelectorAll({json.dumps(selector)})].map({what})"))


@pytest.fixture(scope="module")
def long_names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small page of curves with long names, of labels and of schedules."""
    made = tmp_path_factory.mktemp("long") / "long.html"
    opt = ["gd:eta=cosine(0.4,60)", "adam:eta=warmup(0.5,10)", "momentum:eta=0.1,beta=0.9"]
    labels = ["the plain one, with its rate", "Adam as everybody has it", "a heavy ball"]
    optviz.rates(opt=opt, label=labels, size=(600, 450)).save(made)
    return made


@pytest.mark.parametrize("end", ["Home", "End"])
def test_no_name_nor_title_is_cut_off_wherever_the_sliders_are(
    long_names: Path, browser: Browser, end: str
) -> None:
    browser.open(long_names.as_uri())
    browser.settle()
    for i in range(5):
        browser.run(f"document.querySelectorAll('.knob input')[{i}].focus()")
        browser.press(end)
    browser.settle()
    inside = """(e) => {
      const [own, all] = [e.getBoundingClientRect(), e.ownerSVGElement.getBoundingClientRect()];
      return own.left >= all.left && own.right <= all.right + 1 && own.bottom <= all.bottom + 1;
    }"""
    assert all(all_of(browser, ".live .label, .live .title", inside))
    texts = all_of(browser, ".live .label", "(e) => e.textContent")
    assert any(text.startswith("the plain one, with its rate, η₀ = ") for text in texts)


def test_legends_and_ticks_of_a_moved_page_are_seen_whole(tmp_path: Path, browser: Browser) -> None:
    opt = ["gd:eta=0.3", "adam"]
    labels = ["one", "two"]
    optviz.trace(opt=opt, label=labels, legend="below").save(tmp_path / "below.html")
    browser.open((tmp_path / "below.html").as_uri())
    browser.run("document.querySelector('.knob input').focus()")
    browser.press("End")
    fit = "[...document.querySelectorAll('button')].find(b => b.textContent === 'Fit the view')"
    browser.run(f"{fit}.click()")
    browser.settle()
    assert all(x > -1 for x in all_of(browser, ".live .tick", "(e) => e.getBBox().x"))
    one, two = all_of(browser, ".live .title", "(e) => [e.getBBox().x, e.getBBox().width]")[:2]
    assert one[0] + one[1] < two[0]


def test_a_page_without_a_heading_gets_none_when_it_moves(tmp_path: Path, browser: Browser) -> None:
    made = optviz.loss(opt=["gd:eta=0.3", "adam"], heading="none", legend="right")
    made.save(tmp_path / "bare.html")
    browser.open((tmp_path / "bare.html").as_uri())
    browser.run("document.querySelector('.knob input').focus()")
    browser.press("End")
    browser.settle()
    texts = all_of(browser, ".live .title", "(e) => e.textContent")
    assert [text for text in texts if text] == ["Gradient descent, η = 30", "Adam, η = 0.4"]


def test_a_walk_below_the_least_that_was_known_is_told(tmp_path: Path, browser: Browser) -> None:
    double = "x^4/4 - x^2 + 0.3x"  # runs from 2 end in the higher of its wells
    with pytest.warns(OptvizWarning, match="the lowest minimum downhill from where the runs"):
        made = optviz.loss(double, ["gd:eta=0.1"], start=(2,), steps=60)
    made.save(tmp_path / "wells.html")
    browser.open((tmp_path / "wells.html").as_uri())
    browser.run("document.querySelector('.knob input').focus()")
    told = "[...document.querySelectorAll('.note')].filter(n => !n.hidden).map(n => n.textContent)"
    assert not [text for text in browser.run(told) if "below f*" in text]
    fallen = []
    for _ in range(8):
        browser.press("PageUp", "ArrowLeft", "ArrowLeft")
        f = browser.run("document.querySelector('.values').textContent").split("f\xa0=\xa0")[1]
        plain = f.replace("−", "-").split(" ")[0]
        if "×" not in plain and float(plain) < -0.6:
            (line,) = all_of(browser, ".live .line[stroke-width]", "(e) => e.getAttribute('d')")[:1]
            assert "M" in line[1:] or line.count("L") < 59  # not joined across
            fallen.append([text for text in browser.run(told) if "below f*" in text])
    assert fallen
    assert all(fallen)


def test_the_command_has_the_labels_of_the_optimizers_that_are_on(
    tmp_path: Path, browser: Browser
) -> None:
    made = optviz.trace(opt=["gd:eta=0.3", "adam"], label=["one", "two"])
    made.save(tmp_path / "labels.html")
    browser.open((tmp_path / "labels.html").as_uri())
    browser.run("document.querySelector('.walk input[type=checkbox]').click()")
    browser.settle()
    browser.run("document.querySelector('.copy').click()")
    line = browser.run("document.querySelector('.command').textContent")
    assert "--label two" in line
    assert "one" not in line.replace("--label two", "")


def test_starts_that_one_command_cannot_give_are_told(tmp_path: Path, browser: Browser) -> None:
    made = optviz.trace("rosenbrock", ["gd:eta=0.001", "armijo"], steps=20)
    made.save(tmp_path / "apart.html")
    browser.open((tmp_path / "apart.html").as_uri())
    browser.run("document.querySelector('.start').focus()")
    browser.press("ArrowRight")
    browser.run("document.querySelector('.copy').click()")
    line = browser.run("document.querySelector('.command').textContent")
    assert line == "no command has optimizers that start in places of their own"
    browser.run("document.querySelectorAll('.walk input[type=checkbox]')[1].click()")
    browser.settle()
    browser.run("document.querySelector('.copy').click()")
    line = browser.run("document.querySelector('.command').textContent")
    assert line.startswith("optviz trace ")
