"""The name of an optimizer where an objective belongs: the first place of a call from Python."""

import pytest

import optviz
from optviz import objectives, optimizers
from optviz.errors import OptvizError, TextError


@pytest.mark.parametrize(
    "name", [name for name in optimizers.registry.names if name.isidentifier()]
)
def test_the_name_of_an_optimizer_is_answered_with_the_option(name: str) -> None:
    with pytest.raises(TextError, match=f"the name of an optimizer; write --opt {name}"):
        objectives.read(f" {name.upper()}")


def test_from_python_the_answer_is_the_keyword() -> None:
    with pytest.raises(OptvizError, match='write opt="adam"'):
        optviz.trace("adam")
