"""Results stand below their blocks; all else in a document stays as it is, byte by byte."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from optviz.documents import _images, blocks
from optviz.documents._rewriting import Edit, diff, edited, image_edits, text_edit

TABLE = ["| optimizer | f |", "|-----------|---|", "| gd        | 1 |"]
PICTURE = "![a picture](a.png)"
BLOCK = "```optviz\ntrace\n```"

PIECES = [
    "```optviz\ntrace\n```\n", "~~~~ optviz pair\nloss\n~~~~\n", "<!-- optviz\nlist\n-->\n",
    "````\n```optviz\n```\n````\n", "- item\n\n", "- ", "  ", "    ", "\t", "> ", "text\n", "\n",
    "```\n", "<!--", "-->\n", "![a](a.png)\n", "| optimizer |\n", "<!-- /optviz -->\n", "<pre>\n",
    "\r\n", "\r", "\u2028", "\x0b", "10) ", "`", "~", '<img src="b.png">\n',
]  # fmt: skip
DOCUMENTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=8)).map("".join)


def with_images(text: str, image: str = PICTURE, table: list[str] = []) -> str:  # noqa: B006
    found = [block for block in blocks(text) if not block.mistake]
    return edited(text, [edit for one in found for edit in image_edits(text, one, image, table)])


def with_texts(text: str, printed: str = "one\n  two\n") -> str:
    found = [block for block in blocks(text) if not block.mistake]
    return edited(text, [text_edit(text, block, printed, as_it_is=False) for block in found])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{BLOCK}\n", f"{BLOCK}\n{PICTURE}\n"),
        (BLOCK, f"{BLOCK}\n{PICTURE}"),
        (f"{BLOCK}\n\nText.\n", f"{BLOCK}\n{PICTURE}\n\nText.\n"),
        (f"{BLOCK}\nText.\n", f"{BLOCK}\n{PICTURE}\n\nText.\n"),
        (f"{BLOCK}\n\n\n![old](b.png)\nText.\n", f"{BLOCK}\n\n\n{PICTURE}\nText.\n"),
        ("- a\n\n  ```optviz\n  x\n  ```\n", f"- a\n\n  ```optviz\n  x\n  ```\n  {PICTURE}\n"),
        ("- ```optviz\n  x\n  ```\n", f"- ```optviz\n  x\n  ```\n  {PICTURE}\n"),
        ("```optviz\r\nx\r\n```\r\nText", f"```optviz\r\nx\r\n```\r\n{PICTURE}\r\n\r\nText"),
        ("<!-- optviz\nx\n-->\n", f"<!-- optviz\nx\n-->\n{PICTURE}\n"),
        (f"{BLOCK}\n\n```text\nold\n```\n\n<!-- /optviz -->\n", f"{BLOCK}\n{PICTURE}\n"),
    ],
)
def test_an_image_line_stands_right_below(before: str, after: str) -> None:
    assert with_images(before) == after
    assert with_images(after) == after


def test_a_table_stands_below_the_image_and_is_replaced_there() -> None:
    table = "\n".join(TABLE)
    after = f"{BLOCK}\n{PICTURE}\n\n{table}\n\nText.\n"
    assert with_images(f"{BLOCK}\nText.\n", table=TABLE) == after
    assert with_images(f"{BLOCK}\n{PICTURE}\nText.\n", table=TABLE) == after
    assert with_images(after.replace("| 1 |", "| 9 |"), table=TABLE) == after
    own = f"{BLOCK}\n{PICTURE}\n\n| mine |\n|---|\n"
    assert with_images(own) == own


def test_a_text_stands_between_the_block_and_its_closing_line() -> None:
    after = f"{BLOCK}\n\n```text\none\n  two\n```\n\n<!-- /optviz -->\n\nText.\n"
    assert with_texts(f"{BLOCK}\nText.\n") == after
    assert with_texts(after) == after
    assert with_texts(f"{BLOCK}\n{PICTURE}\n\nText.\n") == after


def test_a_text_with_fences_has_a_longer_one() -> None:
    after = with_texts(f"{BLOCK}\n", "````\n<!-- /optviz -->\n```optviz\n")
    assert "\n`````text\n" in after
    assert with_texts(after, "````\n<!-- /optviz -->\n```optviz\n") == after


@pytest.mark.parametrize(
    "write", [with_images, lambda text: with_images(text, '<img src="a.png">', TABLE), with_texts]
)
@given(text=DOCUMENTS)
def test_a_second_time_changes_nothing(write: Callable[[str], str], text: str) -> None:
    once = write(text)
    before = [block.content for block in blocks(text) if not block.mistake]
    assert [block.content for block in blocks(once) if not block.mistake] == before
    assert write(once) == once


@given(text=DOCUMENTS)
def test_what_is_between_results_stays(text: str) -> None:
    found = [block for block in blocks(text) if not block.mistake]
    edits = [edit for one in found for edit in image_edits(text, one, PICTURE, [])]
    at, rest = 0, edited(text, edits)
    for (start, stop), new in sorted(edits):
        kept = text[at:start] + new
        assert rest.startswith(kept)
        at, rest = stop, rest[len(kept) :]
    assert rest == text[at:]


@given(path=st.from_regex(r"[\w .,%#()&'+@$=-]{1,20}\.png", fullmatch=True), alt=st.text())
def test_a_path_is_read_back_from_its_image_line(path: str, alt: str) -> None:
    for dark, width in ((None, None), (None, 640), ("d.png", None), ("d.png", 320)):
        assert _images.read(_images.line(path, alt, "a caption", dark, width)) == path


@given(alt=st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"])))
def test_an_alt_text_reaches_the_reader_as_it_is(alt: str) -> None:
    (paragraph,) = [
        token for token in MarkdownIt().parse(_images.line("a.png", alt)) if token.children
    ]
    (image,) = paragraph.children or []
    assert image.type == "image"
    assert "".join(child.content for child in image.children or []) == alt


def test_a_diff_has_the_lines_around_a_change_and_an_end() -> None:
    old = "".join(f"{number}\n" for number in range(400))
    found = diff("a.md", old, old.replace("7\n", "x\n"))
    assert found.startswith("--- a.md\n+++ a.md\n@@ -7,3 +7,3 @@\n 6\n-7\n+x\n 8\n")
    assert found.splitlines()[-1].endswith("more lines")
    assert diff("a.md", old, old) == ""


def test_edits_are_of_the_places_that_they_name() -> None:
    from optviz.documents import Span

    assert edited("abcdef", [Edit(Span(4, 6), "Z"), Edit(Span(1, 2), "")]) == "acdZ"


def images(text: str) -> int:
    """How many pictures another reader of CommonMark sees, as Markdown and as HTML."""
    tokens = MarkdownIt("commonmark").parse(text)
    inner = [child for token in tokens for child in token.children or []]
    html = [token.content for token in (*tokens, *inner) if token.type.startswith("html_")]
    return sum(child.attrs.get("src") == "z.png" for child in inner) + sum(
        content.count('<img src="z.png"') for content in html
    )


@pytest.mark.parametrize("image", ["![a](z.png)", '<img src="z.png" alt="a" width="9">'])
@settings(derandomize=True)
@given(text=DOCUMENTS.filter(lambda text: ">" not in text.replace("-->", "")))
def test_another_reader_sees_as_many_pictures_as_there_are_blocks(image: str, text: str) -> None:
    count = len([block for block in blocks(text) if not block.mistake])
    assert images(with_images(text, image)) == count
