"""What a library's switches make of an optimizer, walked again from the library's own line."""

import json
from pathlib import Path

import pytest

from optviz import objectives, optimizers
from optviz.errors import TextError
from optviz.walks import engine

RECORD = json.loads((Path(__file__).parent.parent / "recorded" / "switches.json").read_text())
CASES = [
    pytest.param(text.replace("(", f"@{library}(", 1), end, id=f"{library} {text}")
    for library, ends in RECORD.items()
    for text, end in ends.items()
]
D2L = objectives.read("d2l")


@pytest.mark.parametrize(("text", "end"), CASES)
def test_a_line_ends_where_the_library_ends_or_is_refused_as_there(
    text: str, end: list[float] | None
) -> None:
    if end is None:
        with pytest.raises(TextError):
            optimizers.read(text)
        return
    run = engine.run(D2L, optimizers.read(text), [-5.0, -2.0], 6)
    assert run.x[-1, 0] == pytest.approx(end, rel=1e-11)


def test_some_combinations_are_refused_and_most_are_not() -> None:
    refused = [text for ends in RECORD.values() for text, end in ends.items() if end is None]
    assert refused
    assert all(text.startswith("SGD(") and "nesterov=True" in text for text in refused)
