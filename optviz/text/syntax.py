"""The grammar of names with settings: `adam@torch:eta=cosine(0.3,60),beta1=0.8`.

    thing := NAME ['@' NAME] [':' settings | '(' settings ')']
    settings := setting (',' setting)*        setting := [NAME '='] value
    value := number ['/' number] | thing | list | pairs | quote NAME quote | formula
    list := '[' value (',' value)* ']' | '(' value (',' value)* ')'
    pairs := '{' value ':' value (',' value ':' value)* '}'

Round brackets, quotes and pairs allow a line of a training script to be pasted; as in Python, `(1)`
is 1 and `(1,)` a list. The path of a library before a name is passed over, as in
`torch.optim.lr_scheduler.StepLR(0.1,30)`. What has the step t in it is a formula, `0.1*exp(-t/20)`,
up to the comma or the bracket that ends it. The meaning of names is not checked here.
"""

import re

from optviz.errors import TextError
from optviz.text.nodes import Formula, Listed, Number, Paired, Thing, Value
from optviz.text.tokens import Token, tokens

_MAX_DEPTH = 20  # of nesting, before the stack of Python ends
_OPERATORS = ("*", "**", "/", "+", "-", "^")
_STEP = re.compile(r"(?<![A-Za-z_@])t(?![A-Za-z0-9_(@:])", re.ASCII)
_COMPUTES = re.compile(
    r"(?<=[\w)\s])[-+*/^]|^(?:[-+|]|(?:exp|log|sqrt|abs|min|max|sin|cos)\()", re.ASCII
)
_LIBRARY_PATH = re.compile(
    r"(?:torch|optim|lr_scheduler|keras|tf|tensorflow|optimizers|schedules|optax|transformers|timm"
    r"|jax|jnp|np|numpy)\.(?:[A-Za-z_]\w*+\.)*+(?=[A-Za-z_])",
    re.ASCII,
)


def read(what: str, text: str) -> Thing:
    """The thing that the whole text names. `what` opens the sentence of a `TextError`."""
    reader = _Reader(what, text)
    if reader.now.kind != "name":
        raise reader.error("a name is wanted here")
    thing = reader.thing(top=True)
    reader.finish()
    return thing


def value(what: str, text: str) -> Value:
    """The one value that the whole text is, as it stands after `name=`. Raises `TextError`."""
    reader = _Reader(what, text)
    node = reader.value()
    reader.finish()
    return node


