"""The optimizers, an entry each: purpose, equations, settings, dialects, and where it fails."""

from collections.abc import Iterator

from optviz import catalog, optimizers
from optviz.optimizers import Rule
from optviz.reference import _setting_rows
from optviz.reference.markup import code, escape, fence, links, table
from optviz.text.settings import show

_ETA = [code("eta"), "η", "", "learning rate, a number or a schedule", ""]


def page() -> str:
    """A line of links, the settings of every optimizer, then all entries, in alphabetical order."""
    rules = list(optimizers.registry)
    lines = [links(rule.word() for rule in rules), "", "Settings of every optimizer:", ""]
    lines += table(
        _setting_rows.HEAD, [_ETA, *_setting_rows.rows(Rule.settings(), Rule.defaults())]
    )
    for rule in rules:
        lines += ["", *_entry(rule)]
    return "\n".join(lines)


def _entry(rule: type[Rule]) -> Iterator[str]:
    yield f"## {rule.word()}"
    yield ""
    others = f", also {', '.join(map(code, rule.aliases))}" if rule.aliases else ""
    yield f"**{escape(rule.title)}**{others}. {escape(rule.says)}"
    yield ""
    yield from fence(rule.equations)
    yield ""
    yield f"*Fails:* {escape(rule.fails)}"
    yield ""
    yield from table(_setting_rows.HEAD, _settings(rule))
    yield from _dialects(rule)
    yield from _libraries(rule)
    yield ""
    yield f"Reference: {escape(rule.reference)}"


def _book(rule: type[Rule]) -> dict[str, object]:
    """The values of the bare form: the first dialect's."""
    return {**rule.defaults(), **next(iter(rule.dialects.values()))}


def _settings(rule: type[Rule]) -> Iterator[list[str]]:
    """The rate, then what is a setting of this rule alone."""
    book = _book(rule)
    yield [*_ETA[:2], code(show(book["eta"])), *_ETA[3:]]
    own = {key: value for key, value in rule.settings().items() if key not in Rule.settings()}
    yield from _setting_rows.rows(own, book)


def _dialects(rule: type[Rule]) -> list[str]:
    """A column a dialect, where there are several; rows only of what some dialect has otherwise."""
    rows, _ = catalog.dialect_rows(rule)
    book = _book(rule)
    others = [row for row in rows[1:] if {*row[1:]} != {show(book[row[0]])}]
    if len(rule.dialects) == 1 or not others:
        return []
    head = ["in the dialect", *map(code, rows[0][1:])]
    return ["", *table(head, [[code(cell) for cell in row] for row in others])]


def _libraries(rule: type[Rule]) -> Iterator[str]:
    """The library's own call, and which of its other arguments are passed over."""
    if rule.made_by:
        yield ""
    ignored = catalog.ignored_arguments(rule)
    for library, call in rule.made_by.items():
        arguments = ", ".join(map(code, ignored[library]))
        yield f"- {library}: {code(call)}" + (f"; passed over: {arguments}" if arguments else "")
