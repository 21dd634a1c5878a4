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
from optviz.records._format import PARTS, Format, Run, rows
from optviz.records._plain import describe, rebuild
from optviz.trajectory import Trajectory

_NDIM = {"x": 3, "f": 2, "grad": 3, "rate": 3}


class Npz(Format):
    """What `numpy.load` opens: x (runs, steps+1, dim), f (runs, steps+1), grad, rate and meta.

    `meta` is JSON text: a list with an object for each run, the line of jsonl without its arrays.
    """

    suffix = ".npz"
    binary = True
    says = "NumPy arrays x, f, grad, rate of all runs, with meta as JSON text"
    opens = (b"PK",)

    def write(self, stream: IO[Any], runs: Iterable[Run], every: int = 1) -> None:
        """All runs as one set of arrays. Raises `Unfit` unless they have one dim and steps."""
        done = list(rows(runs, every))
        shapes = sorted({row.x.shape for row in done})
        if len(shapes) != 1:
            found = " and ".join(f"{n - 1} steps in {dim} dimensions" for n, _, dim in shapes)
            said = f"npz holds runs of one size only, not {found or 'none'}; jsonl holds any"
            raise Unfit(said)
        buffer = BytesIO()  # a zip written straight into a pipe has other bytes than in a file
        with ZipFile(buffer, "w") as archive:
            for part in PARTS:
                _put(archive, part, np.stack([getattr(row, part)[:, 0] for row in done]))
            _put(archive, "meta", np.array(json.dumps([describe(row) for row in done])))
        stream.write(buffer.getbuffer())

    def read(self, data: bytes, name: str) -> list[Trajectory]:
        """The runs, in order. Raises `BadFile`; pickled objects are refused."""
        try:
            with ZipFile(BytesIO(data)) as archive:
                found = {part: take(archive, part) for part in (*PARTS, "meta")}
        except Exception as error:  # zipfile, zlib, tokenize, json: each has its own for bad bytes
            raise BadFile(name, f"no npz file that can be read: {error}") from None
        try:
            return _runs(found)
        except BadValue as error:
            raise BadFile(name, str(error)) from None


def _put(archive: ZipFile, part: str, array: np.ndarray[Any, Any]) -> None:
    member = ZipInfo(f"{part}.npy")  # dated 1980; not compressed, as zlibs differ
    member.create_system = 3
    with archive.open(member, "w", force_zip64=True) as stream:
        npy.write_array(stream, array, allow_pickle=False)


def take(archive: ZipFile, part: str) -> Any:
    """The array of that name, of `meta` what its JSON says; None where there is none."""
    if f"{part}.npy" not in archive.namelist():
        return None
    with archive.open(f"{part}.npy") as stream:
        array = npy.read_array(stream, allow_pickle=False)
    return json.loads(str(array)) if part == "meta" else array


def _numbers(part: str, array: np.ndarray[Any, Any]) -> Array:
    if array.ndim != _NDIM[part] or array.dtype.kind not in "fiu":
        given = f"an array of {array.dtype} with {array.ndim} axes"
        raise BadValue(part, given, f"one of numbers with {_NDIM[part]} axes is wanted")
    return array.astype(np.float64)


def _runs(found: dict[str, Any]) -> list[Trajectory]:
    arrays = {part: _numbers(part, found[part]) for part in PARTS if found[part] is not None}
    sizes = {len(array) for array in arrays.values()}
    count = sizes.pop() if sizes else 0
    meta = found["meta"] if found["meta"] is not None else [{}] * count
    if sizes:
        raise BadValue("x", f"{count} runs", f"but others of the arrays have {sizes.pop()}")
    if not isinstance(meta, list) or len(meta) != count or not all(type(m) is dict for m in meta):
        raise BadValue("meta", json.dumps(meta)[:60], f"a list of {count} objects is wanted")
    return [
        rebuild(known, *(arrays[part][i] if part in arrays else None for part in PARTS))
        for i, known in enumerate(meta)
    ]
