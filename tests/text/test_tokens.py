"""Numbers, names and signs, each with its place."""

import pytest

from optviz.errors import TextError
from optviz.text.tokens import tokens


def test_tokens_close_with_an_end_and_keep_their_places() -> None:
    found = [(token.kind, token.text, token.at) for token in tokens("f", "2x1 − 3**y")]
    assert found == [
        ("number", "2", 0),
        ("name", "x1", 1),
        ("sign", "-", 4),
        ("number", "3", 6),
        ("sign", "**", 7),
        ("name", "y", 9),
        ("end", "", 10),
    ]


def test_further_signs_are_taken_where_they_are_asked_for() -> None:
    assert [token.text for token in tokens("f", "x²", "²")] == ["x", "²", ""]
    with pytest.raises(TextError):
        list(tokens("f", "x²"))
