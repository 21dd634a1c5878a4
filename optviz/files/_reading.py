"""The bytes and the text of a file, within limits."""

import errno
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from optviz.errors import BadFile
from optviz.files import limits, watching
from optviz.files._paths import display_name, status, telling

_CHUNK = 2**20  # bytes


def reading(path: str, most: int = limits.DATA) -> bytes:
    """All bytes of the file `path`, or of standard input for `-`.

    Every file that users name is read here. Raises `WorldError`, and `BadFile` beyond `most` bytes:
    a pipe or a device may never end.
    """
    name = display_name(path)
    watching.note(path)
    with telling("read", name):
        if path == "-":
            if sys.stdin is None:
                raise OSError(errno.EBADF, "it is closed")
            return _bounded(name, sys.stdin.buffer, most)
        state = status(path)  # refuses an impossible name
        if state and stat.S_ISREG(state.st_mode) and state.st_size > most:
            raise _too_large(name, most)
        with Path(path).open("rb") as stream:
            return _bounded(name, stream, most)


def _bounded(name: str, stream: IO[bytes], most: int) -> bytes:
    """All bytes of a stream, in chunks: one `read` of `most` bytes would reserve that memory."""
    content = bytearray()
    while chunk := stream.read(_CHUNK):
        content += chunk
        if len(content) > most:
            raise _too_large(name, most)
    return bytes(content)


def _too_large(name: str, most: int) -> BadFile:
    return BadFile(name, f"larger than {most / limits.MB:g} MB; nothing so large is read here")


def decoded(content: bytes, path: str) -> str:
    """The text of the file `path`, in UTF-8 or what a byte order mark says. Raises `BadFile`."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))  # as PowerShell redirects
    try:
        return content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{content[error.start]:02x} is not {'UTF-16' if marked else 'UTF-8'}"
        raise BadFile(path, message if marked else f"{message}; {_advice(content)}", line) from None


def _advice(content: bytes) -> str:
    """How to convert a text that is not UTF-8: Korean if that gives Hangul alone, else Western."""
    import re

    letters = b"".join(re.findall(rb"[\x80-\xff]+", content[:_CHUNK]))
    guess = "cp1252" if re.search(rb"[\x80-\x9f]", letters) else "latin1"
    with suppress(UnicodeDecodeError):
        if all("가" <= letter <= "힣" for letter in letters.decode("euc_kr")):
            guess = "cp949"
    return f"if it is {guess}, convert it: iconv -f {guess} -t utf-8 OLD > NEW"
