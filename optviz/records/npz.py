"""NumPy arrays of all runs in one file, the same bytes for the same runs."""

import json
from collections.abc import Iterable
from io import BytesIO
from typing import IO, Any
from zipfile import ZipFile, ZipInfo

import numpy as np
from numpy.lib import format as npy

from optviz.arrays import Array
from optviz.errors import BadFile, BadValue, Unfit
from optviz.files import archive, parse
from optviz.records._format import PARTS, Format, Run, rows
from optviz.records._metadata import describe, rebuild
from optviz.walks.trajectory import Trajectory

_NDIM = {"x": 3, "f": 2, "grad": 3, "rate": 3}


class Npz(Format):
    """What `numpy.load` opens: x (runs, steps+1, dim), f (runs, steps+1), grad, rate and meta.

    `meta` is JSON text: a list with an object for each run, the line of jsonl without its arrays.
    """

    suffix = ".npz"
    media_type = "application/octet-stream"
    binary = True
    says = "NumPy arrays x, f, grad, rate of all runs, with meta as JSON text"
    opening = b"PK"
    magic = (b"PK",)

    @classmethod
    def made(cls, data: bytes) -> bool:
        return super().made(data) and b"meta.npy" in data

    def write(self, stream: IO[Any], runs: Iterable[Run], every: int = 1) -> None:
        """All runs as one set of arrays. Raises `Unfit` unless they have one dim and steps."""
        done = list(rows(runs, every))
        shapes = sorted({row.x.shape for row in done})
        if len(shapes) != 1:
            sizes = " and ".join(f"{n - 1} steps in {dim} dimensions" for n, _, dim in shapes)
            raise Unfit(f"npz holds runs of one size only, not {sizes or 'none'}; jsonl holds any")
        buffer = BytesIO()  # a zip written straight into a pipe has other bytes than in a file
        with ZipFile(buffer, "w") as target:
            for part in PARTS:
                _put(target, part, np.stack([getattr(row, part)[:, 0] for row in done]))
            _put(target, "meta", np.array(json.dumps([describe(row) for row in done])))
        stream.write(buffer.getbuffer())

    def read(self, data: bytes, name: str) -> list[Trajectory]:
        """The runs, in order. Raises `BadFile`; pickled objects are refused."""
        arrays = archive.arrays(data, name, (*PARTS, "meta"))
        try:
            return _runs(arrays)
        except BadValue as error:
            raise BadFile(name, str(error)) from None


def _put(target: ZipFile, part: str, array: np.ndarray[Any, Any]) -> None:
    member = ZipInfo(f"{part}.npy")  # dated 1980; not compressed, as zlibs differ
    member.create_system = 3
    with target.open(member, "w", force_zip64=True) as stream:
        npy.write_array(stream, array, allow_pickle=False)


def _numbers(part: str, array: np.ndarray[Any, Any]) -> Array:
    if array.ndim != _NDIM[part] or array.dtype.kind not in "fiu":
        shown = f"an array of {array.dtype} with {array.ndim} axes"
        raise BadValue(part, shown, f"one of numbers with {_NDIM[part]} axes is wanted")
    return array.astype(np.float64)


def _runs(members: dict[str, Any]) -> list[Trajectory]:
    arrays = {part: _numbers(part, members[part]) for part in PARTS if part in members}
    sizes = {len(array) for array in arrays.values()}
    count = sizes.pop() if sizes else 0
    if sizes:
        raise BadValue("x", f"{count} runs", f"but others of the arrays have {sizes.pop()}")
    meta = _meta(members["meta"], count) if "meta" in members else [{}] * count
    return [
        rebuild(fields, *(arrays[part][i] if part in arrays else None for part in PARTS))
        for i, fields in enumerate(meta)
    ]


def _meta(array: np.ndarray[Any, Any], count: int) -> list[dict[str, Any]]:
    """The metadata of each run. Raises `BadValue`."""
    try:
        meta = parse.json_value(str(array))
    except parse.Malformed as error:
        raise BadValue("meta", "a text", f"{error.reason}; a list of objects is wanted") from None
    except ValueError:  # NumPy stores code points that are not in Unicode
        raise BadValue("meta", "no text", "a list of objects as JSON is wanted") from None
    if not isinstance(meta, list) or len(meta) != count or not all(type(m) is dict for m in meta):
        raise BadValue("meta", json.dumps(meta)[:60], f"a list of {count} objects is wanted")
    return meta
