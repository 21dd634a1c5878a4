"""Shortens the SVG that matplotlib writes: the same picture with two decimals."""

import re
from collections import Counter
from functools import lru_cache
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
_RULE = re.compile(r"""<defs>\s*<style type="text/css">\*\{([^}]*)\}</style>\s*</defs>\s*<g """)
_PATH = re.compile(r"""<path (d="[^"]{99,}")((?: (?:clip-path|style)="[^"]*")*)/>""")
_USES = re.compile(r"""<g((?: clip-path="[^"]*")?)>\n((?:<use [^>]*>\n){2,})</g>""")
_STYLE = re.compile(r""" style="[^"]*"(?=/>)""")


def compact(svg: str) -> str:
    """The same picture with two decimals, paths of relative steps, no comments, no indents."""
    head, mark, body = svg.partition(METADATA)
    body = _OUTLINE.sub(lambda path: _relative(path[0]), _NOISE.sub("", body))
    body = _inherited(_NUMBER.sub(_rounded, body))
    return head + mark + _repeated(_plain_markers(body))


def _rounded(match: re.Match[str]) -> str:
    return match[0] if match[1] is None else _decimal(round(100 * float(match[1])))


@lru_cache(10_000)
def _decimal(hundredths: int) -> str:
    """A number of hundredths as short as XML takes it."""
    whole, part = divmod(abs(hundredths), 100)
    digits = f".{part:02d}".rstrip("0") if part else ""
    return "-" * (hundredths < 0) + (str(whole) if whole or not digits else "") + digits


@lru_cache(500)  # those of letters come again in every picture
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


def _inherited(body: str) -> str:
    """What the rule for every element says, as properties of the whole picture.

    A rule would be of every picture in a page, and beat what a use of a marker says of its corners.
    """
    return _RULE.sub(lambda rule: f'<g style="{rule[1]}" ', body, count=1)


def _repeated(body: str) -> str:
    """Long paths that come again, as letters with a halo do, and styles of markers, once."""
    counts = Counter(match[1] for match in _PATH.finditer(body))
    names: dict[str, str] = {}

    def use(match: re.Match[str]) -> str:
        outline, more = match.groups()
        if counts[outline] == 1:
            return match[0]
        before = ""
        if outline not in names:
            names[outline] = f"s{sha256(outline.encode()).hexdigest()[:10]}"
            before = f'<defs><path id="{names[outline]}" {outline}/></defs>\n'
        return f'{before}<use xlink:href="#{names[outline]}"{more}/>'

    return _USES.sub(_one_style, _PATH.sub(use, body))


def _one_style(group: re.Match[str]) -> str:
    """Markers that look alike: their group has their style."""
    styles = set(_STYLE.findall(group[2]))
    if len(styles) != 1 or len(_STYLE.findall(group[2])) != group[2].count("<use "):
        return group[0]
    return f"<g{group[1]}{styles.pop()}>\n{_STYLE.sub('', group[2])}</g>"
