"""The page as text: whole in itself, the same every time, and a stranger's words only words."""

import base64
import re
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from optviz import gallery
from optviz.gallery import File, PageFigure

PNG = File("a.png", "png", b"\x89PNG")
RUN = {
    "optimizer": "gd:eta=0.4",
    "start": [-5.0, -2.0],
    "steps": 20,
    "x": [-0.94346766, None],
    "f": 0.089012927,
    "status": "stalled",
    "status_step": 7,
}
A = PageFigure(
    "a",
    "course.toml",
    "trace",
    "optviz trace --opt gd -o a.png",
    '[a]\nopt = ["gd"]\n',
    "A caption.",
    "A path.",
    "light",
    ("gd",),
    [RUN],
    (PNG,),
    File("a.csv", "csv", b"run,step\n"),
)
VOID = {"img", "input", "link", "meta"}


class Read(HTMLParser):
    """A page: all tags with their attributes, and the text inside each element, by its class."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[tuple[str, str, list[str]]] = []
        self.feed(page)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append((tag, dict(attrs).get("class") or f"<{tag}>", []))

    def handle_endtag(self, tag: str) -> None:
        opened, name, said = self._open.pop()
        assert opened == tag
        self.texts.append((name, "".join(said)))

    def handle_data(self, data: str) -> None:
        for _, _, said in self._open:
            said.append(data)

    def text(self, name: str) -> str:
        """What the only element of that class, or `<tag>`, says."""
        (found,) = (said for called, said in self.texts if called.split()[0] == name)
        return found

    def of(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every such tag."""
        return [attributes for name, attributes in self.tags if name == tag]


def read(*figures: PageFigure, about: dict[str, str] | None = None) -> Read:
    return Read(gallery.page(figures, about))


def content(address: str | None) -> bytes:
    assert address
    return base64.b64decode(address.partition(";base64,")[2], validate=True)


def policy(page: Read) -> dict[str, str]:
    (found,) = (m["content"] for m in page.of("meta") if "http-equiv" in m)
    return dict(rule.split(" ", 1) for rule in str(found).split("; "))


def test_the_policy_allows_this_style_and_this_script_and_pictures_in_the_page() -> None:
    page = read(A)
    said = policy(page)
    for rule, element in (("style-src", "style"), ("script-src", "script")):
        total = base64.b64encode(sha256(page.text(f"<{element}>").encode()).digest()).decode()
        assert said.pop(rule) == f"'sha256-{total}'"
    assert said == {
        "default-src": "'none'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
    }
    film = replace(A, outputs=(File("a.mp4", "mp4", b"film"),))
    assert policy(read(film))["media-src"] == "data:"


def test_a_page_needs_no_other_file_and_has_no_code_but_its_own() -> None:
    page = gallery.page([A, replace(A, name="b", outputs=(File("b.svg", "svg", b"<svg/>"),))])
    for tag, attributes in Read(page).tags:
        assert not [name for name in attributes if name == "style" or name.startswith("on")], tag
        for name in ("href", "src", "srcset", "data", "action", "poster"):
            assert (attributes.get(name) or "#").startswith(("#", "data:")), (tag, name)
    bare = re.sub(r"base64,[\w+/=]+", "", page)
    assert "//" not in re.sub(r"^\s*//.*| // .*", "", bare, flags=re.M)


@pytest.mark.parametrize("name", ["page.css", "page.js"])
def test_style_and_script_do_not_end_themselves(name: str) -> None:
    text = (files("optviz.gallery") / name).read_text(encoding="utf-8")
    assert "</" not in text
    assert "<!--" not in text
    assert "innerHTML" not in text


def test_the_same_figures_give_the_same_page() -> None:
    assert gallery.page([A, A]) == gallery.page([A, A])


def test_a_card_says_everything_without_a_script() -> None:
    page = read(A)
    assert page.text("caption") == "A caption."
    assert page.text("command") == "optviz trace --opt gd -o a.pngCopy"
    assert page.text("kinds") == "trace\N{NO-BREAK SPACE}· gd"
    assert page.text("alt") == "A path."
    assert 'opt = ["gd"]' in page.text("spec")
    (row,) = (said for name, said in page.texts if name == "<tr>" and "gd" in said)
    assert row == "gd:eta=0.420(−0.943468, –)0.0890129stalled since step 7"
    (picture,) = page.of("img")
    assert (picture["alt"], content(picture["src"])) == ("A path.", PNG.data)
    (card,) = page.of("article")
    assert (card["id"], card["data-name"]) == ("a", "a")


def test_files_are_there_to_be_kept_and_what_is_seen_is_there_once() -> None:
    more = (PNG, File("a.pdf", "pdf", b"%PDF"), File("a.npz", "npz", b"PK"))
    links = {link["download"]: link for link in read(replace(A, outputs=more)).of("a")[1:]}
    assert list(links) == ["a.png", "a.pdf", "a.npz", "a.csv", "a.toml"]
    assert "href" not in links.pop("a.png")  # the script gives it that of the picture
    kept = {name: content(link["href"]) for name, link in links.items() if name}
    assert kept == {
        "a.pdf": b"%PDF",
        "a.npz": b"PK",
        "a.csv": b"run,step\n",
        "a.toml": A.table.encode(),
    }


