"""The reference in Markdown has all that is registered, and is Markdown."""

import re
from collections.abc import Iterator

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from optviz import catalog, cli, gradients, optimizers, reference, schedules
from optviz.errors import UnknownName
from optviz.errors.name_synonyms import KINDS
from optviz.reference.markup import code, escape, fence, table

READER = MarkdownIt("gfm-like", {"linkify": False})


def tokens(text: str) -> Iterator[Token]:
    """Every token of a text, also within lines."""
    for token in READER.parse(text):
        yield token
        yield from token.children or ()


def plain(text: str) -> str:
    """What a reader sees of a text."""
    shown = (t.content for t in tokens(text) if t.type in ("text", "code_inline", "fence"))
    return "\n".join(shown)


@pytest.mark.parametrize("kind", KINDS)
def test_every_name_of_a_kind_is_there(kind: str) -> None:
    words = set(re.findall(r"[\w-]+", plain(reference.markdown(kind))))
    assert {re.split(r"\W\(|\(", entry.name)[0] for entry in catalog.entries(kind)} <= words


@pytest.mark.parametrize("rule", list(optimizers.registry), ids=lambda rule: rule.word())
def test_an_entry_of_an_optimizer_says_what_its_card_says(rule: type[optimizers.Rule]) -> None:
    whole = reference.markdown("optimizers")
    entry = re.search(rf"^## {rule.word()}\n(.*?)(?=^## |\Z)", whole, re.M | re.S)
    assert entry is not None
    shown = plain(entry[1])
    assert all(e in shown for e in (*rule.equations, rule.says, rule.fails, rule.reference))
    own = rule.settings().keys() - optimizers.Rule.settings().keys()
    assert all(f"{setting}\n" in shown for setting in ("eta", *own))
    assert all(call in shown for call in rule.made_by.values())
    if len(rule.dialects) > 1:
        assert all(f"@{dialect}\n" in shown for dialect in rule.dialects)


@pytest.mark.parametrize("kind", [*schedules.registry, *gradients.registry])
def test_an_entry_of_a_call_has_its_formula_and_its_arguments(
    kind: type[schedules.Schedule] | type[gradients.Source],
) -> None:
    whole = reference.markdown("schedules" if issubclass(kind, schedules.Schedule) else "gradients")
    entry = re.search(rf"^### {kind.word()}\n(.*?)(?=^##|\Z)", whole, re.M | re.S)
    assert entry is not None
    shown = plain(entry[1])
    assert kind.formula in shown
    assert all(f"{name}\n" in shown for name in kind.settings())
    assert all(setting.says in shown for setting in kind.settings().values())


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_emphasised_or_linked_by_chance(kind: str) -> None:
    text = reference.markdown(kind)
    found = list(tokens(text))
    assert {t.content for t in found if t.type in ("html_inline", "html_block")} == set()
    assert {t.content for t in found if t.type == "image"} == set()
    assert sum(t.type == "em_open" for t in found) == text.count("*Fails:*")
    assert sum(t.type == "s_open" for t in found) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_fits_its_page(kind: str) -> None:
    """The longest words of the columns, which cannot be broken, side by side."""
    for lines in re.findall(r"(?:^\|.*\n?)+", reference.markdown(kind), re.M):
        rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines.splitlines()]
        columns = list(zip(*rows, strict=True))
        widths = [max(max(map(len, re.split(r"[\s,]+", c))) for c in col) for col in columns]
        assert sum(widths) <= 130


def test_an_unknown_kind_suggests_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean optimizers"):
        reference.markdown("optimiser")


@pytest.mark.parametrize("name", [*cli.commands(), "", "exit-codes", "statuses", "schemas"])
def test_help_is_markdown_too(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["help", *([name] if name else []), "--markdown"]) == 0
    text = capsys.readouterr().out
    found = list(tokens(text))
    assert not [t for t in found if t.type in ("html_inline", "html_block", "em_open", "s_open")]
    assert text.startswith(("## ", "[batch](#batch)"))


def test_help_has_every_option_of_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["help", "--markdown"]) == 0
    shown = plain(capsys.readouterr().out)
    for command in cli.group(cli.commands()).commands.values():
        flags = {f for p in command.params if not getattr(p, "hidden", False) for f in p.opts[:1]}
        long = {flag for flag in flags if flag.startswith("--")}
        assert all(flag in shown or flag.replace("--", "--[no-]") in shown for flag in long)


@pytest.mark.parametrize("text", ["a*b*c", "_a_", "<b>", "[a](b)", "a|b", "$x$ and $y$", "`a`"])
def test_an_escaped_text_is_shown_as_it_is(text: str) -> None:
    assert plain(escape(text)).replace("\n", "") == text
    cells = plain("\n".join(table(["a", "b"], [[escape(text), "c"]])))
    assert cells.replace("\n", "") == f"ab{text}c"


@pytest.mark.parametrize("text", ["a", "a`b", "``", "`a", "a|b"])
def test_code_is_shown_as_it_is(text: str) -> None:
    assert [t.content for t in tokens(code(text)) if t.type == "code_inline"] == [text]


def test_a_fence_is_longer_than_any_within() -> None:
    assert [t.content for t in tokens("\n".join(fence(["```", "a", "```"])))] == ["```\na\n```\n"]