class _Reader:
    def __init__(self, what: str, text: str) -> None:
        self.what, self.text = what, text
        self.has_step = _STEP.search(text) is not None
        self.rest = tokens(what, text, "{}'\"" + "|" * self.has_step, _LIBRARY_PATH)
        self.now, self.end, self.depth = next(self.rest), 0, 0

    def step(self) -> Token:
        token = self.now
        self.end = token.at + len(token.text)
        if token.kind != "end":
            self.now = next(self.rest)
        return token

    def error(self, message: str, at: int | None = None, length: int | None = None) -> TextError:
        at = self.now.at if at is None else at
        return TextError(self.what, self.text, at, message, length or max(1, len(self.now.text)))

    def unexpected(self, wanted: str) -> TextError:
        """The error at a token that cannot follow."""
        if self.now.text == ":" and self.end:
            return self.error("settings have commas between, and a colon only before the first")
        if self.now.text in _OPERATORS:
            return self.error("nothing is computed here; write the value")
        return self.error(wanted)

    def finish(self) -> None:
        """Raises `TextError` if the text goes on."""
        if self.now.kind != "end":
            raise self.unexpected("the text should end here")

    def accept(self, sign: str) -> bool:
        if self.now.kind == "sign" and self.now.text == sign:
            self.step()
            return True
        return False

    def thing(self, top: bool = False) -> Thing:
        head, dialect = self.step(), None
        unnamed: tuple[Value, ...] = ()
        named: dict[str, Value] = {}
        if self.accept("@"):
            if self.now.kind != "name":
                raise self.error("the name of a dialect is wanted after '@'")
            dialect = self.step().text
        if self.accept("("):
            unnamed, named = self.settings(")")
        elif top and self.accept(":"):
            unnamed, named = self.settings("")
        return Thing(head.at, self.end - head.at, head.text, dialect, unnamed, named)

    def settings(self, close: str) -> tuple[tuple[Value, ...], dict[str, Value]]:
        unnamed: list[Value] = []
        named: dict[str, Value] = {}
        while not (close and self.accept(close)):
            place, value = self.now, self.value()
            if self.accept("="):
                if not isinstance(value, Thing) or value.length != len(value.name):
                    raise self.error("a name is wanted before '='", place.at, value.length)
                if value.name in named:
                    raise self.error(f"{value.name} is set twice", place.at, value.length)
                named[value.name] = self.value()
            elif named:
                message = "a value without a name after one with; numbers have points, not commas"
                raise self.error(message, place.at, value.length)
            else:
                unnamed.append(value)
            if self.accept(","):
                continue
            if close and not self.accept(close):
                raise self.unexpected(f"',' or '{close}' is wanted here")
            break
        return tuple(unnamed), named

    def value(self) -> Value:
        if self.depth == _MAX_DEPTH:
            raise self.error(f"nested more than {_MAX_DEPTH} deep")
        self.depth += 1
        at = self.now.at
        if (end := self.formula_end()) > at:
            value: Value = self.formula(at, end)
        elif self.now.kind == "name":
            value = self.thing()
        elif self.accept("["):
            value = Listed(at, *self.items(at, "]"))
        elif self.accept("("):
            value = self.bracketed(at)
        elif self.accept("{"):
            value = self.paired(at)
        elif self.now.text in ("'", '"'):
            value = self.quoted()
        else:
            value = self.number(at)
        self.depth -= 1
        return value

    def formula_end(self) -> int:
        """Where the formula that comes now ends; 0 if what comes is none."""
        if not self.has_step:
            return 0
        at, depth, outside = self.now.at, 0, ""
        for end in range(at, len(self.text) + 1):
            sign = self.text[end : end + 1]
            depth -= sign in (")", "]", "}")
            if depth < 0 or (not depth and sign in (",", "=", "")):
                break
            outside += "" if depth else sign
            depth += sign in ("(", "[", "{")
        is_formula = _COMPUTES.search(outside) and _STEP.search(self.text, at, end)
        return end if is_formula and self.text[end : end + 1] != "=" else 0

    def formula(self, at: int, end: int) -> Formula:
        """Everything up to `end`."""
        while self.now.kind != "end" and self.now.at < end:
            self.step()
        return Formula(at, len(self.text[at:end].rstrip()))

    def number(self, at: int) -> Number:
        sign = "-" if self.accept("-") else ""
        if not sign:
            self.accept("+")
        if self.now.kind != "number":
            raise self.error("a value is wanted here")
        text = sign + self.step().text
        number = float(text)
        if self.accept("/"):
            below = self.now.text if self.now.kind == "number" else ""
            if not float(below or 0):
                raise self.error("a number other than 0 is wanted below a fraction")
            number, text = number / float(self.step().text), f"{text}/{below}"
        if abs(number) == float("inf"):
            raise self.error("a number too large for a float", at, self.end - at)
        return Number(at, self.end - at, number, text)

    def items(self, at: int, close: str) -> tuple[int, tuple[Value, ...]]:
        """The length and the values of a list that opened at `at`."""
        items: list[Value] = []
        while not self.accept(close):
            items.append(self.value())
            self.comma(close)
        return self.end - at, tuple(items)

    def comma(self, close: str) -> None:
        if not self.accept(",") and self.now.text != close:
            raise self.unexpected(f"',' or '{close}' is wanted here")

    def bracketed(self, at: int) -> Value:
        """A list in round brackets, or the one value in them."""
        if self.accept(")"):
            return Listed(at, self.end - at, ())
        first = self.value()
        if self.accept(")"):
            return first
        self.comma(")")
        length, more = self.items(at, ")")
        return Listed(at, length, (first, *more))

    def paired(self, at: int) -> Paired:
        items: list[tuple[Value, Value]] = []
        while not self.accept("}"):
            key = self.value()
            if not self.accept(":"):
                raise self.error("':' is wanted here")
            items.append((key, self.value()))
            self.comma("}")
        return Paired(at, self.end - at, tuple(items))

    def quoted(self) -> Thing:
        """A word in quotes, which is the same as without; in quotes it may be `1-sqrt` too."""
        quote, word = self.step().text, self.now
        if word.kind not in ("name", "number"):
            raise self.error("a word is wanted between quotes")
        is_word = False
        while self.now.kind in ("name", "number") or self.now.text == "-":
            is_word |= self.step().kind == "name"
        if not is_word:
            raise self.error("a word is wanted between quotes", word.at, len(word.text))
        text = self.text[word.at : self.end]
        if not self.accept(quote):
            raise self.error(f"{quote} is wanted here")
        return Thing(word.at, len(text), text, None, (), {})
