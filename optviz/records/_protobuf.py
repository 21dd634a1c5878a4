"""The wire format of protocol buffers: fields by their number, without what describes them."""

import struct
from collections.abc import Iterator

_VARINT, _EIGHT, _BYTES, _FOUR = 0, 1, 2, 5  # wire types
Value = int | bytes


def fields(data: bytes) -> Iterator[tuple[int, Value]]:
    """The number and the value of each field: an integer, or bytes of whatever they encode."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        kind = key & 7
        if kind == _VARINT:
            value, at = _varint(data, at)
            yield key >> 3, value
            continue
        if kind == _BYTES:
            size, at = _varint(data, at)
        elif kind in {_EIGHT, _FOUR}:
            size = 8 if kind == _EIGHT else 4
        else:
            raise IndexError
        if at + size > len(data):
            raise IndexError
        yield key >> 3, data[at : at + size]
        at += size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and where it ends."""
    value = shift = 0
    while shift < 70:
        byte = data[at]
        value, at, shift = value | (byte & 0x7F) << shift, at + 1, shift + 7
        if byte < 0x80:
            return value, at
    raise IndexError


def message(data: bytes) -> dict[int, Value]:
    """The last value of each field."""
    return dict(fields(data))


def double(fields_of: dict[int, Value], number: int) -> float:
    return float(struct.unpack("<d", content(fields_of, number) or bytes(8))[0])


def content(fields_of: dict[int, Value], number: int) -> bytes:
    """A field of bytes, empty if it is not there."""
    value = fields_of.get(number, b"")
    if not isinstance(value, bytes):
        raise IndexError
    return value
