"""Text without characters that would act on a terminal instead of being shown in it."""

import re

REPLACEMENT = "�"  # stands for each of them, so that columns and carets stay where they are
# C0 and C1 controls, DEL, line and paragraph separators, bidirectional overrides and isolates,
# and lone surrogates, by which Python represents bytes of a path that are not text.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str, lines: bool = False) -> str:
    """The text with each unprintable character replaced; `lines` keeps line breaks."""
    return _UNPRINTABLE.sub(lambda match: "\n" if lines and match[0] == "\n" else REPLACEMENT, text)


def first_unprintable(text: str) -> str:
    """The first unprintable character of the text, "" if there is none."""
    match = _UNPRINTABLE.search(text)
    return match[0] if match else ""


def escaped_json(json: str) -> str:
    r"""The same JSON document with such characters spelled `\u009b`; line breaks stay."""
    return _UNPRINTABLE.sub(
        lambda match: match[0] if match[0] == "\n" else f"\\u{ord(match[0]):04x}", json
    )
