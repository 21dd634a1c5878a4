"""Event files of TensorBoard: as its own writers make them, damaged ones, and long ones."""

import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optviz import notes, records
from optviz.errors import BadFile
from optviz.records import _event_file


def varint(value: int) -> bytes:
    rest = value
    found = []
    while rest > 0x7F:
        found.append(rest & 0x7F | 0x80)
        rest >>= 7
    return bytes([*found, rest])


def field(number: int, value: int | float | bytes) -> bytes:
    if isinstance(value, bytes):
        return varint(number << 3 | 2) + varint(len(value)) + value
    if isinstance(value, float):
        return varint(number << 3 | 1) + struct.pack("<d", value)
    return varint(number << 3) + varint(value)


def single(number: int, value: float) -> bytes:
    return varint(number << 3 | 5) + struct.pack("<f", value)


def record(event: bytes) -> bytes:
    size = struct.pack("<Q", len(event))
    return size + struct.pack("<I", _event_file._checksum(size)) + event + bytes(4)


def scalar(step: int, tag: str, value: float, time: float = 5.0) -> bytes:
    number = field(1, tag.encode()) + single(2, value)
    return record(field(1, time) + field(2, step) + field(5, field(1, number)))


OPENING = record(field(1, 5.0) + field(3, b"brain.Event:2"))


def test_the_checksum_is_that_of_its_specification() -> None:
    # CRC-32C of "123456789" is e3069283; masked as TFRecords are
    crc = 0xE3069283
    assert _event_file._checksum(b"123456789") == ((crc >> 15 | crc << 17) + 0xA282EAD8) % 2**32


def test_the_groups_of_lightning_have_their_rates_which_those_of_sgd_are() -> None:
    data = OPENING + b"".join(
        scalar(step, tag, value, 5.0 + step)
        for step in (0, 100)
        for tag, value in [
            ("lr-SGD/pg1", 0.1), ("lr-SGD/pg2", 0.2), ("grad_2.0_norm_total", 3.0),
            ("grad_2.0_norm/fc", 2.0), ("train/loss", 1.5),
        ]
    )  # fmt: skip
    (log,) = records.trainings(data, "runs/events.out.tfevents.1")
    assert (log.optimizer, log.file) == ("SGD", "runs/events.out.tfevents.1")
    first, second, total, layer = log.layers
    assert [(part.name, part.group, part.whole) for part in log.layers] == [
        ("pg1", 0, True), ("pg2", 1, True), ("all parameters", 0, False), ("fc", 0, False)
    ]  # fmt: skip
    assert first.rates.tolist() == [[0.1], [0.1]] and second.eta.tolist() == [0.2, 0.2]  # of SGD
    assert total.grad.tolist() == [3.0, 3.0] and np.isnan([first.grad, second.grad]).all()
    assert layer.grad.tolist() == [2.0, 2.0] and np.isnan(layer.rates).all()


def test_groups_layers_and_logged_numbers_have_their_values() -> None:
    data = OPENING + scalar(0, "lr", 0.1) + scalar(0, "grad_norm/fc", 2.0)
    data += scalar(10, "lr", 0.05, 7.5) + scalar(10, "loss", float("nan"), 7.5)
    with notes.collected() as said:
        log = records.training(data, "events")
    assert log is not None
    whole, layer = log.layers
    assert (whole.name, whole.whole, whole.eta.tolist()) == ("all parameters", True, [0.1, 0.05])
    assert (layer.name, layer.whole, layer.grad.tolist()) == ("fc", False, [2.0])
    assert np.isnan(whole.rates).all() and np.isnan(layer.update).all()
    assert whole.times.tolist() == [0.0, 2.5]
    (loss,) = log.logged
    assert (loss.name, loss.steps.tolist()) == ("loss", [10]) and np.isnan(loss.values).all()
    assert list(said) == [
        "events: it holds learning rates, logged numbers, norms of gradients, but no effective "
        "rates, curvature, norms of updates, norms of parameters; optviz.record writes those"
    ]


def test_of_one_step_logged_twice_the_last_counts_and_steps_may_come_in_any_order() -> None:
    data = OPENING + scalar(9, "loss", 1.0) + scalar(3, "loss", 2.0) + scalar(9, "loss", 0.5)
    (loss,) = records.trainings(data, "events")[0].logged
    assert (loss.steps.tolist(), loss.values.tolist()) == ([3, 9], [2.0, 0.5])


def test_a_last_record_that_is_cut_off_is_left_out() -> None:
    data = OPENING + scalar(0, "loss", 1.0) + scalar(1, "loss", 0.5)
    for end in (1, 5, 11, 20):
        (log,) = records.trainings(data[:-end], "events")
        assert log.steps == 0


def test_damaged_files_are_refused_with_the_place() -> None:
    data = bytearray(OPENING + scalar(0, "loss", 1.0))
    data[len(OPENING)] ^= 1
    with pytest.raises(BadFile, match=rf"byte {len(OPENING)} is damaged"):
        records.trainings(bytes(data), "events")
    with pytest.raises(BadFile, match="is no event of TensorBoard"):
        records.trainings(OPENING + record(b"\x0a\xff\xff"), "events")
    with pytest.raises(BadFile, match="no numbers have been logged"):
        records.trainings(OPENING, "events")


@pytest.mark.parametrize("seed", range(20))
def test_bytes_at_random_end_in_a_log_or_a_sentence(seed: int) -> None:
    random = np.random.default_rng(seed)
    for size in (5, 50, 500):
        data = OPENING + record(random.bytes(size)) + scalar(0, "loss", 1.0)
        try:
            records.trainings(data, "events")
        except BadFile as error:
            assert "is no event" in str(error)


@pytest.fixture
def writer(tmp_path: Path) -> Any:
    pytest.importorskip("tensorboard")
    pytest.importorskip("torch")
    from torch.utils.tensorboard import SummaryWriter

    return SummaryWriter(str(tmp_path))


@pytest.mark.filterwarnings("ignore")  # of TensorBoard's own
def test_it_reads_what_the_writer_of_pytorch_writes(writer: Any, tmp_path: Path) -> None:
    weight = np.linspace(-1, 2, 30)
    for step in (0, 10, 20):
        writer.add_scalar("loss", 1 / (step + 1), step)
        writer.add_scalar("lr", 1e-3, step, new_style=True)
        writer.add_scalar("acc", 0.1, step, new_style=True, double_precision=True)
        writer.add_histogram("fc.weight", weight, step)
        writer.add_histogram("fc.weight.grad", weight / 2, step)
    writer.add_text("note", "text")
    writer.close()
    (path,) = tmp_path.glob("events.*")
    (log,) = records.trainings(path.read_bytes(), str(path))
    whole, layer = log.layers
    assert whole.eta.tolist() == [1e-3] * 3
    np.testing.assert_allclose(layer.parameter, np.linalg.norm(weight), rtol=1e-12)
    np.testing.assert_allclose(layer.grad, np.linalg.norm(weight) / 2, rtol=1e-12)
    values = {one.name: one.values for one in log.logged}
    np.testing.assert_allclose(values["loss"], [1, 1 / 11, 1 / 21], rtol=1e-7)
    assert values["acc"].tolist() == [0.1] * 3
