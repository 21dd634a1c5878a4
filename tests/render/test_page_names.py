"""Names and titles of a page whose sliders have moved: all of each is seen, in a real browser."""

import json
from pathlib import Path
from typing import Any

import pytest
from browser import Browser

import optviz


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
