"""Documents drawn in one run: one plan, one cache, one pool of workers for all their blocks."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from optviz import batch
from optviz.batch import Fault, Plan, WrongBatch
from optviz.documents._document import Document
from optviz.documents._fenced_blocks import CLOSING, blocks
from optviz.documents._rendered import Rendered, Result
from optviz.documents._requests import Request, requests
from optviz.documents._shell import Printing, Shell
from optviz.errors import OptvizError, Unfit


@dataclass(frozen=True)
class Edition:
    """Documents with the requests of their blocks and the plan of their figures.

    The plan has what is wrong with their blocks; then nothing is drawn.
    """

    documents: tuple[Document, ...]
    requests: tuple[Request, ...]
    plan: Plan
    shell: Shell
    chosen: bool = False  # only some figures, and no texts

    def only(self, patterns: Iterable[str]) -> "Edition":
        """With the figures alone whose names match one of the patterns; all without any.

        Raises `Unfit` if a pattern matches none.
        """
        patterns = tuple(patterns)
        return replace(self, plan=self.plan.only(patterns), chosen=True) if patterns else self

    def run(self, **how: Any) -> list[Rendered]:
        """Draws and prints; what each document has now, in order. `how` is as for `batch.run`.

        Raises `WrongBatch` with all mistakes before anything is drawn.
        """
        prints = not (self.chosen or how.get("dry"))
        texts = self._printed(late=False) if prints else {}
        faults = [Fault(one.place, "", "", None, e) for one, (_, e) in texts.items() if e]
        plan = replace(self.plan, faults=(*self.plan.faults, *faults))
        try:
            reports = batch.run(plan, **how)
        except WrongBatch as wrong:
            raise WrongBatch(sorted(wrong.faults, key=self._order)) from None
        texts |= self._printed(late=True) if prints else {}
        by_table = {id(report.item.placed): report for report in reports}
        results: dict[int, list[Result]] = {id(document): [] for document in self.documents}
        for request in self.requests:
            own = [by_table[id(t)] for t in request.tables if id(t) in by_table]
            text, error = texts.get(request, (None, ""))
            error = error or next((report.error for report in own if report.error), "")
            results[id(request.document)].append(Result(request, own, text, error))
        return [Rendered(document, results[id(document)]) for document in self.documents]

    def _order(self, fault: Fault) -> tuple[int, int]:
        """Where a mistake stands: its document and its line."""
        name, _, line = fault.file.rpartition(", line ")
        names = [document.name for document in self.documents]
        return (names.index(name), int(line)) if name in names else (len(names), 0)

    def _printed(self, late: bool) -> dict[Request, tuple[str | None, str]]:
        """What lines print, or why they fail; those that read what is drawn here come `late`."""
        outputs = {_full(item.path(out)) for item in self.plan.items for out, _ in item.outputs}
        texts: dict[Request, tuple[str | None, str]] = {}
        for request in self.requests:
            line, folder = request.printing, request.document.folder
            if line and late == any(_full(folder / word) in outputs for word in line.words):
                try:
                    texts[request] = self._text(request, line), ""
                except OptvizError as error:
                    texts[request] = None, str(error)
        return texts

    def _text(self, request: Request, line: Printing) -> str:
        text = self.shell.output(line.words, request.document.folder)
        if request.options.markdown and (CLOSING in text or blocks(text)):
            raise Unfit("markdown: what is printed has blocks of its own; leave markdown out")
        return text


def prepare(
    documents: Iterable[Document],
    shell: Shell,
    *,
    allow_code: bool = False,
    environment: Mapping[str, Any] | None = None,
) -> Edition:
    """The edition of documents, each of which comes once."""
    documents = tuple(documents)
    made, faults = requests(documents, shell)
    if not allow_code:
        faults += [_foreign_code(one) for one in made if _runs_code(one)]
        made = [one for one in made if not _runs_code(one)]
    tables = [table for request in made for table in request.tables]
    paths = [document.path for document in documents if document.path]
    plan = batch.read_tables(
        tables, paths, faults=faults, allow_code=allow_code, environment=environment
    )
    return Edition(documents, tuple(made), plan, shell)


def _runs_code(request: Request) -> bool:
    """Whether the line of a request runs code from outside."""
    return request.printing is not None and bool(request.printing.code)


def _foreign_code(request: Request) -> Fault:
    return Fault(request.place, "", "", None, "code from outside runs only with --allow-code")


def _full(path: str | Path) -> str:
    return os.path.normpath(Path(path).absolute())
