"""What was drawn before, by a sum over its words and the versions that decide pixels."""

import json
import os
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from optviz import atomic, files
from optviz.batch._work import Result
from optviz.errors import WorldError

_FORM = 1  # of the entries; another number forgets them all
_MOST = 2 * 2**30  # bytes that are kept


def usual() -> Path:
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
    """A folder of figures that were drawn; every file in it is whole, or not taken for one."""

    def __init__(self, folder: Path) -> None:
        """Raises `WorldError` where the folder cannot be made or written."""
        self.folder = folder
        with files.telling("make the cache", str(folder)):
            folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise WorldError("write the cache", str(folder), "permission denied")

    def find(self, key: str) -> Kept | None:
        """What is known under the key, None where there is nothing or it is damaged."""
        path = self._place(key, "json")
        try:
            kept = Kept(**json.loads(path.read_bytes()))
            os.utime(path)  # for `prune`
        except (OSError, ValueError, TypeError):
            return None
        return kept if isinstance(kept.sums, dict) else None

    def data(self, key: str, kept: Kept, form: str) -> bytes | None:
        """The bytes of one format, None where they are gone or damaged."""
        try:
            data = self._place(key, form).read_bytes()
        except OSError:
            return None
        return data if total(data) == kept.sums.get(form) else None

    def keep(self, key: str, result: Result, before: Kept | None) -> None:
        """Adds what was drawn to what is there. Raises `WorldError`."""
        self._place(key, "").parent.mkdir(exist_ok=True)
        for form, data in result["data"].items():
            self._write(key, form, data)
        sums = {form: total(data) for form, data in result["data"].items()}
        old = before or Kept({}, {}, [], "")
        kept = Kept(old.sums | sums, old.said | result["said"], result["runs"], result["alt"])
        self._write(key, "json", json.dumps(kept._asdict()).encode())  # last: now it counts

    def prune(self) -> None:
        """Removes what was not used for longest, until the folder is within its limit.

        What a killed batch has left goes whatever the limit.
        """
        for folder in self.folder.glob("??"):
            atomic.sweep(folder)
        entries = (path for path in self.folder.glob("??/*") if not path.name.startswith("."))
        found = [path for path in entries if path.is_file()]
        sizes = {path: path.stat().st_size for path in found}
        excess = sum(sizes.values()) - _MOST
        for path in sorted(found, key=lambda path: path.stat().st_mtime) if excess > 0 else ():
            path.unlink(missing_ok=True)
            excess -= sizes[path]
            if excess <= 0:
                break

    def _place(self, key: str, form: str) -> Path:
        return self.folder / key[:2] / f"{key[2:]}.{form}"

    def _write(self, key: str, form: str, data: bytes) -> None:
        with files.writing(str(self._place(key, form)), binary=True) as stream:
            stream.write(data)
