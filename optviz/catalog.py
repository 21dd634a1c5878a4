"""Lists everything that is registered, and the details of an optimizer."""

import textwrap
from dataclasses import MISSING, dataclass, fields

from optviz import figures, gradients, objectives, optimizers, phrases, records, render, schedules
from optviz.errors import BadValue, UnknownName
from optviz.errors.name_synonyms import KINDS
from optviz.objectives import losses
from optviz.optimizers import Negative, Rule, Spelling, Switch, settings_of, vocabulary_of
from optviz.text.arguments import Argument
from optviz.text.settings import HasSettings, show

_LIBRARIES = ("plain", "PyTorch", "transformers", "timm", "Keras", "Optax")


@dataclass(frozen=True)
class Entry:
    """A name as people type it, what it is for, and its source.

    Entries of a `group` stand together under it, which then stands for their source. `short` is the
    name in a list for people, if the whole of it is long.
    """

    name: str
    says: str
    source: str = ""
    group: str = ""
    short: str = ""


def entries(kind: str) -> list[Entry]:
    """Everything of one kind, in alphabetical order. Raises `UnknownName`."""
    kind = "figures" if kind == "views" else kind
    if kind not in KINDS:
        raise UnknownName("kind of thing", kind, KINDS)
    if kind == "optimizers":
        return [Entry(rule.word(), rule.says, rule.reference) for rule in optimizers.registry]
    if kind == "objectives":
        return [
            Entry(name, f"{preset.text}: {preset.says}", preset.source, preset.group)
            for name, preset in sorted(objectives.PRESETS.items(), key=_by_group)
        ]
    if kind == "losses":
        return [Entry(_call(loss.word(), loss), loss.says, loss.source) for loss in losses.registry]
    if kind == "schedules":
        return _schedules()
    if kind == "gradients":
        return [Entry(_call(g.word(), g), g.formula, g.source) for g in gradients.registry]
    if kind == "figures":
        return [Entry(name, figures.registry[name].says) for name in figures.registry.names]
    if kind == "languages":
        return [_language(code) for code in phrases.languages()]
    pictures = [Entry(name, render.registry[name].says) for name in render.registry.names]
    data = [Entry(name, records.registry[name].says) for name in records.registry.names]
    return pictures + data


def _language(code: str) -> Entry:
    """A language by its own name."""
    with phrases.language(code):
        return Entry(code, phrases.say("language"))


def _by_group(item: tuple[str, objectives.Preset]) -> tuple[int, str]:
    """Quadratics first, then the test functions group by group, in the order of their file."""
    groups = list(dict.fromkeys(preset.group for preset in objectives.PRESETS.values()))
    return groups.index(item[1].group), item[0]


def _schedules() -> list[Entry]:
    """The schedules: plain ones first, then those of each library."""
    kinds = sorted(schedules.registry, key=lambda kind: _LIBRARIES.index(_library(kind)))
    return [
        Entry(_call(s.word(), s), s.says, s.source, schedules.group(s), schedules.short_call(s))
        for s in kinds
    ]


def _library(kind: type[schedules.Schedule]) -> str:
    return schedules.group(kind).partition(" ")[0]


def _call(word: str, kind: type[HasSettings]) -> str:
    settings = [
        f.name if f.default is MISSING else f"{f.name}={show(f.default)}" for f in fields(kind)
    ]
    return f"{word}({', '.join(settings)})" if settings else word


def card(name: str) -> list[tuple[str, bool]]:
    """The details of an optimizer or a schedule: lines, each with whether dialects differ in it.

    Raises what reading the optimizer raises, and `BadValue` for one of PyTorch, which has no card.
    """
    called = name.partition("(")[0]  # of StepLR(0.1,step_size=30) too
    if called.lower() in schedules.registry.names:
        return [(line, False) for line in schedules.card(schedules.registry[called])]
    rule = _rule(name)
    book = optimizers.read(rule.word())
    lines = [f"{rule.title}  ({', '.join([rule.word(), *rule.aliases])})", "", rule.says]
    lines += [f"Fails: {rule.fails}", "", *(f"    {equation}" for equation in rule.equations)]
    lines += ["", "Settings, in the bare form", "    " + str(book), ""]
    width = max(len(key) for key in ["eta", *rule.settings()])
    lines.append(f"    {'eta'.ljust(width)}  η   learning rate, a number or a schedule")
    for key, meaning in rule.settings().items():
        limits = " | ".join(meaning.choices) or (meaning.within and meaning.range_text(key))
        symbol = "" if meaning.symbol.replace(" ", "_") == key else meaning.symbol
        line = f"    {key.ljust(width)}  {symbol.ljust(3)} {meaning.says}"
        lines.append(line + (f"  ({limits})" if limits else ""))
    rest = ["", *(f"    {library}  {line}" for library, line in rule.made_by.items())]
    rest += _passed_over(rule)
    rest += ["", f"Reference: {rule.reference}"]
    plain, more = ([(line, False) for line in part] for part in ([*lines, "", "Dialects"], rest))
    return [*plain, *_dialects(rule), *more]


