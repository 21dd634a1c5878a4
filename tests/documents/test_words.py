"""The words behind `optviz`, as they may be written."""

import pytest

from optviz import book
from optviz.documents import blocks, split_words
from optviz.errors import OptvizError


@pytest.mark.parametrize(
    ("opening", "words"),
    [
        ("```optviz pair width=640", ("pair", "width=640")),
        ('```optviz pair width="640"', ("pair", "width=640")),
        ('```optviz {.pair width="640"}', ("pair", "width=640")),
        ("```optviz{.pair}", ("pair",)),
        ("```{.optviz .pair width=640}", ("pair", "width=640")),
        ("``` { .optviz }", ()),
        ("~~~ optviz caption='a  b=c'", ("caption=a  b=c",)),
        ("<!-- optviz {.pair}", ("pair",)),
        ("```optviz .pair}", (".pair}",)),  # refused where words are read
        ("```optviz pair {.values}", ("pair", "{.values}")),
    ],
)
def test_words_may_stand_in_braces_and_values_in_quotes(
    opening: str, words: tuple[str, ...]
) -> None:
    closing = "-->" if opening[0] == "<" else opening[:3]
    (block,) = blocks(f"{opening}\ntrace\n{closing}\n")
    assert block.words == words


@pytest.mark.parametrize("opening", ["```{optviz}", "```{.optvizard}", "```{.a .optviz}", "```{"])
def test_other_fences_are_no_blocks(opening: str) -> None:
    assert blocks(f"{opening}\ntrace\n```\n") == []


def test_words_are_those_of_any_opening_line() -> None:
    assert split_words(" {.values} ") == split_words("values") == ("values",)


def test_a_text_in_braces_is_closed_by_its_line(tmp_path: object) -> None:
    text = "```{.optviz .markdown}\nlist optimizers --markdown\n```\n"
    once = book.render(text, folder=str(tmp_path)).text
    assert "<!-- /optviz -->" in once
    assert book.render(once, folder=str(tmp_path)).text == once


def test_a_caption_is_the_title_of_the_image(tmp_path: object) -> None:
    text = '```optviz caption="AdaGrad stalls"\ntrace --size 320x240\n```\n'
    assert book.render(text, folder=str(tmp_path)).text.endswith(' "AdaGrad stalls")\n')


@pytest.mark.parametrize(
    ("words", "content", "message"),
    [
        ('caption="a"', 'figure = "trace"\ncaption = "b"', "caption: given twice"),
        ('caption="a"', "explain adam", "caption: of a picture"),
        ('caption=""', "trace", "caption: nothing given"),
        ("{.pair .pair}", "trace", "pair: given twice"),
        ("{.pair=yes}", "trace", "pair: yes given"),
    ],
)
def test_a_word_is_used_or_refused(words: str, content: str, message: str) -> None:
    with pytest.raises(OptvizError, match=message):
        book.render(f"```optviz {words}\n{content}\n```\n")
