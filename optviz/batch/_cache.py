"""A cache of drawn figures, keyed by their options and the versions that decide pixels."""

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from optviz import files
from optviz.batch._task import Result
from optviz.errors import WorldError
from optviz.files import atomic

_FORMAT = 3  # of the entries; with another number none is found
_MOST = 2 * 2**30  # bytes
Remark = Callable[[str], None]


def cache_folder() -> Path:
    """The folder of the cache under the user's cache directory."""
    if own := os.environ.get("XDG_CACHE_HOME"):
        return Path(own) / "optviz" / "batch"
    if sys.platform == "win32":
        home = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        return home / "optviz" / "Cache" / "batch"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "optviz" / "batch"
    return Path.home() / ".cache" / "optviz" / "batch"


def key(options: dict[str, Any], versions: dict[str, str]) -> str:
    """The name of a figure in the cache: a checksum of all that decides its pixels."""
    text = json.dumps([_FORMAT, options, versions, sys.platform], sort_keys=True)
    return sha256(text.encode()).hexdigest()


def checksum(data: bytes) -> str:
    """The SHA-256 by which contents are compared."""
    return sha256(data).hexdigest()


class CacheEntry(NamedTuple):
    """A drawn figure: checksums and remarks by format, final values, the picture in words."""

    checksums: dict[str, str]
    remarks: dict[str, str]
    runs: list[dict[str, Any]]
    alt: str


class Cache:
    """A folder of drawn figures; files that are damaged are treated as missing.

    If it cannot be written, as on a full disk, it is only read, and `remark` is called once with
    a sentence.
    """

    def __init__(self, folder: Path, remark: Remark = lambda _: None) -> None:
        self.folder, self.remark, self.writable = folder, remark, True
        try:
            with files.telling("make the cache", str(folder)):
                folder.mkdir(parents=True, exist_ok=True)
            if not os.access(folder, os.W_OK):
                raise WorldError("write the cache", str(folder), "permission denied")
        except WorldError as error:
            self._give_up(error)

    def find(self, key: str) -> CacheEntry | None:
        """The entry of the key, None if it is missing or damaged."""
        path = self._path(key, "json")
        try:
            description = _unsealed(key, path.read_bytes())
        except OSError:
            return None
        with suppress(OSError):
            os.utime(path)  # for `prune`
        return None if description is None else CacheEntry(**json.loads(description))

    def data(self, key: str, entry: CacheEntry, form: str) -> bytes | None:
        """The bytes of one format, None if they are missing or damaged."""
        try:
            data = self._path(key, form).read_bytes()
        except OSError:
            return None
        return data if checksum(data) == entry.checksums.get(form) else None

    def add(self, key: str, result: Result, before: CacheEntry | None) -> None:
        """Writes a result, with the other formats of the entry `before`, if it can be written."""
        if not self.writable:
            return
        try:
            self._add(key, result, before)
        except WorldError as error:
            self._give_up(error)

    def _give_up(self, error: WorldError) -> None:
        self.writable = False
        self.remark(f"{error}; what is drawn is not kept for the next time")

    def _add(self, key: str, result: Result, before: CacheEntry | None) -> None:
        with files.telling("write the cache", str(self.folder)):
            self._path(key, "").parent.mkdir(exist_ok=True)
        for form, data in result["data"].items():
            self._write(key, form, data)
        old = before or CacheEntry({}, {}, [], "")
        checksums = {form: checksum(data) for form, data in result["data"].items()}
        entry = CacheEntry(
            old.checksums | checksums,
            old.remarks | result["remarks"],
            result["runs"],
            result["alt"],
        )
        self._write(key, "json", _sealed(key, entry))  # last, as `find` looks for it

    def prune(self) -> None:
        """Removes the least recently used files until the folder is within its limit.

        Temporary files of a killed batch are removed in any case.
        """
        for folder in self.folder.glob("??"):
            atomic.sweep(folder)
        states = {}
        for path in self.folder.glob("??/*"):
            with suppress(OSError):  # another batch may remove it
                if path.is_file() and not path.name.startswith("."):
                    states[path] = path.stat()
        excess = sum(state.st_size for state in states.values()) - _MOST
        for path, state in sorted(states.items(), key=lambda item: item[1].st_mtime):
            if excess <= 0:
                break
            with suppress(OSError):
                path.unlink(missing_ok=True)
                excess -= state.st_size

    def _path(self, key: str, form: str) -> Path:
        return self.folder / key[:2] / f"{key[2:]}.{form}"

    def _write(self, key: str, form: str, data: bytes) -> None:
        with files.writing(str(self._path(key, form)), binary=True) as stream:
            stream.write(data)


def _sealed(key: str, entry: CacheEntry) -> bytes:
    """An entry after the checksum of it and of its key, because disks damage files."""
    body = json.dumps(entry._asdict()).encode()
    return f"{checksum(key.encode() + body)}\n".encode() + body


def _unsealed(key: str, content: bytes) -> bytes | None:
    """The entry, None if the checksum is not its own."""
    seal, _, body = content.partition(b"\n")
    return body if seal == checksum(key.encode() + body).encode() else None