def _rule(name: str) -> type[Rule]:
    """The rule of a name, one of a file too, which is run."""
    if not optimizers.foreign([name]):
        word, _, library = name.partition("@")
        if word not in optimizers.registry:
            words = (s.word() for s in schedules.registry)
            raise UnknownName("optimizer or schedule", word, (*optimizers.registry.names, *words))
        rule = optimizers.registry[word]
        vocabulary_of(rule, library, name)
        return rule
    optimizer = optimizers.read(name)
    if optimizer.explicit or not isinstance(getattr(type(optimizer.rule), "title", ""), str):
        raise BadValue("explain", name, "the name of a rule is wanted, without settings")
    return type(optimizer.rule)


def _passed_over(rule: type[Rule]) -> list[str]:
    """The lines of a card on arguments that are not settings."""
    lines = []
    for library, arguments in ignored_arguments(rule).items():
        begin = f"    {library}  "
        line = begin + ", ".join(arguments)
        lines += textwrap.wrap(line, 100, subsequent_indent=" " * len(begin))
    return ["", "Passed over, and refused with other values", *lines] if lines else []


def ignored_arguments(rule: type[Rule]) -> dict[str, list[str]]:
    """Arguments of each library that are not settings, with the values that are ignored."""
    ignored = {}
    for library in rule.made_by:
        vocabulary = vocabulary_of(rule, library)
        arguments = (
            _harmless(w, a)
            for w, a in vocabulary.arguments.items()
            if w not in vocabulary.spellings
        )
        ignored[library] = [argument for argument in arguments if argument]
    return ignored


def _harmless(word: str, argument: Argument) -> str:
    """`maximize=false`, or the word alone where no value of it changes the path."""
    values = argument.harmless
    if values is None or {True, False} <= {*values}:
        return word
    if not word or word.endswith("]"):  # the positional one, or a part of a list that is read
        return ""
    return f"{word}={show(values[-1])}" if values else ""


def _dialects(rule: type[Rule]) -> list[tuple[str, bool]]:
    """The table of dialects as lines, each with whether dialects differ in it."""
    rows, differ = dialect_rows(rule)
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row, marked in zip(rows, differ, strict=True):
        line = "    " + "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip()
        lines.append((line, marked))
    return lines


def dialect_rows(rule: type[Rule]) -> tuple[list[list[str]], list[bool]]:
    """A head and a row for each setting, a column for each dialect; and in which rows they differ.

    A cell is the value, after the library's name of the setting if that is another.
    """
    rows, differ = [["", *(f"@{name}" for name in rule.dialects)]], [False]
    for key in ["eta", *rule.settings()]:
        usual = rule.defaults().get(key)
        values = [settings.get(key, usual) for settings in rule.dialects.values()]
        spellings = [vocabulary_of(rule, name).library_spellings for name in rule.dialects]
        rows.append([key, *map(_cell, spellings, [key] * len(values), values)])
        differ.append(len({show(value) for value in values}) > 1)
    return rows, differ


def _cell(spelled: dict[str, Spelling], key: str, value: object) -> str:
    """A setting's value, after the library's name of the setting if that is another."""
    for name, ours in spelled.items():
        if key in settings_of(ours) and name != key:
            if isinstance(ours, Negative | Switch):
                return f"{name}={ours.shown(value)}"
            place = "" if isinstance(ours, str) else f"[{ours.index(key)}]"
            return f"{name}{place}={show(value)}"
    return show(value)
