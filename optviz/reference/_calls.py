"""Schedules and sources of gradients, an entry each: formula, arguments, where the form is from."""

import inspect
from collections.abc import Iterable, Iterator
from itertools import groupby

from optviz import catalog, gradients, schedules
from optviz.gradients import Source
from optviz.reference import _setting_rows
from optviz.reference.markup import code, escape, fence, links, table
from optviz.schedules import Schedule

_HEAD = ("argument", *_setting_rows.HEAD[1:])


def schedule_page() -> str:
    """The schedules in their groups, each with a line of links and the entries under a heading."""
    lines: list[str] = []
    for group, entries in groupby(catalog.entries("schedules"), lambda entry: entry.group):
        kinds = [schedules.registry[entry.name.partition("(")[0]] for entry in entries]
        lines += ["", f"## {group[0].upper()}{group[1:]}", "", links(k.word() for k in kinds)]
        for kind in kinds:
            source = "" if kind.source == group else kind.source
            lines += ["", *_heading(kind), "", f"{escape(_sentence(kind.says))}"]
            lines += ["", *_entry(kind, source, schedules.ignored_arguments(kind))]
    return "\n".join(lines[1:])


def gradient_page() -> str:
    """The sources of gradients, an entry each."""
    lines: list[str] = []
    for kind in gradients.registry:
        lines += ["", *_heading(kind), "", *_entry(kind, kind.source)]
    return "\n".join(lines[1:])


def _heading(kind: type[Schedule] | type[Source]) -> list[str]:
    return [f"### {escape(kind.word())}"]


def _sentence(says: str) -> str:
    return f"{says[0].upper()}{says[1:]}."


def _entry(
    kind: type[Schedule] | type[Source], source: str, ignored: Iterable[str] = ()
) -> Iterator[str]:
    """Formula, documentation, arguments, and which of the library's others are passed over."""
    yield from fence([kind.formula])
    yield ""
    yield from (inspect.getdoc(kind) or "").splitlines()
    if kind.settings():
        yield ""
        yield from table(_HEAD, _setting_rows.rows(kind.settings(), kind.defaults()))
    if passed_over := ", ".join(map(code, ignored)):
        yield ""
        yield f"Passed over: {passed_over}."
    if source:
        yield ""
        yield f"Source: {escape(source)}"
