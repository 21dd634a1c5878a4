"""A command line up to the cursor, split into words as a shell does."""


class ShellLine:
    """The words before the last one, and the last one, without quotes and backslashes.

    `breaks` are the characters at which bash begins a word anew (COMP_WORDBREAKS): it replaces
    only what stands behind the last of them, outside of quotes.
    """

    def __init__(self, text: str, breaks: str = "") -> None:
        self._breaks = breaks
        self.words: list[str] = []
        self.word, self.quote, self._kept = "", "", 0
        escaped = begun = False
        for ch in text:
            if escaped or (self.quote and ch != self.quote and not self._escapes(ch)):
                self._add(ch, escaped or bool(self.quote))
                escaped, begun = False, True
            elif self._escapes(ch):
                escaped = True
            elif ch in "'\"":
                self.quote, begun = "" if self.quote else ch, True
                self._kept = len(self.word)
            elif not ch.isspace():
                self._add(ch, False)
                begun = True
            elif begun:
                self.words.append(self.word)
                self.word, self._kept, begun = "", 0, False

    def _escapes(self, ch: str) -> bool:
        return ch == "\\" and self.quote != "'"

    def _add(self, ch: str, quoted: bool) -> None:
        self.word += ch
        if not quoted and ch in self._breaks:
            self._kept = len(self.word) - (ch in _PREFIXES)

    def replacement(self, completion: str) -> str:
        """What bash puts in the place of the part of the word that it replaces."""
        rest = completion[self._kept :]
        if self.quote:
            return rest
        return "".join(f"\\{ch}" if ch in _SPECIAL else ch for ch in rest)


_PREFIXES = "$@"  # readline's rl_special_prefixes: bash replaces these too
_SPECIAL = "\\ \t\"'`$&|;<>()[]{}*?!#"
