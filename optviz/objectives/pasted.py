"""Signs that come along with what is copied from pages and PDFs: `½`, `𝑥`, `⋅`, wide letters."""

import re
import unicodedata
from functools import lru_cache

from optviz.objectives.source import Rewriter, Source
from optviz.text.letters import GREEK, digits

_SIGNS = {
    **dict.fromkeys("‐‑‒—﹣⁃", "-"),
    **dict.fromkeys("∗∙•⨯⁎", "*"),
    **dict.fromkeys("÷∕", "/"),
    **dict.fromkeys("\u200b\u2060\u2061\u2062\u2063\ufeff\u200e\u200f\u00ad", " "),  # not seen
    "≔": "=",
}
_READ = frozenset({"<font>", "<wide>", "<fraction>", "<compat>", "<narrow>"})  # not raised, lowered
_RATIO = re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,20})⁄([₀₁₂₃₄₅₆₇₈₉]{1,20})")
_ALONE = re.compile(r"\d+(?:\.\d+)?|[^\W\d](?:_?\d+|[₀₁₂₃₄₅₆₇₈₉]+)?")
_TURNED = re.compile(r"([^\W\d])([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,20})([₀₁₂₃₄₅₆₇₈₉]{1,20})")


def plain(source: Source) -> Source:
    """The source with each such sign as the plain one: `½x` is `1⁄2x`, which is one number."""
    text = source.text
    if text.isascii():
        return source
    out, at = Rewriter(source), 0
    while at < len(text):
        if ratio := _RATIO.match(text, at):
            out.put(_apart(out, digits(ratio.group())), at)
            at = ratio.end()
            continue
        if text[at] == "√":
            at = _root(out, text, at)
            continue
        if turned := _TURNED.match(text, at):  # x²₁
            out.put(_sign(turned[1]), at)
            out.keep(*turned.span(3))
            out.keep(*turned.span(2))
            at = turned.end()
            continue
        sign = _sign(text[at])
        out.put(_apart(out, sign) if len(sign) > 1 else sign, at)
        at += 1
    return out.made()


def _root(out: Rewriter, text: str, at: int) -> int:
    """`√2x` is √2·x: the root of the number or the name after the sign, unless in brackets."""
    out.put(" sqrt" if out.last.isalnum() else "sqrt", at)
    if not (alone := _ALONE.match(text, at + 1)):
        return at + 1
    out.put("(", at)
    out.keep(*alone.span())
    out.put(")", alone.end() - 1)
    return alone.end()


def _apart(out: Rewriter, ratio: str) -> str:
    """The ratio after a blank where a number stands before it: 2½ is no 21⁄2."""
    return f" {ratio}" if out.last.isdigit() else ratio


@lru_cache(4096)
def _sign(ch: str) -> str:
    if ch.isascii() or ch in GREEK:
        return ch
    if ch in _SIGNS:
        return _SIGNS[ch]
    form = unicodedata.normalize("NFKC", ch)
    tag = unicodedata.decomposition(ch).partition(" ")[0]
    known = all(letter.isascii() or letter in GREEK or letter == "⁄" for letter in form)
    single = (tag in _READ and len(form) == 1) or "⁄" in form or form in GREEK
    return form if known and single and form.isprintable() else ch
