"""Notes go to whoever collects them, and nowhere else."""

from optviz import notes


def test_notes_are_collected_in_order_and_each_once() -> None:
    notes.note("lost")
    with notes.collected() as outer:
        notes.note("one")
        with notes.collected() as inner:
            notes.note("two")
        notes.note("three")
        notes.note("one")
    notes.note("lost")
    assert list(outer) == ["one", "three"]
    assert list(inner) == ["two"]
