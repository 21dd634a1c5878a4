"""A sample of the awkward figures, read as finished pages; `all.py` reads every one of them."""

from pathlib import Path

import pytest
from pages.look import examined
from pages.specs import Spec, specs

_EVERY = 8  # figures of which one is in the sample


def sample() -> list[Spec]:
    """Every n-th awkward figure, and all that once broke the rules."""
    return [s for s in specs() if s.number % _EVERY == 1 or "problem" in s.properties]


def test_there_are_enough_awkward_figures() -> None:
    assert len(specs()) >= 250


@pytest.mark.parametrize(
    "spec", sample(), ids=lambda spec: f"{spec.number} {spec.options['figure']}"
)
def test_no_word_stands_where_it_must_not(spec: Spec, tmp_path: Path) -> None:
    if spec.skip:
        pytest.skip(spec.skip)
    found = examined(spec, tmp_path)
    messages = "\n".join(f"{fault.kind}: {fault.message}" for fault in found)
    assert not found, f"{spec}\n{messages}\nlook at {tmp_path}"
