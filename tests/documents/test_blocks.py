"""Blocks are found where CommonMark sees a fence or a comment, and nowhere else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from optviz.documents import blocks


def contents(text: str) -> list[str]:
    return [block.content for block in blocks(text)]


@pytest.mark.parametrize(
    "text",
    [
        "```optviz\ntrace\n```\n",
        "``` optviz\ntrace\n```\n",
        "```Optviz\ntrace\n```\n",
        "````optviz\ntrace\n````",
        "~~~optviz\ntrace\n~~~\n",
        "   ```optviz\n   trace\n   ```\n",
        "text\n```optviz\ntrace\n```\ntext\n",
        "- an item\n\n  ```optviz\n  trace\n  ```\n",
        "- ```optviz\n  trace\n  ```\n",
        "1. a\n   - b\n\n     ```optviz\n     trace\n     ```\n",
        "10. a\n\n    ```optviz\n    trace\n    ```\n",
        "<!-- optviz\ntrace\n-->\n",
        "  <!-- optviz\n  trace\n  -->\n",
        "\ufeff```optviz\ntrace\n```\n",
        "<details>\n\n```optviz\ntrace\n```\n\n</details>\n",
        "```text\n<!-- a comment that stays open\n```\n```optviz\ntrace\n```\n",
        "<!-- a comment -->\n```optviz\ntrace\n```\n",
        "<!-- ``` -->\n```optviz\ntrace\n```\n",
        "`<!--`\n```optviz\ntrace\n```\n",
        "```optviz\r\ntrace\r\n```\r\n",
        "```optviz\rtrace\r```\r",
        "> ```\n\n```optviz\ntrace\n```\n",
        "```` ```not a fence ```` \n\n```optviz\ntrace\n```\n",
        "-\n\n```optviz\ntrace\n```\n",
    ],
)
def test_a_block_is_found(text: str) -> None:
    assert contents(text) == ["trace"]
    assert not blocks(text)[0].mistake


@pytest.mark.parametrize(
    "text",
    [
        "````markdown\n```optviz\ntrace\n```\n````\n",
        "~~~\n```optviz\ntrace\n```\n~~~\n",
        "    ```optviz\n    trace\n    ```\n",
        "\t```optviz\n\ttrace\n\t```\n",
        "- an item\n\n      ```optviz\n      trace\n      ```\n",
        "<!--\n```optviz\ntrace\n```\n-->\n",
        "<!-- optviztrace\n-->\n",
        "<!-- Optviz draws\nthese pictures\n-->\n",
        "```optvizard\ntrace\n```\n",
        "```python optviz\ntrace\n```\n",
        "```\noptviz\n```\n",
        "``` optviz ` \n",
        "``optviz\ntrace\n``\n",
        "<pre>\n\n```optviz\ntrace\n```\n\n</pre>\n",
        "<script>\n```optviz\ntrace\n```\n</script>\n",
        "<div>\n```optviz\ntrace\n```\n</div>\n",
        "<custom-tag>\n```optviz\ntrace\n```\n",
        "<?php\n```optviz\ntrace\n```\n?>\n",
        "```text\n<!-- optviz\ntrace\n-->\n```\n",
        "text <!-- optviz\n",
        "",
        "\n\n",
    ],
)
def test_what_is_no_fence_or_comment_is_no_block(text: str) -> None:
    assert blocks(text) == []


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("```optviz\ntrace\n", "has no end"),
        ("~~~optviz\ntrace\n```\n", "has no end"),
        ("- a\n\n  ```optviz\n  trace\nb\n", "has no end"),
        ("```optviz", "has no end"),
        ("<!-- optviz\ntrace\n", "has no end"),
        ("<!-- optviz trace -->\n", "lines of their own"),
        ("<!-- optviz -->\n", "lines of their own"),
        ("<!-- optviz\ntrace -->\n", "a line of its own"),
        ("<!-- optviz\ntrace\n--> text\n", "a line of its own"),
    ],
)
def test_a_block_without_an_end_has_a_mistake(text: str, mistake: str) -> None:
    (block,) = blocks(text)
    assert mistake in block.mistake


def test_a_block_knows_its_line_words_and_place() -> None:
    text = "one\n\n```optviz pair width=640\ntrace\n  -n 3\n```\nlast"
    (block,) = blocks(text)
    assert (block.line, block.words) == (3, ("pair", "width=640"))
    assert block.content == "trace\n  -n 3"
    assert text[slice(*block.span)] == "```optviz pair width=640\ntrace\n  -n 3\n```"


def test_the_content_of_an_indented_block_is_without_its_indent() -> None:
    assert contents("- a\n\n  ```optviz\n  opt = [\n    'gd',\n  ]\n  ```\n") == [
        "opt = [\n  'gd',\n]"
    ]


@pytest.mark.parametrize(
    ("below", "path"),
    [
        ("![a picture](a.png)\n", "a.png"),
        ("\n\n![a picture](a.png)\n", "a.png"),
        ("![](<a b.png>)\n", "a b.png"),
        ("![a](a%20b.png)\n", "a b.png"),
        (r"![a \] b](a.png)", "a.png"),
        ('![a](a.png "A caption")\n', "a.png"),
        ('<img src="a.png" alt="x" width="640">\n', "a.png"),
        ('<picture><source srcset="d.png"><img src="a.png" alt="x"></picture>\n', "a.png"),
        ("![a](a.png) and more\n", None),
        ("text\n\n![a](a.png)\n", None),
        ("[![a](a.png)](b)\n", None),
        ("> ![a](a.png)\n", None),
    ],
)
def test_the_image_line_below_is_its_result(below: str, path: str | None) -> None:
    text = f"```optviz\ntrace\n```\n{below}"
    (block,) = blocks(text)
    assert block.path == path
    if path is not None:
        assert block.result is not None
        assert text[slice(*block.result)] == below.strip()


def test_the_table_of_values_below_the_image_is_its_own_and_no_other_table() -> None:
    start = "```optviz\ntrace\n```\n![](a.png)\n\n"
    (block,) = blocks(f"{start}| optimizer | f |\n|---|---|\n| gd | 1 |\n\nmore\n")
    assert block.values is not None
    assert block.values.start == len(start)
    (block,) = blocks(f"{start}| mine | f |\n|---|---|\n")
    assert block.values is None


def test_a_text_ends_at_its_closing_line_which_counts_outside_of_code_alone() -> None:
    start = "```optviz\nlist\n```"
    result = "\n\n```text\n<!-- /optviz -->\n```\n\n<!-- /optviz -->"
    (block,) = blocks(f"{start}{result}\nmore\n")
    assert block.result is not None
    assert block.result == (len(start), len(start + result))


def test_a_closing_line_of_another_block_is_not_taken() -> None:
    first, second = blocks("```optviz\nlist\n```\n\n```optviz\nhelp\n```\n\n<!-- /optviz -->\n")
    assert first.result is None
    assert second.result is not None


def test_what_is_no_result_before_a_closing_line_is_not_thrown_away() -> None:
    (block,) = blocks("```optviz\nlist\n```\n\nProse of the author.\n\n<!-- /optviz -->\n")
    assert "line 7" in block.mistake


PIECES = [
    "```optviz\ntrace\n```\n", "~~~~ optviz pair\nloss\n~~~~\n", "<!-- optviz\nlist\n-->\n",
    "````\n```optviz\n```\n````\n", "- item\n\n", "  ", "    ", "\t", "> ", "text\n", "\n", "```\n",
    "<!--", "-->\n", "![a](a.png)\n", "| optimizer |\n", "<!-- /optviz -->\n", "<pre>\n", "\r\n",
    "\r", "\u2028", "\x0b", "10) ", "`", "~",
]  # fmt: skip
DOCUMENTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=8)).map("".join)


@given(DOCUMENTS)
def test_places_are_in_order_and_do_not_overlap(text: str) -> None:
    at = 0
    for block in blocks(text):
        for span in filter(None, (block.span, block.result, block.values)):
            assert at <= span.start <= span.stop <= len(text)
            at = span.stop
        opening = text[slice(*block.span)].removeprefix("\ufeff")
        assert "optviz" in opening.splitlines()[0]


STRUCTURES = [
    "```optviz\ntrace\n```\n", "~~~~ optviz pair\nloss\n~~~~\n", "<!-- optviz\nlist\n-->\n",
    "````\n```optviz\n```\n````\n", "  ```optviz\n  x\n  ```\n", "    ```optviz\n    x\n    ```\n",
    "- item\n\n", "- ", "- - ", "1. a\n", "10) ", "  ", "    ", "\t", "text\n", "\n", "```\n",
    "<!--", "-->\n", "<pre>\n", "</pre>\n", "<div>\n", "<b>\n", '<img src="b.png">\n', "# h\n",
    "---\n", "`", "~",
]  # fmt: skip


@settings(max_examples=500, derandomize=True)  # markdown-it errs in rare cases
@given(st.lists(st.sampled_from(STRUCTURES), max_size=8).map("".join))
def test_fences_are_those_that_another_reader_of_commonmark_finds(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(text)
    fences = [token for token in tokens if token.type == "fence" and token.map]
    expected = [token.map[0] + 1 for token in fences if token.info.split()[:1] == ["optviz"]]
    assert [block.line for block in blocks(text) if not block.is_hidden] == expected


def test_a_megabyte_is_read_in_linear_time() -> None:
    pieces = ("- ", "`", "```optviz\n", "<!-- optviz\n", "![](", "> ", "|", "\t", "<a b='", "1. ")
    for piece in pieces:
        blocks(piece * (2**20 // len(piece)))
