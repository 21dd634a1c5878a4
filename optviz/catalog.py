"""What there is: every registered thing with its line, and an optimizer's whole card."""

from dataclasses import MISSING, dataclass, fields

from optviz import objectives, optimizers, record, render, schedules, views
from optviz.errors import UnknownName
from optviz.optimizers import Rule
from optviz.settings import Settled, show

KINDS = ("optimizers", "objectives", "schedules", "views", "formats")


@dataclass(frozen=True)
class Entry:
    """A name people type, what it is for, and where it is from."""

    name: str
    says: str
    source: str = ""


def entries(kind: str) -> list[Entry]:
    """Everything of one kind, in alphabetical order. Raises `UnknownName`."""
    if kind not in KINDS:
        raise UnknownName("kind of thing", kind, KINDS)
    if kind == "optimizers":
        return [Entry(rule.word(), rule.says, rule.reference) for rule in optimizers.registry]
    if kind == "objectives":
        return [
            Entry(name, f"{preset.text}: {preset.says}", preset.source)
            for name, preset in sorted(objectives.PRESETS.items())
        ]
    if kind == "schedules":
        return [Entry(_call(s.word(), s), s.formula, s.source) for s in schedules.registry]
    if kind == "views":
        return [Entry(name, views.registry[name].says) for name in views.registry.names]
    pictures = [Entry(name, render.registry[name].says) for name in render.registry.names]
    data = [Entry(name, record.registry[name].says) for name in record.registry.names]
    return pictures + data


def _call(word: str, kind: type[Settled]) -> str:
    shown = [
        f.name if f.default is MISSING else f"{f.name}={show(f.default)}" for f in fields(kind)
    ]
    return f"{word}({', '.join(shown)})"


def card(name: str) -> str:
    """All there is to say of one optimizer, as plain text. Raises `UnknownName`."""
    rule = optimizers.registry[name]
    usual = next(iter(rule.dialects))
    book = optimizers.read(rule.word())
    lines = [f"{rule.title}  ({rule.word()})", "", rule.says, f"Fails: {rule.fails}", ""]
    lines += [f"    {equation}" for equation in rule.equations]
    lines += ["", "Settings, in the book's form", "    " + str(book), ""]
    width = max(len(key) for key in ["eta", *rule.settings()])
    lines.append(f"    {'eta'.ljust(width)}  η   learning rate, a number or a schedule")
    for key, meaning in rule.settings().items():
        limits = " | ".join(meaning.choices) or (meaning.within and meaning.range_text(key))
        line = f"    {key.ljust(width)}  {meaning.symbol.ljust(3)} {meaning.says}"
        lines.append(line + (f"  ({limits})" if limits else ""))
    lines += ["", "Dialects"]
    for dialect in rule.dialects:
        text = str(book if dialect == usual else optimizers.read(f"{rule.word()}@{dialect}"))
        made = rule.made_by.get(dialect, "the book, and the bare name")
        lines.append(f"    {_full(rule, dialect, text)}\n        {made}")
    lines += ["", f"Reference: {rule.reference}"]
    return "\n".join(lines)


def _full(rule: type[Rule], dialect: str, text: str) -> str:
    """A dialect's text form with the variants it stands for, which the form leaves out."""
    variants = {
        key: value
        for key, value in rule.dialects[dialect].items()
        if key != "eta" and rule.settings()[key].variant
    }
    means = ", ".join(f"{key}={show(value)}" for key, value in variants.items())
    return text + (f"   with {means}" if means else "")


def table() -> str:
    """The optimizers as a Markdown table, as the README has it."""
    rows = ["| name | rule | dialects | what it is for | where it fails |", "|---|---|---|---|---|"]
    for rule in optimizers.registry:
        equations = "<br>".join(f"`{equation}`" for equation in rule.equations)
        dialects = ", ".join(f"`@{dialect}`" for dialect in rule.dialects)
        rows.append(f"| `{rule.word()}` | {equations} | {dialects} | {rule.says} | {rule.fails} |")
    return "\n".join(rows)
