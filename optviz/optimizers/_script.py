"""Reads lines of training scripts: `torch.optim.AdamW(model.parameters(), lr=1e-3)`.

They become what `adamw@torch:lr=1e-3` is. A line may be assigned or returned, and lines that clip
gradients may stand beside it. Nothing is run: parameters are passed over, and what is a variable is
refused.
"""

import re
from dataclasses import dataclass, replace

from optviz import schedules
from optviz.errors import TextError
from optviz.optimizers import _positional
from optviz.optimizers._script_text import Call, Span, call, neutral, one_line, statements
from optviz.text import syntax
from optviz.text.nodes import Number, Thing, Value

_DOTTED = re.compile(r"(?<![\w.])[^\W\d]\w*+\.[^\W\d]")
_PLACE = re.compile(r"[^\W\d]\w*+(?:\.[^\W\d]\w*+)++")
_ASSIGNED = re.compile(r"\s*+[^\W\d]\w*+\s*+=\s*+[^\W\d]|\s*+return\s")
_OF_PARAMETERS = re.compile(
    r"\s*+[^\W\d]\w*+\s*+\(\s*+(?:params\s*+=|\w*param\w*\s*+[,)]|\[)", re.IGNORECASE
)
_OWN = re.compile(r"\s*+[^\W\d]\w*+\s*+(?:@\s*+\w++\s*+)?:\s*+[a-z_]\w*+\s*+=(?!=)")
_NUMBER = re.compile(r"\s*+[-+]?[\d.]")
_KEYWORD = re.compile(r"\s*+(\w++)\s*+=(?!=)\s*+")
_VARIABLE = re.compile(r"\s*+(?:\w++\s*+=\s*+)?+([^\W\d]\w*+)(?:\.[^\W\d]\w*+|\[[^\[\]]*+\])++\s*+")
_ARITHMETIC = re.compile(
    r"\s*+(?:\w++\s*+=(?!=)\s*+)?+([\w.]++(?:\s*+(?:\*\*?|//?|\+|-)\s*+[\w.]++)++)\s*+"
)
_UNPACKED = re.compile(r"\s*+\*\*?\s*+([\w.]++)\s*+")
_NAME_OR_PRODUCT = re.compile(r"(?<![\w.])[^\W\d]|\*|//")
_PREFIX = re.compile(r"(?<![\w.])(?:[^\W\d]\w*+\.)++(?=[^\W\d])")
_COMPILED = re.compile(r"\s*+optimizer\s*+=")
_GROUP_KEY = re.compile(r"['\"](\w++)['\"]\s*+:|[(,]\s*+(\w++)\s*+=(?!=)")
_CONSTANTS = ("None", "True", "False", "none", "true", "false")
_HARMLESS_KEYS = ("params", "name")

_MODULES = {"jnp", "np", "numpy", "jax", "torch", "tf", "keras", "optax"}  # of types and schedules
_LIBRARIES = {
    **dict.fromkeys(("torch", "optim"), "torch"),
    **dict.fromkeys(("keras", "tf", "tf_keras", "tensorflow", "optimizers"), "keras"),
    "optax": "optax",
}
_CLIPPING = {  # functions that clip, the words of their arguments, and the setting
    "clip_grad_norm_": (("max_norm", "norm_type"), "clip"),
    "clip_grad_value_": (("clip_value",), "clip_value"),
    "clip_by_global_norm": (("max_norm",), "clip"),
    "clip": (("max_delta",), "clip_value"),
}
_OF_LOOPS = ("zero_grad", "backward", "step")  # lines beside one that clips
_CHAIN = "chain is read as clip or clip_by_global_norm and then one optimizer"


def is_meant(text: str) -> bool:
    """Whether a text is from a script and not in optviz's own form."""
    if _OWN.match(text):
        return False
    return any(part.match(text) for part in (_ASSIGNED, _OF_PARAMETERS)) or bool(
        _DOTTED.search(text)
    )


