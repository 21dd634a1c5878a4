"""`optviz book`."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from optviz import cli
from optviz.cli import _console, _many
from optviz.cli._many import ManySpec
from optviz.cli._options import takes
from optviz.cli._values import complete
from optviz.cli._workers import WorkSpec, refuse_clashes
from optviz.errors import NoEffect, OptvizError, Unfit
from optviz.errors.printable import printable
from optviz.files import watching
from optviz.text.options import option

if TYPE_CHECKING:
    from optviz.documents import Document, Rendered

GROUP = "Files and batches"
EXAMPLES = """
A specimen to start from, then its pictures and texts:
  optviz new lesson.md
  optviz book lesson.md
Is all of it what this version draws? For a test of a repository:
  optviz book lesson.md --check
Drawn again at each save, while one writes:
  optviz book lesson.md --watch
What would be drawn, without drawing it:
  optviz book lesson.md --dry-run
In a pipe, with the pictures in the current folder:
  printf '```optviz\\ntrace --opt adam --eta 0.3\\n```\\n' | optviz book -
"""


@dataclass(frozen=True)
class BookSpec(ManySpec):
    """What is done with documents."""

    check: bool = option(False, "write nothing; show what would change, exit with 3")


Documents = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE.md...",
        help="Markdown documents; - for stdin",
        autocompletion=complete("documents"),
    ),
]


@takes(BookSpec, WorkSpec)
def command(how: BookSpec, who: WorkSpec, typed: frozenset[str], documents: Documents) -> int:
    """Draw the optviz blocks of Markdown documents.

    A block is a fence with the word optviz, or a comment <!-- optviz; it holds a command line or
    the table of a figure. The picture, or what the command prints, is kept below it. A second run
    changes nothing. Exit status 2: the documents are wrong and nothing was drawn; 3: some figures
    failed, or --check found a difference.
    """
    _many.refuse_clashes(how)
    refuse_clashes(who)
    for name in ("dry_run", "watch"):
        if how.check and name in typed:
            raise NoEffect(name, "--check has no use for it")
    if how.dry_run and "watch" in typed:
        raise NoEffect("watch", "--dry-run has no use for it")
    if how.json and "-" in documents and not how.check:
        raise Unfit("--json and - both want standard output; give the document a file")
    draw = partial(_draw, who=who, paths=documents)
    return _many.run(draw, how, documents, how.check)


def _draw(how: BookSpec, code: str, who: WorkSpec, paths: list[str]) -> int:
    """Reads the documents, draws what has changed and writes them; the exit status."""
    from optviz import batch
    from optviz.documents import prepare, read_all

    found = read_all(paths, how.out_dir)
    if not (how.check or how.dry_run):
        _refuse_unwritable(found)
    edition = prepare(
        found, cli.document_lines(), allow_code=how.allow_code, environment=_many.environment()
    ).only(how.only)
    with _many.drawing("book", how, who, len(edition.plan.items), code) as arguments:
        rendered = edition.run(compare=how.check, **arguments)
    status = _tell(rendered, how)
    if not how.quiet:
        _console.say(batch.counts([report for one in rendered for report in one.reports]))
    return status


def _refuse_unwritable(documents: "list[Document]") -> None:
    """Raises `WorldError` for a document that cannot be written."""
    from optviz import files

    for document in documents:
        files.place(document.path, binary=False)


def _tell(rendered: "list[Rendered]", how: BookSpec) -> int:
    """Writes the documents, or shows what would change; the exit status."""
    status = 0
    streamed = any(one.document.path == "-" for one in rendered)
    for one in rendered:
        for report in one.reports:
            if how.json:
                _console.document(report.plain())
            elif how.check:
                for path, difference in report.differences.items():
                    _console.show(f"{path}: {difference}")
            elif not streamed:
                _many.tell_paths(report)
            for form, remark in report.remarks.items():
                if not how.quiet:
                    _console.say(f"{printable(report.item.place)}, {form}: {remark}")
        status = max(status, _finish(one, how))
    return status


def _finish(one: "Rendered", how: BookSpec) -> int:
    """Writes a document and names it, or shows what would change in it; the exit status."""
    written, errors = False, list(one.errors)
    if not (how.check or how.dry_run or watching.outdated()):
        try:
            written = one.write()
        except OptvizError as error:
            errors.append(str(error))
    for message in errors:
        indented = message.replace("\n", "\n  ")
        _console.say(f"optviz: {indented}")
    differs = how.check and (one.changed or any(report.differences for report in one.reports))
    if how.json:
        state = "failed" if errors else "written" if written else "unchanged"
        diff = {"diff": one.diff} if how.check and one.changed else {}
        state = "different" if differs and not errors else state
        _console.document({"document": one.document.name, "status": state, **diff})
    elif how.check and one.changed:
        _console.show(one.diff)
    elif written and one.document.path != "-":
        _console.path(one.document.path)
    return 3 if errors or differs else 0
