import base64
import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from publishing.snippets import MISTAKE, SMALL

from optviz import batch, book
from optviz.publishing import fence

markdown = pytest.importorskip("markdown", reason="pymdown-extensions is not installed")
superfences = pytest.importorskip("pymdownx.superfences", reason="it is not installed")

TRACE = f"trace --opt adagrad --eta 0.4 {SMALL}"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def reader(*more: str) -> Any:
    """A Markdown reader with the fence."""
    custom = {
        "name": "optviz", "class": "optviz", "format": fence.format, "validator": fence.validator,
    }  # fmt: skip
    configs = {"pymdownx.superfences": {"custom_fences": [custom]}}
    return markdown.Markdown(extensions=["pymdownx.superfences", *more], extension_configs=configs)


def page(text: str, *more: str) -> str:
    html: str = reader(*more).convert(text)
    return html


def block(content: str, words: str = "") -> str:
    return f"```optviz {words}\n{content}\n```\n\n"


def pictures(html: str) -> list[bytes]:
    return [base64.b64decode(found) for found in re.findall(r"base64,([^\"]*)", html)]


def brightness(picture: bytes) -> object:
    return Image.open(BytesIO(picture)).convert("L").getpixel((0, 0))


def test_a_block_stands_above_the_picture_that_a_batch_draws(tmp_path: Path) -> None:
    (picture,) = pictures(html := page(block(TRACE)))
    table = {"figure": "trace", "opt": "adagrad", "eta": 0.4, "size": "320x240"}
    (report,) = batch.draw({"a": table}, out_dir=tmp_path)
    assert picture == Path(report.paths[0]).read_bytes()
    assert html.index(f"<pre><code>{TRACE}\n</code></pre>") < html.index("<img")
    assert f'alt="{report.alt}"' in html


def test_hide_leaves_the_picture_alone() -> None:
    html = page(block(TRACE, "hide"))
    assert len(pictures(html)) == 1
    assert "<pre>" not in html


def test_a_pair_has_a_light_and_a_dark_picture_and_the_page_one_style() -> None:
    html = page(block(TRACE, "pair") + block(TRACE.replace("0.4", "0.3"), "pair"))
    light, dark, *_ = map(brightness, pictures(html))
    assert light == 255
    assert isinstance(dark, int)
    assert dark < 40
    assert html.count("<style>") == 1
    assert html.count('class="optviz-light"') == html.count('class="optviz-dark"') == 2


@pytest.mark.parametrize("words", ['width="200" values', "{.values width='200'}"])
@pytest.mark.parametrize("more", [(), ("attr_list",)], ids=["plain", "attr_list"])
def test_words_may_stand_in_braces(words: str, more: tuple[str, ...]) -> None:
    html = page(block(TRACE, words), *more)
    assert 'width="200"' in html
    # The d2l book prints these values for this walk.
    assert "−2.382563" in html
    assert "−0.158591" in html


def test_a_caption_is_below_the_picture_escaped() -> None:
    html = page(block(TRACE, 'caption="a < b"'))
    assert "<figcaption>a &lt; b</figcaption></figure>" in html
    table = 'figure = "trace"\nsize = "320x240"\ncaption = "from the table"'
    assert "<figcaption>from the table</figcaption>" in page(block(table))


def test_an_identifier_is_that_of_the_block() -> None:
    assert '<div class="optviz" id="ada">' in page(block(TRACE, "{#ada}"))


def test_a_block_in_a_list_stays_there() -> None:
    html = page("- item\n\n    ```optviz\n    " + TRACE + "\n    ```\n")
    assert html.index("<li>") < html.index("<img") < html.index("</li>")


def test_what_a_command_prints_stands_below_it_as_text_or_as_markdown() -> None:
    assert "<pre><code>AdaGrad  (adagrad)\n" in page(block("explain adagrad"))
    html = page(block("list optimizers --markdown", "markdown"))
    assert '<a href="#adagrad">adagrad</a>' in html


def test_defaults_are_of_the_blocks_below_and_of_this_page_alone() -> None:
    md = reader()
    plain = md.convert(block(TRACE))
    html = md.reset().convert(block('theme = "dark"', "defaults") + block(TRACE))
    assert pictures(html) == pictures(page(block(f"{TRACE} --theme dark")))
    assert md.reset().convert(block(TRACE)) == plain


def test_an_svg_is_said_to_be_one() -> None:
    assert 'src="data:image/svg+xml;base64,' in page(block(f"{TRACE} -o a.svg"))


@pytest.mark.parametrize(
    ("content", "words", "message"),
    [
        ("rates --opt adm", "", f'rates --opt adm: opt = "adm": {MISTAKE}'),
        ("rates --opt adm", "pair", f'rates --opt adm: opt = "adm": {MISTAKE}'),
        ("eta =", "", "no value"),
        ("trace", "{.pear}", "no word of a block is called 'pear'"),
        ("trace", 'width="wide"', "width: wide given"),
        ("explain adam", "pair", "pair: of a picture"),
        (f"{TRACE} -o a.png -o a.csv", "", "a page holds one picture"),
        (f"{TRACE} -o a.pdf", "", "output: a.pdf given"),
        ("trace -f @none.json", "", "cannot read"),
    ],
)
def test_a_mistake_ends_the_build_with_its_sentence(content: str, words: str, message: str) -> None:
    with pytest.raises(superfences.SuperFencesException) as caught:
        page(block(content, words))
    assert str(caught.value).startswith("optviz: ")
    assert str(caught.value).count(message) == 1


def test_what_nobody_expected_is_not_lost_either(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(book, "draw_block", broken)
    with pytest.raises(superfences.SuperFencesException, match="a fault of"):
        page(block(TRACE))


def test_pages_may_be_built_in_threads() -> None:
    text = block(TRACE) + block("list gradients") + block("explain adam")
    with ThreadPoolExecutor(3) as pool:
        assert len(set(pool.map(page, [text] * 6))) == 1
