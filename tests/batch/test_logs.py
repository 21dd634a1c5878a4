"""A log of gradients in a spec file: a data file of the figure."""

import struct
from pathlib import Path

import pytest

from optviz import batch
from optviz.records import _event_file

SPEC = '[a]\nview = "rates"\nopt = "adam,adagrad"\ngradient = "log(g.csv)"\n'


def items(folder: Path, content: str) -> batch.Plan:
    (folder / "g.csv").write_text(content, encoding="utf-8")
    (folder / "s.toml").write_text(SPEC, encoding="utf-8")
    return batch.read([str(folder / "s.toml")])


def test_its_content_is_in_the_words_and_its_path_among_the_data(tmp_path: Path) -> None:
    (item,) = items(tmp_path, "w,b\n1,2\n").items
    assert item.data == (str(tmp_path / "g.csv"),)
    assert "[1.0, 2.0]" in item.figure.options()["gradient"]
    assert str(tmp_path) not in item.figure.options()["gradient"]
    (other,) = items(tmp_path, "w,b\n1,3\n").items
    assert other.figure != item.figure


def test_the_figure_is_that_of_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from optviz import cli

    plan = items(tmp_path, "w,b\n1,2\n0.5,1\n")
    assert not plan.faults
    monkeypatch.chdir(tmp_path)
    scene = plan.items[0].figure.draw().scene
    assert scene.subtitle.startswith("η = 0.4 on the gradients of g.csv")
    assert cli.main(["batch", "s.toml", "--no-cache", "-q"]) == 0
    assert (tmp_path / "a.png").exists()


def test_a_mistake_in_it_is_a_fault_of_the_spec(tmp_path: Path) -> None:
    (fault,) = items(tmp_path, "w,b\n1,oops\n").faults
    assert "line 2" in str(fault) and "gradient" in str(fault)


def test_an_event_file_is_embedded_as_a_log_of_training(tmp_path: Path) -> None:
    number = protobuf(1, b"lr-SGD") + b"\x15" + struct.pack("<f", 0.5)
    events = [protobuf(3, b"brain.Event:2"), b"\x10\x05" + protobuf(5, protobuf(1, number))]
    (tmp_path / "events.out.tfevents.1").write_bytes(b"".join(map(tfrecord, events)))
    spec = '[a]\nview = "schedule"\nlog = "events.out.tfevents.1"\n'
    (tmp_path / "s.toml").write_text(spec, encoding="utf-8")
    plan = batch.read([str(tmp_path / "s.toml")])
    assert not plan.faults
    (item,) = plan.items
    assert item.data == (str(tmp_path / "events.out.tfevents.1"),)
    (text,) = item.figure.run.log
    assert text.startswith("events.out.tfevents.1\n{") and '"kind": "training"' in text
    assert item.figure.draw().scene.title.startswith("SGD's learning rate")


def protobuf(number: int, value: bytes) -> bytes:
    """A field of bytes, of a message."""
    return bytes([number << 3 | 2, len(value)]) + value


def tfrecord(event: bytes) -> bytes:
    size = struct.pack("<Q", len(event))
    return size + struct.pack("<I", _event_file._checksum(size)) + event + bytes(4)
