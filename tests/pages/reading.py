"""What a PDF page shows as text: its characters with their ink, one line or formula at a time."""

import ctypes
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

Array = np.ndarray[Any, Any]

# A string, or an operator that begins or ends a text, or one that shows some of its characters.
_TOKEN = re.compile(rb"\((?:[^\\()]|\\.)*\)|(?<![\w/])(?:BT|ET|Tj|TJ)(?!\w)", re.S)
_FORMULA = re.compile(r"(\w{6}\+)?+(cm|dejavusansdisplay|stix)", re.I)  # fonts of mathtext


class Character(NamedTuple):
    """A character, its ink (left, bottom, right, top) in points, its font and size in points."""

    text: str
    ink: tuple[float, float, float, float]
    font: str
    size: float
    turned: bool
    baseline: float


@dataclass(frozen=True)
class Line:
    """What one text block of the page holds: a line of words, or a formula."""

    characters: tuple[Character, ...]

    def __str__(self) -> str:
        left, bottom, right, top = self.box
        words = "".join(character.text for character in self.characters)
        return f"“{words}” at x {left:.1f}–{right:.1f}, y {bottom:.1f}–{top:.1f} pt"

    @cached_property
    def inks(self) -> Array:
        """The ink of each character: (n, 4)."""
        return np.array([character.ink for character in self.characters])

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """The ink of all of it."""
        low, high = self.inks[:, :2].min(axis=0), self.inks[:, 2:].max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])

    @property
    def size(self) -> float:
        """That of its largest letters; smaller ones are indices."""
        return max(character.size for character in self.characters)

    @property
    def is_formula(self) -> bool:
        """Whether it is set as mathematics: in such a font, or in several sizes."""
        sizes = [character.size for character in self.characters]
        named = any(_FORMULA.match(character.font) for character in self.characters)
        return named or min(sizes) < 0.95 * max(sizes)

    @property
    def is_bold(self) -> bool:
        return any("bold" in character.font.lower() for character in self.characters)

    @property
    def baseline(self) -> float:
        """That of its first letters of full size."""
        return next(c.baseline for c in self.characters if c.size >= 0.95 * self.size)


def read(pdf: bytes) -> tuple[tuple[float, float], list[Line]]:
    """The size of the only page in points, and its lines in drawing order.

    The page is as matplotlib writes it without compression: each text is a block BT … ET.
    """
    document = pdfium.PdfDocument(pdf)
    page = document[0]
    blocks = _blocks(pdf)
    objects = list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]))
    assert len(objects) == len(blocks), "each operator that shows text is one object of the page"
    block_of = {_address(o.raw): block for o, block in zip(objects, blocks, strict=True)}
    lines: dict[int, list[Character]] = {}
    text = page.get_textpage()
    for i in range(text.count_chars()):
        if not raw.FPDFText_IsGenerated(text, i) and (found := _character(text, i)):
            block = block_of[_address(raw.FPDFText_GetTextObject(text, i))]
            lines.setdefault(block, []).append(found)
    size = page.get_size()
    document.close()
    return size, [Line(tuple(lines[block])) for block in sorted(lines)]


def _blocks(pdf: bytes) -> list[int]:
    """For each operator that shows text, the number of its block."""
    number = re.search(rb"/Contents (\d+) 0 R", pdf)
    assert number
    start = re.search(rb"\n%s 0 obj\n.*?stream\n" % number[1], pdf, re.S)
    assert start
    content = pdf[start.end() : pdf.index(b"\nendstream", start.end())]
    block, found = 0, []
    for token in _TOKEN.findall(content):
        if token == b"BT":
            block += 1
        elif token in (b"Tj", b"TJ"):
            found.append(block)
    return found


def _address(handle: Any) -> int | None:
    return ctypes.cast(handle, ctypes.c_void_p).value


def _character(text: Any, i: int) -> Character | None:
    """The i-th character, None if it has no ink."""
    ink = text.get_charbox(i)
    sign = chr(raw.FPDFText_GetUnicode(text, i))
    if sign.isspace() or ink[2] - ink[0] <= 0 or ink[3] - ink[1] <= 0:
        return None
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetMatrix(text, i, matrix)
    raw.FPDFText_GetCharOrigin(text, i, x, y)
    name = ctypes.create_string_buffer(120)
    raw.FPDFText_GetFontInfo(text, i, name, len(name), None)
    size = raw.FPDFText_GetFontSize(text, i) * float(np.hypot(matrix.c, matrix.d))
    turned = abs(matrix.b) > 1e-3 * abs(matrix.a)
    return Character(sign, ink, name.value.decode(errors="replace"), size, turned, y.value)
