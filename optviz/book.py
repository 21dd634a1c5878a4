"""Markdown documents with their figures, from Python: `optviz.book("lesson.md")`.

    from optviz import book

    book.draw("lesson.md", check=True)                 # as the command does, without writing
    page = book.render(text, folder="docs", name="lesson")
    page.text, page.errors
    result = book.draw_block("trace --opt adam", folder="docs", name="adam")
    result.paths, result.alt, result.values, result.text

`optviz.documents` finds the blocks. A program that uses `jobs` calls this below
`if __name__ == "__main__":`, because multiprocessing imports its main module.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

from optviz import cli, documents, notes, workers
from optviz.batch import make_callable
from optviz.documents import Block, Document, Rendered, Result, Span, blocks
from optviz.errors import BadValue, Unfit

__all__ = ["Block", "Document", "Rendered", "Result", "blocks", "draw", "draw_block", "render"]


def draw(
    *paths: str | Path,
    check: bool = False,
    out_dir: str | Path | None = None,
    only: str | Iterable[str] = (),
    jobs: int = 1,
    cache: str | Path | None = None,
    dry_run: bool = False,
    allow_code: bool = False,
) -> list[Rendered]:
    r"""Draws the blocks of Markdown documents and writes the documents with their results.

    Each comes back with its `text`, `diff`, `reports` and `errors`. check: writes nothing; the
    reports have the `differences` of pictures. out_dir: the folder of the pictures, beside the
    document by default. only: names of figures, with * for any letters. jobs: processes. cache:
    the folder of drawn figures; without one all are drawn. dry_run: says what would be drawn.
    allow_code: runs optimizers that are code from outside. Raises `WrongBatch` with all mistakes,
    before anything is drawn, `WorldError` for a file that cannot be read or written, `Unfit` for
    jobs of a script that does not call this below `if __name__ == "__main__":`.

    >>> from pathlib import Path
    >>> _ = Path("lesson.md").write_text("```optviz\ntrace gd --eta 0.3\n```\n")
    >>> (lesson,) = optviz.book("lesson.md")
    >>> assert "](lesson-trace.png)" in lesson.text
    """
    if not paths or not all(isinstance(path, str | Path) for path in paths):
        raise BadValue("book", "nothing" if not paths else repr(paths), "documents are wanted")
    if jobs > 1:
        workers.check_main()
    read = documents.read_all(map(str, paths), out_dir)
    edition = documents.prepare(read, cli.document_lines(), allow_code=allow_code)
    names = (only,) if isinstance(only, str) else tuple(only)
    with notes.warned():
        rendered = edition.only(names).run(
            jobs=jobs, cache=cache, dry=dry_run, compare=check, remark=notes.warn
        )
    for one in () if check or dry_run else rendered:
        one.write()
    return rendered


def render(
    text: str,
    *,
    folder: str | Path = ".",
    name: str = "document",
    out_dir: str | Path | None = None,
    jobs: int = 1,
    cache: str | Path | None = None,
    check: bool = False,
    allow_code: bool = False,
) -> Rendered:
    """The Markdown text with its results; its pictures are drawn, no document is written.

    folder: where paths in the text begin, and where pictures go unless `out_dir` is another.
    name: what messages call the text, and what names of pictures begin with. Else as `draw`.
    """
    place, root = Path(folder), Path(folder if out_dir is None else out_dir)
    document = Document(name, text, place, root, PurePath(name).stem)
    edition = documents.prepare([document], cli.document_lines(), allow_code=allow_code)
    with notes.warned():
        return edition.run(jobs=jobs, cache=cache, compare=check, remark=notes.warn)[0]


def draw_block(
    content: str,
    words: Iterable[str] = (),
    *,
    folder: str | Path = ".",
    name: str = "figure",
    out_dir: str | Path | None = None,
    cache: str | Path | None = None,
    defaults: Mapping[str, Any] | None = None,
    allow_code: bool = False,
    source: str = "",
    line: int = 1,
) -> Result:
    """The result of one block, for a tool that builds pages: pictures drawn, or a text.

    content: a command line or a table. words: those behind `optviz` in the opening line, such as
    `pair`; `hide` is for the tool itself. name: the name of the picture, without its suffix, if
    the block has no output. defaults: of options, as `[defaults]` of a batch; a block that has the
    word `defaults` gives them as `result.defaults`. source, line: where messages say that the block
    is. Else as `render`. Raises `WrongBatch`, and `Unfit` for a figure that fails.
    """
    place, root = Path(folder), Path(folder if out_dir is None else out_dir)
    own = tuple(word for word in words if word != "hide")
    document = Document(source or name, content, place, root, PurePath(name).stem)
    shown = document.shown(f"{name}.png")
    block = Block(line, own, content, Span(0, len(content)), result=Span(0, 0), path=shown)
    edition = documents.prepare(
        [replace(document, given=(block,))],
        cli.document_lines(),
        allow_code=allow_code,
        environment=defaults,
    )
    with notes.warned():
        result = edition.run(cache=cache, remark=notes.warn)[0].results[0]
    if result.error:
        raise Unfit(f"{result.request.place}: {result.error}")
    return result


make_callable(__name__)
