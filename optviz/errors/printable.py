"""Text without characters that would act on a terminal instead of being seen in it."""

import re

SIGN = "�"  # stands for each of them, so that columns and carets stay where they are
# C0 and C1 controls, DEL, line and paragraph separators, bidirectional overrides and isolates,
# and halves of letters, which is how bytes of a path that are no text come here.
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str, lines: bool = False) -> str:
    """The text with a sign for each character that cannot be seen; `lines` keeps line breaks."""
    return _HIDDEN.sub(lambda found: "\n" if lines and found[0] == "\n" else SIGN, text)


def hidden(text: str) -> str:
    """The first character of the text that cannot be seen, "" if there is none."""
    found = _HIDDEN.search(text)
    return found[0] if found else ""


def escaped(json: str) -> str:
    r"""A JSON document that says the same, such characters spelled `\u009b`; line breaks stay."""
    return _HIDDEN.sub(_spelled, json)


def _spelled(found: re.Match[str]) -> str:
    return found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}"