def of_variable(error: TextError) -> TextError:
    """The error, or that its place is a variable, if it is a bare name there."""
    name = error.text[error.at : error.at + error.length]
    before, after = error.text[: error.at].rstrip()[-1:], error.text[error.at + error.length :]
    if name in _CONSTANTS or not name.isidentifier() or before not in ("=", "(", ","):
        return error
    if after.lstrip()[:1] not in (",", ")"):
        return error
    message = f"{name} is a variable of the script; write its value"
    return TextError(error.what, error.text, error.at, message, error.length)


def thing(what: str, text: str) -> Thing:
    """The optimizer of a script. Raises `TextError`."""
    return _Script(what, text, neutral(text)).thing()


@dataclass(frozen=True)
class _Script:
    """`plain` is the text without what is passed over, place for place."""

    what: str
    text: str
    plain: str

    def example(self, start: int, end: int) -> str:
        """A call as one would write it: of the name alone that stands there, or of SGD."""
        name = self.plain[start:end].strip()
        return f"{name}()" if _PLACE.fullmatch(name) else "torch.optim.SGD(params, lr=0.1)"

    def thing(self) -> Thing:
        """The optimizer of the one statement that makes one, with the clipping of another."""
        made: Thing | None = None
        clipping: dict[str, Value] = {}
        for start, end in statements(self.plain):
            one = call(self.plain, start, end)
            if one is None:
                raise self.error(f"a call such as {self.example(start, end)} is wanted", start)
            if one.name in _OF_LOOPS:
                continue
            if one.name in _CLIPPING and one.name.endswith("_"):
                if clipping:
                    raise self.error("gradients are clipped once", one.at, len(one.name))
                clipping = self.clipping(one, "torch")
            else:
                made, before = self.maker(one), made
                if before:
                    raise self.error("a second optimizer; one is wanted", one.at, len(one.name))
        if made is None:
            raise self.error("a line that makes an optimizer is wanted too", 0)
        dialect = made.dialect or ("torch" if clipping else None)
        return replace(made, dialect=dialect, named={**made.named, **clipping})

    def maker(self, one: Call) -> Thing:
        """A call that makes an optimizer, perhaps within Optax's `chain` or Keras's `compile`."""
        if one.name == "chain":
            return self.chain(one)
        if "lr_scheduler." in one.path or one.name.lower() in schedules.registry.names:
            message = f"a schedule is written as the rate: lr={one.name}(0.1,…)"
            raise self.error(message, one.at, len(one.name))
        spans = one.arguments if one.name == "compile" else ()
        within = (call(self.plain, *s) for s in spans if _COMPILED.match(self.plain[slice(*s)]))
        return self.optimizer(next(filter(None, within), one))

    def chain(self, chain: Call) -> Thing:
        """Optax's clipping, then an optimizer."""
        calls = [call(self.plain, *span) for span in chain.arguments[:3]]
        last = calls[-1] if 0 < len(calls) == len(chain.arguments) else None
        if last is None or any(one is None or one.name not in _CLIPPING for one in calls[:-1]):
            wrong = next((one for one in calls if one and one.name not in _CLIPPING), chain)
            raise self.error(_CHAIN, wrong.at, len(wrong.name))
        made = self.optimizer(last)
        clipping = [self.clipping(one, "optax") for one in calls[:-1] if one]
        if len(clipping) > 1:
            raise self.error("gradients are clipped once", chain.at, len(chain.name))
        return replace(made, named={**made.named, **(clipping[0] if clipping else {})})

    def optimizer(self, one: Call) -> Thing:
        """The call of a library's class or function, in its dialect where that is known."""
        library, spans = self.library(one), one.arguments
        first = self.plain[slice(*spans[0])].strip() if spans else ""
        keyword = _KEYWORD.match(first)
        is_positional = keyword is None and ("param" in first.lower() or first.startswith("["))
        if library is None and (is_positional or (keyword and keyword[1] == "params")):
            library = "torch"
        if library == "torch":
            spans = self.without_parameters(spans)
        return self.read(one, spans, library, _positional.order(library, one.name))

    def library(self, one: Call) -> str | None:
        """The library by the path before the name; None without one."""
        first = one.path.partition(".")[0]
        if not first:
            return None
        if first not in _LIBRARIES:
            at = one.at - len(one.path)
            known = "torch.optim, keras.optimizers and optax are"
            raise self.error(f"{one.path[:-1]} is not known; {known}", at, len(one.path) - 1)
        return _LIBRARIES[first]

    def without_parameters(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """The arguments but for the parameters. Raises `TextError` for settings of a group."""
        kept = []
        for i, (start, end) in enumerate(spans):
            part = self.plain[start:end]
            keyword = _KEYWORD.match(part)
            named = keyword is not None and keyword[1] == "params"
            if not named and (i or keyword or _NUMBER.match(part)):
                kept.append((start, end))
                continue
            for key in _GROUP_KEY.finditer(part) if "{" in part or "dict(" in part else ():
                word = key[1] or key[2]
                if word not in _HARMLESS_KEYS:
                    message = f"{word} of a group of parameters alone; all of x is one group here"
                    raise self.error(message, start + key.start(key.lastindex or 0), len(word))
        return tuple(kept)

    def clipping(self, one: Call, library: str) -> dict[str, Value]:
        """The setting of a call that clips gradients."""
        words, setting = _CLIPPING[one.name]
        spans = self.without_parameters(one.arguments) if library == "torch" else one.arguments
        thing = self.read(one, spans, library, words)
        values = {word: thing.named[word] for word in words if word in thing.named}
        kind = values.pop("norm_type", None)
        if kind is not None and not (isinstance(kind, Number) and kind.number == 2):
            raise self.error("only the norm of type 2 is clipped here", kind.at, kind.length)
        if len(values) != 1:
            raise self.error(f"{words[0]} is wanted", one.at, len(one.name))
        return {setting: values[words[0]]}

    def read(
        self, one: Call, spans: tuple[Span, ...], library: str | None, words: tuple[str, ...]
    ) -> Thing:
        """The call with a name for each argument that `words` name, in order."""
        try:
            thing = syntax.read(self.what, self.kept(one, spans))
        except TextError as error:
            raise self.error(error.message, error.at, error.length) from None
        named = dict(zip(words, thing.unnamed, strict=False))
        for word in named.keys() & thing.named.keys():
            value = thing.named[word]
            raise self.error(f"{word} is set twice", value.at, value.length)
        rest = thing.unnamed[len(words) :]
        if words and rest:
            order = ", ".join(words)
            message = f"values without a name are {order}; a name is wanted from here on"
            raise self.error(message, rest[0].at, rest[0].length)
        return replace(thing, dialect=library, unnamed=rest, named={**named, **thing.named})

    def kept(self, one: Call, spans: tuple[Span, ...]) -> str:
        """The call with the arguments at the spans alone, each at its place."""
        signs = [" "] * one.end
        signs[one.at : one.at + len(one.name) + 1] = f"{one.name}("
        for start, end in spans:
            signs[start:end] = self.value(start, end)
            signs[end] = ","
        signs[one.end - 1] = ")"
        return "".join(signs)

    def value(self, start: int, end: int) -> str:
        """An argument without the modules before its names. Raises `TextError` for a variable."""
        part = self.plain[start:end]
        if unpacked := _UNPACKED.fullmatch(part):
            message = f"{unpacked[1]} is a variable of the script; write what is in it"
            raise self.error(message, start + unpacked.start(1), len(unpacked[1]))
        computed = _ARITHMETIC.fullmatch(part)
        if computed and _NAME_OR_PRODUCT.search(computed[1]):
            message = f"{computed[1]} is computed by the script; write its value"
            raise self.error(message, start + computed.start(1), len(computed[1]))
        variable = _VARIABLE.fullmatch(part)
        if variable and variable[1] not in _MODULES:
            name = part[variable.start(1) :].strip()
            message = f"{name} is a variable of the script; write its value"
            raise self.error(message, start + variable.start(1), len(name))
        return _PREFIX.sub(lambda match: " " * len(match[0]), part)

    def error(self, message: str, at: int, length: int = 1) -> TextError:
        return TextError(self.what, one_line(self.text), at, message, length)
