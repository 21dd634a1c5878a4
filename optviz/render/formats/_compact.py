"""Shortens the SVG that matplotlib writes: the same picture with two decimals."""

import re
from hashlib import sha256

METADATA = "</metadata>"  # of words, which stay as they are; the picture follows

_NOISE = re.compile(r"\s*<!--.*?-->|(?<=\n) +| (?=\n)", re.S)  # comments, indents
_NUMBER = re.compile(r"(?:scale|matrix)\([^)]*\)|(-?\d+\.\d{3,})")  # scales keep their digits
_OUTLINE = re.compile(r"""(?<=\sd=")[^"]*""")
_SEGMENT = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_MARKER = re.compile(
    r"""<defs>\s*<path id="(m[0-9a-f]{10})" (d="[^"]*")(?: style="[^"]*")?/>\s*</defs>\s*"""
)
_USE = re.compile(r"""(?<=href="#)m[0-9a-f]{10}""")


def compact(svg: str) -> str:
    """The same picture with two decimals, paths of relative steps, no comments, no indents."""
    head, mark, body = svg.partition(METADATA)
    body = _OUTLINE.sub(lambda path: _relative(path[0]), _NOISE.sub("", body))
    return head + mark + _plain_markers(_NUMBER.sub(_rounded, body))


def _rounded(match: re.Match[str]) -> str:
    return match[0] if match[1] is None else _decimal(round(100 * float(match[1])))


def _decimal(hundredths: int) -> str:
    """A number of hundredths as short as XML takes it."""
    whole, part = divmod(abs(hundredths), 100)
    digits = f".{part:02d}".rstrip("0") if part else ""
    return "-" * (hundredths < 0) + (str(whole) if whole or not digits else "") + (digits)


def _relative(outline: str) -> str:
    """A path of the commands M, L, Q, C and z with each point as a step from where the pen is."""
    parts, pen, start = [], (0, 0), (0, 0)
    for command, text in _SEGMENT.findall(outline):
        values = [round(100 * float(number)) for number in text.split()]
        if command == "M":
            pen = start = values[0], values[1]
            parts.append("M" + _row(values))
        elif command == "z":
            pen = start
            parts.append("z")
        else:
            steps = [value - pen[i % 2] for i, value in enumerate(values)]
            pen = values[-2], values[-1]
            parts.append(_line(*steps) if command == "L" else command.lower() + _row(steps))
    return "".join(parts)


def _line(dx: int, dy: int) -> str:
    if dx and dy:
        return "l" + _row([dx, dy])
    return "h" + _decimal(dx) if dx or not dy else "v" + _decimal(dy)


def _row(values: list[int]) -> str:
    return re.sub(" (?=-)", "", " ".join(map(_decimal, values)))


def _plain_markers(body: str) -> str:
    """Each shape of a marker once, whatever its colours, which every use of it has too."""
    names: dict[str, str] = {}

    def plain(match: re.Match[str]) -> str:
        name = f"m{sha256(match[2].encode()).hexdigest()[:10]}"
        repeated = name in names.values()
        names[match[1]] = name
        return "" if repeated else f'<defs><path id="{name}" {match[2]}/></defs>\n'

    body = _MARKER.sub(plain, body)
    return _USE.sub(lambda use: names.get(use[0], use[0]), body)
