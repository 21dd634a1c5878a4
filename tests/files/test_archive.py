"""Archives of arrays from anywhere: looked at before they are unpacked, and never more unpacked."""

import io
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz import objectives, records
from optviz.errors import BadFile
from optviz.files import archive, limits
from optviz.gradients import log

SMALL = 8 * 2**20  # bytes: what looking at a bad archive may take at most


def header(shape: str, kind: str = "<f8", version: bytes = b"\1\0") -> bytes:
    text = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}".encode()
    text += b" " * (-(len(text) + 11) % 64) + b"\n"
    return b"\x93NUMPY" + version + struct.pack("<H", len(text)) + text


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as target:
        for name, content in members.items():
            target.writestr(f"{name}.npy", content)
    return stream.getvalue()


def bomb(name: str = "x", size: int = 2**30, shape: str = "") -> bytes:
    """A member that unpacks to `size` bytes, made of one packed megabyte again and again."""
    head = header(shape or f"(1, {size // 8}, 1)")
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    body += block * (size >> 20) + packer.flush()
    return _one_member(name, body, len(head) + size)


def _one_member(name: str, body: bytes, claimed: int) -> bytes:
    """A zip archive of one member whose directory claims a size, by the format's own tables."""
    path = f"{name}.npy".encode()
    sizes = struct.pack("<III", 0, len(body), claimed)
    common = struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes + struct.pack("<HH", len(path), 0)
    local = b"PK\3\4" + common + path
    entry = b"PK\1\2" + struct.pack("<H", 20) + common + bytes(2 + 2 + 2 + 4 + 4) + path
    end = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), len(local) + len(body), 0)
    return local + body + entry + b"PK\5\6" + end


@pytest.fixture
def measured() -> Iterator[None]:
    """Fails where a test claims more memory than looking takes."""
    tracemalloc.start()
    yield
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < SMALL


LIES = {
    "a directory that claims little": _one_member("x", zlib.compress(bytes(2**24))[2:-4], 200),
    "a header that claims much": zipped({"x": header("(1, 10000000, 1)")}),
    "a header that claims little": bomb(shape="(1, 2, 1)"),
    "a header that claims more than there are numbers": zipped({"x": header("(2**70, 1, 1)")}),
    "an empty array without end": zipped({"x": header(f"(0, {10**15}, 1)")}),
    "axes below zero": zipped({"x": header("(-1, -8, 1)") + bytes(64)}),
    "letters of no size": zipped({"x": header("(1, 9, 1)", "<U0")}),
    "fields": zipped({"x": header("(1, 1, 1)", "<f8,<f8") + bytes(16)}),
    "a header in brackets": zipped({"x": header("(" * 5000)}),
    "an odd escape": zipped({"x": header(r"'\d'")}),
    "another packing": zipped({"x": header("(1, 2, 1)") + bytes(16)}, zipfile.ZIP_BZIP2),
    "a later version": zipped({"x": header("(1, 2, 1)", version=b"\3\0") + bytes(16)}),
}


@pytest.mark.parametrize("reason", LIES)
@pytest.mark.usefixtures("measured")
def test_an_archive_that_lies_is_refused_without_unpacking(reason: str) -> None:
    with pytest.raises(BadFile) as caught:
        archive.arrays(LIES[reason], "a.npz")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("part", ["x", "f", "grad", "rate", "meta"])
@pytest.mark.usefixtures("measured")
def test_trajectories_that_unpack_to_a_gigabyte_are_refused(part: str) -> None:
    with pytest.raises(BadFile, match="unpacks to 1024 MB; at most 256 are read"):
        records.read(bomb(part), "a.npz")


@pytest.mark.usefixtures("measured")
def test_so_are_gradients_and_objectives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.npz").write_bytes(bomb("grad"))
    with pytest.raises(BadFile, match="unpacks to"):
        records.gradients(log.read("log(a.npz)"))
    (tmp_path / "a.npz").write_bytes(bomb("Q"))
    with pytest.raises(BadFile, match="at most 1000 along an axis are read"):
        objectives.read("@a.npz")


@pytest.mark.usefixtures("measured")
def test_an_objective_has_a_largest_dimension_that_its_header_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.npz").write_bytes(bomb("Q", 8 * 6000**2 >> 20 << 20, "(6000, 6000)"))
    with pytest.raises(BadFile, match="Q is 6000 × 6000; at most 1000 along an axis are read"):
        objectives.read("@a.npz")


def test_members_are_counted_before_they_are_listed() -> None:
    many = zipped({f"a{i}": b"" for i in range(limits.MEMBERS + 1)})
    with pytest.raises(BadFile, match="more than 1000 arrays"):
        archive.names(many, "a.npz")


def test_what_numpy_saves_is_read_in_either_order_and_packing() -> None:
    kept = {
        "x": np.arange(24, dtype=np.float32).reshape(2, 3, 4),
        "f": np.asfortranarray(np.eye(3)),
        "big": np.arange(3, dtype=">i8"),
        "none": np.empty((2, 0)),
        "text": np.array("{}"),
        "one": np.array(7.0),
    }
    for save in (np.savez, np.savez_compressed):
        stream = io.BytesIO()
        save(stream, **kept)
        found = archive.arrays(stream.getvalue(), "a.npz")
        assert found.keys() == kept.keys()
        for name, array in kept.items():
            assert found[name].dtype == array.dtype
            assert np.array_equal(found[name], array)


@given(st.data())
def test_no_damage_makes_anything_but_a_sentence(data: st.DataObject) -> None:
    whole = bytearray(zipped({"x": header("(1, 2, 1)") + bytes(16), "meta": header("()", "<U2")}))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        records.read(bytes(whole[: data.draw(st.integers(0, len(whole)))]), "a.npz")
    except BadFile as error:
        assert "\n" not in str(error)
