"""What a terminal would act on is shown as a sign, and nothing else is changed."""

import json
import sys
import unicodedata

import pytest

from optviz.errors.printable import REPLACEMENT, escaped_json, first_unprintable, printable

SPANS = ((0, 0x20), (0x7F, 0xA0), (0x2028, 0x202F), (0x2066, 0x206A), (0xD800, 0xD801))
ACTING = [chr(code) for span in SPANS for code in range(*span)]


@pytest.mark.parametrize("letter", ACTING, ids=lambda letter: f"U+{ord(letter):04X}")
def test_what_acts_on_a_terminal_is_one_sign(letter: str) -> None:
    assert printable(f"a{letter}b") == f"a{REPLACEMENT}b"
    assert first_unprintable(f"a{letter}b") == letter


def test_every_other_letter_there_is_stays() -> None:
    every = "".join(
        ch
        for ch in map(chr, range(sys.maxunicode + 1))
        if ch not in set(ACTING) and unicodedata.category(ch) != "Cs"
    )
    assert printable(every) == every
    assert first_unprintable(every) == ""
    assert not {ch for ch in every if unicodedata.category(ch) == "Cc"}  # Unicode's own controls


def test_line_breaks_stay_where_they_are_meant() -> None:
    assert printable("a\nb\r\n", lines=True) == f"a\nb{REPLACEMENT}\n"


def test_json_says_the_same_in_letters_that_can_be_seen() -> None:
    said = {"a".join(ACTING): ["é日\x9b[31m"]}
    text = escaped_json(json.dumps(said, ensure_ascii=False, indent=1))
    assert printable(text, lines=True) == text
    assert json.loads(text) == said
    assert "é日" in text
