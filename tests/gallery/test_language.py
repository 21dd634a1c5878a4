"""The page of a batch in another language: no English is left in its words and its controls."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from figures.latin_words import NAMES, latin, own_words
from gallery.test_page import PNG, RUN, A

from optviz import gallery
from optviz.gallery import File, PageFigure
from optviz.phrases import languages

TYPED = {"pre", "code", "a", "h1", "h3", "title", "style", "script"}  # commands, files, names
SIGNS = {"Esc", "optviz", "dev", "trace", "kB", "MB"}
STATUSES = ("converged", "stalled", "cycling", "diverged", "running")


class Words(HTMLParser):
    """The Latin words of a page but for those of commands, files and names, by where they are."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[tuple[str, str]] = set()
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "link", "input", "img"}:
            self._open.append(tag)
        for name, value in attrs:
            if name in {"aria-label", "placeholder", "title", "alt"} or self._is_phrase(name):
                text = (value or "").replace("{count}", "").replace("{place}", "")
                self.found |= {(name, word) for word in latin(text)}

    def _is_phrase(self, name: str) -> bool:
        kept = {"data-of", "data-name", "data-status", "data-theme"}  # what the script looks for
        return name.startswith("data-") and name not in kept

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not TYPED & set(self._open):
            self.found |= {(self._open[-1], word) for word in latin(data)}


def figures(code: str) -> list[PageFigure]:
    """One of every kind: with a film, with each status and statistic, with far too many runs."""
    film = File("a.gif", "gif", b"GIF")
    runs = [RUN | {"status": status} for status in STATUSES]
    runs += [RUN | {"stands_for": "median of 9", "seeds": 9}, RUN | {"stands_for": "expected"}]
    runs += [RUN | {"start": [1.0, float(i)]} for i in range(60)]
    ours = replace(A, lang=code, alt="", caption="", runs=runs)
    return [
        replace(ours, outputs=(PNG, film)),
        replace(ours, name="b", outputs=(film,), data=None),
        replace(ours, name="c", outputs=(File("a.pdf", "pdf", b"%PDF" * 500),)),
    ]


@pytest.mark.parametrize("code", languages()[1:])
def test_no_english_word_is_left_in_a_page(code: str) -> None:
    found = Words(gallery.page(figures(code))).found
    known = NAMES | SIGNS | own_words(code) | {"pdf", "csv", "gif", "png"}
    assert {(where, word) for where, word in found if word not in known} == set()


def test_the_words_of_a_page_in_english_are_found() -> None:
    words = {word for _, word in Words(gallery.page(figures("en"))).found}
    assert {"Search", "Copied", "optimizer", "median", "expected", "since", "film"} <= words
