"""The page of a figure: one file that asks for nothing, with the still, the recipe, a program."""

import gzip
import io
import json
import re
from base64 import b64encode
from dataclasses import replace
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from optviz import figures, notes, render, spec
from optviz.errors import Unfit, UnknownName
from optviz.render.page import library
from optviz.scene import Look
from optviz.spec import RunSpec

FOUR = ("gd", "momentum", "rmsprop", "adam")


@cache
def page(kind: str = "trace", look: Look = Look(), **run: object) -> str:  # noqa: B008
    walks = spec.walks(RunSpec(**run))  # type: ignore[arg-type]
    options = {"overlay": True, "rows": "trace,rates,loss"} if kind == "compare" else {}
    scene = figures.scene(kind, [walk.run() for walk in walks], look, **options)
    stream = io.BytesIO()
    render.write(scene, look, "html", stream)
    return stream.getvalue().decode()


class Reader(HTMLParser):
    """What a page asks for, the styles within its tags, and its ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.styled: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("src", "href", "xlink:href", "srcset", "data", "action"):
                self.asked += [] if (value or "").startswith("#") else [value or ""]
            if name == "style" or name.startswith("on"):
                self.styled.append(f"{tag} {name}")


@pytest.mark.parametrize("theme", ["light", "dark", None])
def test_a_page_asks_for_nothing_and_has_its_styles_in_sheets(theme: str | None) -> None:
    read = Reader(page(look=Look(theme=theme)))
    assert not read.asked
    assert not read.styled


@pytest.mark.parametrize("theme", ["light", None])
def test_the_policy_names_the_hash_of_each_style_and_script(theme: str | None) -> None:
    text = page(look=Look(theme=theme))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1]
    for inside in re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", text, re.S):
        assert f"'sha256-{b64encode(sha256(inside.encode()).digest()).decode()}'" in policy[1]


def test_four_optimizers_in_three_views_stay_small() -> None:
    data = page("compare", opt=FOUR, steps=200).encode()
    assert len(data) <= 150_000
    assert len(gzip.compress(data, mtime=0)) <= 60_000


def test_every_view_of_each_optimizer_is_live() -> None:
    walks = spec.walks(RunSpec(opt=FOUR, steps=200))
    runs = [walk.run() for walk in walks]
    scene = figures.scene("compare", runs, overlay=True, rows="trace,rates,loss")
    assert scene.live
    live = scene.live(())
    assert live
    shown = {(mark.panel, mark.walk, mark.quantity) for mark in live.marks}
    assert {(0, k, "path") for k in range(4)} <= shown
    assert {(1, k, "rate") for k in range(4)} <= shown
    assert {(panel, walk) for panel, walk, _ in shown} == {
        (i, k) for i in range(3) for k in range(4)
    }
    assert [[knob.name for knob in walk.knobs] for walk in live.walks] == [
        ["eta"], ["eta", "beta"], ["eta", "rho"], ["eta", "beta1", "beta2"],
    ]  # fmt: skip


@pytest.mark.parametrize("title", ["Lesson 3", "η = 0.4 is enough"])  # as the subtitle begins
def test_a_typed_title_is_not_taken_for_one_that_moves(title: str) -> None:
    assert '"heading":null' not in page(opt=("adagrad",))
    assert '"heading":null' in page(look=Look(title=title), opt=("adagrad",))


def test_the_still_has_its_description_and_stands_without_the_program() -> None:
    text = page()
    assert re.search(r'<svg [^>]*role="img" aria-labelledby="title-\w+ desc-\w+"', text)
    assert text.index("<svg") < text.index("<script>")
    assert "hidden" not in text[: text.index("<script>")].partition("</style>")[2]


def test_a_fragment_is_a_figure_without_empty_lines_and_without_a_page() -> None:
    text = page(look=Look(fragment=True))
    assert text.startswith('<figure class="optviz"')
    assert text.endswith("</figure>\n")
    assert "\n\n" not in text
    assert not re.search(r"<(html|head|body|meta)\b|[{}]body\b", text)


def test_sliders_are_those_that_are_asked_for() -> None:
    text = page(look=Look(sliders=("eps",)), opt=("adam", "gd"))
    assert re.findall(r'"name":"(\w+)","symbol"', text) == ["eps"]
    with pytest.raises(UnknownName, match="no slider is called 'epsilon'"):
        page(look=Look(sliders=("epsilon",)), opt=("adam",))
    assert len(stops(page(look=Look(sliders=("eta",)), gradient="noise(1)"))) == 1


def stops(text: str) -> list[list[float]]:
    """Those of each slider of a page that has some."""
    return [json.loads(found) for found in re.findall(r'"stops":(\[[^]]+\])', text)]


def test_rows_have_a_slider_of_the_rate_with_21_stops_around_the_typed_value() -> None:
    (eta,) = stops(page(opt=("armijo:eta=0.3",), steps=20))
    assert len(eta) == 21
    assert (eta[0], eta[10], eta[-1]) == (0.003, 0.3, 30.0)
    assert eta[10] / eta[9] == pytest.approx(10**0.2, rel=1e-3)


def test_stops_are_values_that_the_setting_may_have() -> None:
    (shrink,) = stops(page(look=Look(sliders=("shrink",)), opt=("armijo:shrink=0.42",)))
    assert 0.42 in shrink
    assert 0 < shrink[0] < shrink[-1] < 1


def test_long_walks_have_fewer_stops_and_say_so() -> None:
    with notes.collected() as said:
        text = page(look=Look(sliders=("eta",)), gradient="noise(1)", steps=1000)
    assert [len(each) for each in stops(text)] == [7]
    assert list(said) == ["sliders have 7 stops, as the steps of 21 do not fit into 150 kB"]
    assert len(text.partition('"rows":')[2]) < 155_000


def test_walks_too_long_for_five_stops_have_no_slider_and_none_is_given() -> None:
    two = {"gradient": "noise(1)", "opt": ("gd", "momentum"), "steps": 1900}
    assert not stops(page(**two))  # type: ignore[arg-type]
    with pytest.raises(Unfit, match=r"more than 150 kB in a page: 1 fit; give fewer --steps"):
        page(look=Look(sliders=("eta",)), **two)  # type: ignore[arg-type]


def test_a_walk_that_its_optimizer_does_not_give_has_no_slider() -> None:
    (walk,) = spec.walks(RunSpec(opt=("armijo",)))
    run = walk.run()
    other = replace(run, x=run.x + 1)
    scene = figures.scene("trace", [other])
    with pytest.raises(Unfit, match="cannot be moved here"):
        render.write(scene, Look(sliders=("eta",)), "html", io.BytesIO())


def test_walks_without_a_program_are_rows() -> None:
    text = page(gradient="noise(1)", steps=30)
    assert '"rows":[[' in text
    assert "begin:" not in text.partition("optviz({")[2]


def test_a_figure_in_which_nothing_moves_is_refused() -> None:
    walks = spec.walks(RunSpec(start=("grid(-1,1,-1,1,3x3)",)))
    scene = figures.scene("trace", [walk.run() for walk in walks], starts="status")
    with pytest.raises(Unfit, match="nothing in this figure can be moved"):
        render.write(scene, Look(), "html", io.BytesIO())


def test_the_recipe_is_found_in_pages_alone() -> None:
    html = render.registry["html"]
    assert html.recipe(page().encode()) == ""
    assert html.recipe(b"<!doctype html><title>another</title>") is None


def test_text_from_outside_stays_text() -> None:
    label = "</script><b>&"
    text = page(look=Look(labels=(label,)), opt=("gd",))
    assert text.count("</script>") == 1
    assert "<b>" not in text


@pytest.mark.parametrize("name", library.MODULES)
def test_a_module_is_short_and_its_comments_stand_on_lines_of_their_own(name: str) -> None:
    lines = library.source(f"{name}.js").splitlines()
    assert lines[0].startswith("// ")
    assert len(lines) <= 150
    assert all(len(line) <= 130 for line in lines)
