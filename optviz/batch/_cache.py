"""What was drawn before, by a sum over its words and the versions that decide pixels."""

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

_FORM = 2  # of the entries; another number forgets them all
_MOST = 2 * 2**30  # bytes that are kept
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


def key(words: dict[str, Any], versions: dict[str, str]) -> str:
    """The name of a figure in the cache: a sum over all that decides its pixels."""
    spelled = json.dumps([_FORM, words, versions, sys.platform], sort_keys=True)
    return sha256(spelled.encode()).hexdigest()


def total(data: bytes) -> str:
    """The sum by which contents are compared."""
    return sha256(data).hexdigest()


class Kept(NamedTuple):
    """What is known of a figure that was drawn: the sums of its formats, and what it shows."""

    sums: dict[str, str]
    said: dict[str, str]
    runs: list[dict[str, Any]]
    alt: str


class Cache:
    """A folder of figures that were drawn; every file in it is whole, or not taken for one.

    What cannot be written, as on a full disk, is not kept; `remark` is called once with a sentence.
    A folder that can only be read is read.
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

    def find(self, key: str) -> Kept | None:
        """What is known under the key, None where there is nothing or it is damaged."""
        path = self._place(key, "json")
        try:
            description = _unsealed(key, path.read_bytes())
        except OSError:
            return None
        with suppress(OSError):
            os.utime(path)  # for `prune`
        return None if description is None else Kept(**json.loads(description))

    def data(self, key: str, kept: Kept, form: str) -> bytes | None:
        """The bytes of one format, None where they are gone or damaged."""
        try:
            data = self._place(key, form).read_bytes()
        except OSError:
            return None
        return data if total(data) == kept.sums.get(form) else None

    def keep(self, key: str, result: Result, before: Kept | None) -> None:
        """Adds what was drawn to what is there, if it can be written."""
        if not self.writable:
            return
        try:
            self._keep(key, result, before)
        except WorldError as error:
            self._give_up(error)

    def _give_up(self, error: WorldError) -> None:
        self.writable = False
        self.remark(f"{error}; what is drawn is not kept for the next time")

    def _keep(self, key: str, result: Result, before: Kept | None) -> None:
        with files.telling("write the cache", str(self.folder)):
            self._place(key, "").parent.mkdir(exist_ok=True)
        for form, data in result["data"].items():
            self._write(key, form, data)
        sums = {form: total(data) for form, data in result["data"].items()}
        old = before or Kept({}, {}, [], "")
        kept = Kept(old.sums | sums, old.said | result["remarks"], result["runs"], result["alt"])
        self._write(key, "json", _sealed(key, kept))  # last: now it counts

    def prune(self) -> None:
        """Removes what was not used for longest, until the folder is within its limit.

        What a killed batch has left goes whatever the limit.
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

    def _place(self, key: str, form: str) -> Path:
        return self.folder / key[:2] / f"{key[2:]}.{form}"

    def _write(self, key: str, form: str, data: bytes) -> None:
        with files.writing(str(self._place(key, form)), binary=True) as stream:
            stream.write(data)


def _sealed(key: str, kept: Kept) -> bytes:
    """A description with the sum of it and of its key, as a bit may turn on any disk."""
    body = json.dumps(kept._asdict()).encode()
    return f"{total(key.encode() + body)}\n".encode() + body


def _unsealed(key: str, content: bytes) -> bytes | None:
    """The description, None where its sum is another's."""
    seal, _, body = content.partition(b"\n")
    return body if seal == total(key.encode() + body).encode() else None
