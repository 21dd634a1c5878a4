"""The figures hold no language: what they show comes from the table of phrases."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from optviz import figures
from optviz.phrases import PHRASES

DATA = {"_anatomy_table", "_sweep_data"}  # what programs read, in whatever language
FIGURES = [
    path for path in sorted(Path(figures.__file__).parent.glob("*.py")) if path.stem not in DATA
]
PROSE = re.compile(r"[A-Za-z]{2,}[,;:]? [a-z]{2,}|^[,;:]? ?[a-z]{2,} | [a-z]{3,}[,;:]? ?$")
FOR_THE_TERMINAL = {
    "says",
    "does",
    "examples",
    "group",
    "missing",
    "_MISSING",
}  # what a kind says of itself in help and lists
TALKING = {
    "option",
    "check",
    "Unfit",
    "BadValue",
    "UnknownName",
    "NoEffect",
    "note",
    "note_found",
    "quadratic_for",
}  # calls likewise


def name_of(node: ast.AST) -> str:
    return getattr(node, "id", getattr(node, "attr", getattr(node, "name", "")))


def raised_names(tree: ast.AST) -> set[str]:
    """Names of constants, of variables and of functions that errors are made of."""
    return {
        name_of(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise)
        or (isinstance(node, ast.Call) and name_of(node.func) in TALKING)
        for part in ast.walk(node)
        if isinstance(part, ast.Name | ast.Attribute)
    }


RAISED = set().union(*(raised_names(ast.parse(path.read_text("utf-8"))) for path in FIGURES))


def is_for_the_terminal(node: ast.AST) -> bool:
    """Whether the texts in a statement or a call are no part of a picture."""
    match node:
        case ast.Raise() | ast.Yield() | ast.Compare():
            return True
        case ast.Subscript():
            return True  # a key
        case ast.keyword():
            return node.arg in FOR_THE_TERMINAL
        case ast.Call():
            return name_of(node.func) in TALKING | {"say"}
        case ast.FunctionDef():
            return node.name in RAISED
        case ast.Assign() | ast.AnnAssign():
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            return any(name_of(target) in FOR_THE_TERMINAL | RAISED for target in targets)
        case ast.Expr():
            return isinstance(node.value, ast.Constant)  # a docstring
    return False


def is_key(node: ast.AST) -> bool:
    """Whether a text is put together to be the key of a phrase: `axis {name}`."""
    if not isinstance(node, ast.JoinedStr):
        return False
    parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else ".+" for v in node.values]
    return any(re.fullmatch("".join(parts), key) for key in PHRASES)


def shown_texts(node: ast.AST) -> Iterator[str]:
    """The constants that may come into a picture; keys of phrases among them."""
    for child in ast.iter_child_nodes(node):
        if is_for_the_terminal(child) or is_key(child):
            continue
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value
        yield from shown_texts(child)


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_a_figure_puts_no_words_together_but_by_phrases(path: Path) -> None:
    texts = set(shown_texts(ast.parse(path.read_text("utf-8"))))
    prose = {
        text
        for text in texts - PHRASES.keys()
        if PROSE.search(re.sub(r"\$[^$]*\$|\\[a-z]+", "", text))
    }
    assert prose == set()
