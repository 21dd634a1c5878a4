"""Recorded steps of a page: as many as 150 kB can hold, each with its own numbers, and told of."""

import io
import json
import re
from pathlib import Path

import pytest
from browser import Browser

import optviz
from optviz import notes, render
from optviz.api import Figure
from optviz.figures import _sweeps

STEPS = 30


def noisy(steps: int = STEPS) -> Figure:
    """A figure of a walk that is no program in a page."""
    return optviz.trace(opt=["gd"], gradient="noise(1)", steps=steps)


def written(figure: Figure) -> tuple[str, str]:
    """A page as text, and what is said of it."""
    stream = io.BytesIO()
    said = render.write(figure.scene, figure.look, "html", stream)
    return stream.getvalue().decode(), said


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Room for a quarter of the steps."""
    monkeypatch.setattr(_sweeps, "_BYTES", (STEPS + 1) * 7 * 8 / 3 / 3.5)


@pytest.mark.usefixtures("narrow")
def test_where_all_do_not_fit_a_page_has_one_in_so_many_and_says_so() -> None:
    with notes.collected() as said:
        text, _ = written(noisy())
    assert '"every":4' in text
    assert list(said) == ["one recorded step in 4 is in the page, as all do not fit into 150 kB"]
    (rows,) = re.findall(r'"rows":(\[\[.*?\]\])', text)
    assert {len(column[2]) for column in json.loads(rows)} == {len("AAA=") * 6}  # 9 of 2 bytes
    assert not re.search(r'"stops":\[[^]]', text)


def test_recorded_steps_take_at_most_150_kb_of_a_page() -> None:
    text, said = written(noisy(9000))
    (rows,) = re.findall(r'"rows":\[\[.*?\]\]', text)
    assert 50_000 < len(rows) <= 151_000
    assert re.fullmatch(r"\d+ kB, of which the picture is \d+ kB, recorded steps \d+ kB", said)


def test_a_page_that_is_small_is_not_spoken_of() -> None:
    assert written(noisy())[1] == ""


@pytest.mark.usefixtures("narrow")
def test_numbers_are_those_of_recorded_steps(browser: Browser, tmp_path: Path) -> None:
    figure = noisy()
    (run,) = figure.runs
    with notes.collected():
        (tmp_path / "a.html").write_text(written(figure)[0], encoding="utf-8")
    browser.open((tmp_path / "a.html").as_uri())
    browser.settle()
    values = "[...document.querySelectorAll('.values')].map(e => e.textContent)"
    browser.run("document.querySelector('.row input').focus()")
    for key, step, tail in (("End", 30, ""), ("ArrowLeft", 28, " (step 28)"), ("Home", 0, "")):
        browser.press(key)
        numbers, told = browser.run(values)
        assert re.search(r"f\s=\s\S+(.*)$", numbers)[1] == tail  # type: ignore[index]
        assert told == "one step in 4 is recorded"
        exact = [*run.x[step, 0].tolist(), run.f[step, 0].item()]
        shown = re.findall(r"=\s(-?[\d.]+)", numbers.replace("−", "-"))
        assert [float(part) for part in shown] == pytest.approx(exact, rel=1e-3, abs=1e-3)
    assert browser.complaints() == []


def test_the_only_optimizer_has_its_name_too(browser: Browser, tmp_path: Path) -> None:
    noisy().save(tmp_path / "a.html")
    browser.open((tmp_path / "a.html").as_uri())
    browser.settle()
    assert browser.run("document.querySelector('.name').textContent") == "Gradient descent"
    label = "document.querySelector('.walk').getAttribute('aria-label')"
    assert browser.run(label) == "Gradient descent"