@pytest.mark.parametrize(
    ("formats", "seen"),
    [
        (["png", "svg", "pdf"], ["still svg"]),
        (["pdf", "gif", "png"], ["still png", "moving"]),
        (["mp4", "apng", "gif"], ["moving"]),
        (["pdf", "csv"], []),
    ],
)
def test_the_best_still_and_the_best_film_are_shown(formats: list[str], seen: list[str]) -> None:
    page = read(replace(A, outputs=tuple(File(f"a.{f}", f, b"x") for f in formats)))
    assert [picture["class"] for picture in page.of("img")] == seen
    if not seen:
        assert page.text("nothing") == "Not to look at here: pdf, csv"


def test_a_figure_that_failed_says_why_in_place_of_its_picture() -> None:
    page = read(replace(A, error="its $…$ cannot be read", outputs=(), runs=[], data=None))
    assert page.text("error") == "its $…$ cannot be read"
    assert not page.of("img")
    assert not page.of("table")


def test_numbers_that_are_too_many_are_told_of() -> None:
    assert read(replace(A, data=None)).text("note").endswith("the command with -o a.csv.")


def test_starts_are_told_where_they_differ_and_runs_up_to_fifty() -> None:
    page = read(replace(A, runs=[{**RUN, "start": [float(n)]} for n in range(60)]))
    rows = [said for name, said in page.texts if name == "<tr>"]
    assert rows[0] == "optimizerstartstepsxfstatus"
    assert (len(rows), rows[-1]) == (52, "and 10 more")


def test_a_page_of_one_file_is_called_so_and_one_of_many_has_sections() -> None:
    about = {"course.toml": "What it is about.", "more/d2l.toml": "The book."}
    one = read(A, about=about)
    assert (one.text("<title>"), one.text("<h1>"), one.text("about")) == (
        "course",
        "course",
        "What it is about.",
    )
    two = read(A, replace(A, name="b", file="more/d2l.toml"), about=about)
    assert two.text("<h1>") == "Gallery"
    heads = [said for name, said in two.texts if name in ("find", "about")]
    assert [h for h in heads if h in ("course", "d2l", *about.values())] == [
        "course",
        "What it is about.",
        "d2l",
        "The book.",
    ]
    assert read(replace(A, file="standard input")).text("<h1>") == "Gallery"
    assert read().text("count") == "0 figures"


HOSTILE = [
    "<script>alert(1)</script>",
    "</script></style></title></textarea><img src=x onerror=alert(1)>",
    "<!-- ]]> <![CDATA[ <!",
    "\"' onload='alert(1)' \" `${x}` &amp; &lt;",
    "\u202eright to left\u2066\u200f",
    "\U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467 e\u0301 \u00e9 \u4f60\u597d",
    "javascript:alert(1)//https://example.org",
    "__proto__ constructor toString",
    "x" * 100_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:20]))
def test_hostile_words_are_shown_as_they_are(text: str) -> None:
    figure = replace(
        A,
        name=text,
        caption=text,
        alt=text,
        command=text,
        table=text,
        error="",
        optimizers=(text,),
        runs=[{**RUN, "optimizer": text}],
        outputs=(replace(PNG, name=text),),
    )
    page, tame = read(figure, about={A.file: text}), read(A, about={A.file: "tame"})
    parts = len(re.split(" (?=-)", text))  # of a command, each on its own line
    assert len(page.tags) == len(tame.tags) - len(re.split(" (?=-)", A.command)) + parts
    for name in ("caption", "about", "alt", "open"):
        assert page.text(name) == text
    assert page.text("command") == f"{text}Copy"
    assert text in page.text("<table>")
    assert policy(page) == policy(tame)
    (card,) = page.of("article")
    (head,) = (link for link in page.of("a") if link.get("class") == "open")
    assert (card["data-name"], head["href"]) == (text, f"#{card['id']}")
    assert not re.search(r"[\s\"'<>]", (card["id"] or "").replace("'", ""))


def test_what_html_cannot_hold_is_one_sign() -> None:
    page = gallery.page([replace(A, caption="nul \0, bell \a, half \ud800, line\n", name="\0")])
    page.encode()
    assert Read(page).text("caption") == "nul \ufffd, bell \ufffd, half \ufffd, line\n"


def test_the_page_is_in_the_language_of_its_figures() -> None:
    page = read(replace(A, lang="ko", outputs=(PNG, File("a.gif", "gif", b"GIF"))))
    assert page.of("html")[0]["lang"] == "ko"
    assert page.text("count") == "그림 1개"
    assert page.of("output")[0]["data-found"] == "그림 1개 중 {count}개"
    assert [button.get("aria-label") for button in page.of("button")][-3:] == [
        "이전 그림", "다음 그림", "닫기"
    ]  # fmt: skip
    own = ("copy", "keys", "<caption>", "<summary>", "count", "<footer>")
    english = re.findall("[A-Za-z]{2,}", " ".join(map(page.text, own)))
    assert set(english) <= {"Esc", "optviz", "dev"}


def test_the_page_of_figures_in_several_languages_is_english() -> None:
    page = read(replace(A, lang="ko"), A)
    assert page.of("html")[0]["lang"] == "en"
    assert page.text("count") == "2 figures"


@pytest.mark.parametrize(
    ("formats", "typed", "theme"),
    [
        (["html"], None, "auto"),
        (["html"], "dark", "dark"),
        (["html", "png"], None, "light"),
        (["gif"], None, "light"),
    ],
)
def test_what_is_seen_of_a_page_is_light_or_dark_as_the_page_is(
    formats: list[str], typed: str | None, theme: str
) -> None:
    outputs = tuple(File(f"a.{f}", f, b"<svg></svg>") for f in formats)
    found = read(replace(A, theme=typed, outputs=outputs)).of("div")
    assert [part["data-theme"] for part in found if "data-theme" in part] == [theme]
