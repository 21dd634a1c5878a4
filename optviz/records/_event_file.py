"""Scalars, and norms of histograms, in the event files of TensorBoard.

A file is a sequence of TFRecords: a length (8 bytes), its checksum (4), as many bytes, theirs (4).
Each holds an `Event` in the encoding of protocol buffers (tensorflow/core/util/event.proto and
framework/summary.proto), of which five fields are read here. Checksums of lengths are verified.
"""

import struct
from collections.abc import Iterator

import numpy as np

from optviz.errors import BadFile
from optviz.records import _protobuf
from optviz.records._monitored import Number

_POLYNOMIAL = 0x82F63B78  # of CRC-32C, reversed
_HEAD = struct.Struct("<QI")
_FLOAT, _DOUBLE = 1, 2  # of a TensorProto's dtype


def is_events(data: bytes) -> bool:
    """Whether the content begins with a record, as that of an event file does."""
    if len(data) < _HEAD.size:
        return False
    size, checksum = _HEAD.unpack_from(data)
    return checksum == _checksum(data[:8]) and b"brain.Event:" in data[12 : 12 + min(size, 64)]


def numbers(data: bytes, name: str) -> Iterator[Number]:
    """The numbers in the content of the file `name`, in its order.

    A last record that was cut off, as by a training that runs on, is left out. Raises `BadFile`
    for damaged records.
    """
    for at, record in _records(data, name):
        try:
            yield from _numbers(record)
        except (IndexError, struct.error, UnicodeDecodeError):
            raise BadFile(name, f"the record at byte {at} is no event of TensorBoard") from None


def _records(data: bytes, name: str) -> Iterator[tuple[int, bytes]]:
    """The place and the content of each record. Raises `BadFile`."""
    at = 0
    while at + _HEAD.size <= len(data):
        size, checksum = _HEAD.unpack_from(data, at)
        if checksum != _checksum(data[at : at + 8]):
            raise BadFile(name, f"the record at byte {at} is damaged: its checksum does not match")
        end = at + _HEAD.size + size + 4
        if end > len(data):
            return
        yield at, data[at + _HEAD.size : end - 4]
        at = end


def _table() -> list[int]:
    table = list(range(256))
    for _ in range(8):
        table = [value >> 1 ^ (_POLYNOMIAL if value & 1 else 0) for value in table]
    return table


_TABLE = _table()


def _checksum(data: bytes) -> int:
    """The masked CRC-32C of TFRecords."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc = _TABLE[(crc ^ byte) & 0xFF] ^ crc >> 8
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def _numbers(record: bytes) -> Iterator[Number]:
    """The numbers of an event: wall_time = 1, step = 2, summary = 5, of which value = 1."""
    event = _protobuf.message(record)
    if not isinstance(summary := event.get(5), bytes):
        return
    step = event.get(2, 0)
    if not isinstance(step, int):
        raise IndexError
    step -= (step >> 63) << 64  # of two's complement
    for number, value in _protobuf.fields(summary):
        if number == 1 and isinstance(value, bytes):
            found = _number(_protobuf.message(value))
            tag = _protobuf.content(_protobuf.message(value), 1).decode()
            if found is not None:
                yield Number(step, _protobuf.double(event, 1), tag, *found)


def _number(value: dict[int, _protobuf.Value]) -> tuple[float, bool] | None:
    """A simple_value (2), a tensor (8) of one number, or √sum_squares (5) of a histogram (5)."""
    if 2 in value:
        return _single(_protobuf.content(value, 2)), False
    if 8 in value:
        number = _tensor(_protobuf.message(_protobuf.content(value, 8)))
        return None if number is None else (number, False)
    if 5 in value:
        return _protobuf.double(_protobuf.message(_protobuf.content(value, 5)), 5) ** 0.5, True
    return None


def _tensor(tensor: dict[int, _protobuf.Value]) -> float | None:
    """The one number of a tensor: its content (4), float_val (5) or double_val (6)."""
    if tensor.get(1) == _FLOAT:
        content = _protobuf.content(tensor, 4) or _protobuf.content(tensor, 5)
        return _single(content) if len(content) == 4 else None
    if tensor.get(1) == _DOUBLE:
        content = _protobuf.content(tensor, 4) or _protobuf.content(tensor, 6)
        return struct.unpack("<d", content)[0] if len(content) == 8 else None
    return None


def _single(content: bytes) -> float:
    """A float32 as the decimal number that it stands for: 0.001, not 0.0010000000474974513."""
    return float(str(np.float32(struct.unpack("<f", content)[0])))
