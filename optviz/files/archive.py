"""The arrays of an npz or npy file, each checked before it is unpacked; nothing pickled is loaded.

A zip archive states the size of each member, and each member the size of its array. Both are first
compared with the limits and with each other, and no more is unpacked than they state, so that
neither a bomb (4 MB that unpack to 16 GB) nor a false header fills the memory.
"""

import math
import warnings
from collections.abc import Collection
from io import BytesIO
from typing import IO, Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import numpy as np
from numpy.lib import format as npy

from optviz.errors import BadFile
from optviz.files import limits

_ENTRY = b"PK\x01\x02"  # opens each entry of the directory of a zip archive
_READERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
_HEADER = 4096  # bytes; NumPy's own are 128
_AXES = 3  # of an array
_KINDS = "fiuU"  # numbers, and the text of `meta`

Named = np.ndarray[Any, Any]


def names(content: bytes, path: str) -> list[str]:
    """The names of the arrays. Raises `BadFile`."""
    with _opened(content, path) as archive:
        return [name.removesuffix(".npy") for name in archive.namelist()]


def arrays(
    content: bytes, path: str, chosen: Collection[str] | None = None, extent: int = limits.DATA
) -> dict[str, Named]:
    """The arrays in `chosen` that exist, or all, by name. Raises `BadFile`.

    `extent` is the largest number of entries along one axis.
    """
    with _opened(content, path) as archive:
        members = {info.filename.removesuffix(".npy"): info for info in archive.infolist()}
        if chosen is not None:
            members = {name: info for name, info in members.items() if name in chosen}
        layouts = {name: _layout(archive, info, path, extent) for name, info in members.items()}
        size = sum(info.file_size for info in members.values())
        if size > limits.DATA:
            raise BadFile(path, f"unpacks to {size >> 20} MB; at most {limits.DATA >> 20} are read")
        return {name: _unpacked(archive, members[name], path, layouts[name]) for name in members}


def _opened(content: bytes, path: str) -> ZipFile:
    if content.startswith(npy.MAGIC_PREFIX):
        raise BadFile(path, "a single array; an npz archive is wanted")
    if content.count(_ENTRY) > limits.MEMBERS:
        raise BadFile(path, f"more than {limits.MEMBERS} arrays")
    try:
        return ZipFile(BytesIO(content))
    except Exception as error:  # zipfile raises a dozen kinds at a broken archive
        raise _unreadable(path, error) from None


def single(content: bytes, path: str, extent: int = limits.DATA) -> Named:
    """The array of an npy file. Raises `BadFile`; `extent` is as for `arrays`."""
    try:
        layout = _header(BytesIO(content))
    except Exception as error:  # tokenize, struct: each has its own for bad bytes
        raise _unreadable(path, error, "npy") from None
    _refuse_type(path, "the array", layout.dtype)
    _refuse_shape(path, "the array", layout.shape, extent)
    if layout.start + layout.size != len(content):
        actual = len(content) - layout.start
        raise BadFile(path, f"has {actual} bytes, its header tells of {layout.size}")
    flat = np.frombuffer(content, layout.dtype, offset=layout.start)
    return flat.reshape(layout.shape, order="F" if layout.fortran else "C")


class Layout(NamedTuple):
    """Where the numbers of a member begin, and how they are arranged."""

    start: int
    shape: tuple[int, ...]
    fortran: bool
    dtype: np.dtype[Any]

    @property
    def size(self) -> int:
        """In bytes."""
        return math.prod(self.shape) * self.dtype.itemsize


def _layout(archive: ZipFile, info: ZipInfo, path: str, extent: int) -> Layout:
    """The layout in the header of a member. Raises `BadFile` if it is impossible or too large."""
    name = info.filename.removesuffix(".npy")
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):  # others unpack a whole block at once
        raise BadFile(path, f"{name} is packed otherwise than NumPy packs")
    try:
        with archive.open(info) as stream:
            layout = _header(stream)
    except Exception as error:  # zlib, tokenize, struct: each has its own for bad bytes
        raise _unreadable(path, error) from None
    _refuse_type(path, name, layout.dtype)
    _refuse_shape(path, name, layout.shape, extent)
    if layout.start + layout.size != info.file_size:
        actual = info.file_size - layout.start
        raise BadFile(path, f"{name} has {actual} bytes, its header tells of {layout.size}")
    return layout


def _unpacked(archive: ZipFile, info: ZipInfo, path: str, layout: Layout) -> Named:
    try:
        with archive.open(info) as stream:
            content = stream.read(info.file_size)
        flat = np.frombuffer(content, layout.dtype, offset=layout.start) if layout.size else None
    except Exception as error:
        raise _unreadable(path, error) from None
    flat = np.empty(0, layout.dtype) if flat is None else flat
    return flat.reshape(layout.shape, order="F" if layout.fortran else "C")


def _header(stream: IO[bytes]) -> Layout:
    """The header of a member. Raises `ValueError` and what NumPy raises."""
    head = BytesIO(stream.read(_HEADER))
    version = npy.read_magic(head)
    if version not in _READERS:
        raise ValueError(f"version {version} of the format")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd escapes: a header is Python source
        shape, fortran, dtype = _READERS[version](head)
    return Layout(head.tell(), shape, fortran, dtype)


def _refuse_type(path: str, name: str, dtype: np.dtype[Any]) -> None:
    if dtype.hasobject:
        raise BadFile(path, f"{name} holds pickled objects, which are not loaded")
    if dtype.kind not in _KINDS or not dtype.itemsize or dtype.shape:
        raise BadFile(path, f"{name} holds {dtype}; real numbers are wanted")


def _refuse_shape(path: str, name: str, shape: tuple[int, ...], extent: int) -> None:
    size = " × ".join(map(str, shape))
    if len(shape) > _AXES or min(shape, default=0) < 0:
        raise BadFile(path, f"{name} has a shape of {size[:60]}; at most {_AXES} axes are wanted")
    if max(shape, default=0) > extent or math.prod(max(n, 1) for n in shape) > limits.DATA:
        raise BadFile(path, f"{name} is {size[:60]}; at most {extent} along an axis are read")


def _unreadable(path: str, error: Exception, kind: str = "npz") -> BadFile:
    reason = str(error) or type(error).__name__
    return BadFile(path, f"no {kind} file that can be read: {reason[:1].lower()}{reason[1:200]}")
