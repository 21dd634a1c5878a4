"""Pages of help: an option a line at 80 columns, groups, defaults, no synonyms, no colours."""

import os
import re
import subprocess
import sys

import pytest
from typer.core import TyperOption

from optviz import cli, help
from optviz.cli import _commands


def optviz(*arguments: str, **environment: str) -> str:
    command = [sys.executable, "-m", "optviz", *arguments]
    bare = {k: v for k, v in os.environ.items() if k != "COLUMNS"}
    done = subprocess.run(
        command, capture_output=True, text=True, env={**bare, **environment}, check=True
    )
    return done.stdout


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {name: cli.page(name) for name in cli.commands()}


def params(name: str) -> list[TyperOption]:
    return [p for p in cli.group((name,)).commands[name].params if isinstance(p, TyperOption)]


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("name", cli.commands())
def test_each_option_is_one_line(name: str, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    page = cli.page(name)
    body = page.partition("\nExamples\n")[0]
    for option in params(name):
        flag = next(flag for flag in option.opts if flag.startswith("--"))
        shown = flag.replace("--", "--[no-]") if option.secondary_opts else flag
        (line,) = re.findall(rf"^  (?:-\w, )?{re.escape(shown)}\b(?![-\w]).*", body, re.M)
        assert (option.help or "") in line
        default = option.show_default
        assert not isinstance(default, str) or not default or line.endswith(f"  [{default}]")
    assert max(map(len, page.splitlines())) <= columns


@pytest.mark.parametrize("name", cli.commands())
def test_a_page_ends_in_examples_and_says_where_to_read_on(
    name: str, pages: dict[str, str]
) -> None:
    assert f"Usage: optviz {name}" in pages[name]
    examples = pages[name].partition("\nExamples\n")[2]
    assert len(re.findall(r"^    (?:optviz|printf) ", examples, re.M)) >= 5
    assert pages[name].endswith("Topics: optviz help")


def test_options_stand_in_groups_with_their_defaults(pages: dict[str, str]) -> None:
    headings = re.findall(r"^(\w.*)$", pages["trace"].partition("\nExamples\n")[0], re.M)[1:]
    assert headings == [
        "Arguments",
        "What to run",
        "Optimizers",
        "Start and steps",
        "Gradients and noise",
        "Options of trace",
        "Look",
        "Film (gif, apng, webp, mp4, frames)",
        "Output",
        "Workers",
    ]
    assert re.search(r"--objective TEXT .* \[d2l\]$", pages["trace"], re.M)
    assert re.search(r"--steps N .* \[20, or the preset's\]$", pages["trace"], re.M)
    assert re.search(r"--theme NAME .* \[light; html: auto\]$", pages["trace"], re.M)
    assert re.search(r"--seed N .* \[0\]$", pages["trace"], re.M)


def test_synonyms_are_read_and_not_shown(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        shown = set(re.findall(r"^  (?:-\w, )?--(?:\[no-\])?([\w-]+)", page, re.M)) - {"help"}
        assert {word.replace("-", "_") for word in shown} == {p.name for p in params(name)}
    assert "--lr" not in pages["trace"]


def test_a_command_says_what_it_does_in_one_line_of_80_columns() -> None:
    width = max(map(len, cli.commands()))
    for table in cli.summaries().values():
        for name, does in table:
            assert re.fullmatch(r"[A-Z].*\.", does), name
            assert len(does) + width + 4 <= 80, name


def test_every_command_is_in_a_known_group() -> None:
    assert tuple(cli.summaries()) == _commands.GROUPS
    assert all(cli.summaries().values())


def test_the_first_page_shows_what_to_try_all_commands_and_where_to_read_on() -> None:
    page = optviz()
    assert page == optviz("--help") == optviz("-h")
    assert page.startswith("optviz draws how optimizers move")
    assert len(re.findall(r"^    optviz ", page, re.M)) == 3
    assert max(map(len, page.splitlines())) <= 80
    for group in (*_commands.GROUPS, "Read on"):
        assert f"\n{group}\n" in page


def test_help_of_a_command_is_its_help_option() -> None:
    assert optviz("help", "trace") == optviz("trace", "--help") == optviz("trace", "-h")


def test_help_lists_and_shows_topics() -> None:
    listed = optviz("help")
    for topic in help.topics():
        assert re.search(rf"^  optviz help {topic} +{re.escape(help.title(topic))}$", listed, re.M)
    assert optviz("help", "noise").strip() == help.text("noise")


def test_an_unknown_topic_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["help", "optimisers"]) == 2
    assert "optimizers" in capsys.readouterr().err


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}, {"FORCE_COLOR": "1"}])
def test_help_has_no_colours(environment: dict[str, str]) -> None:
    assert "\x1b" not in optviz("trace", "--help", **environment)


def test_a_narrow_terminal_wraps_behind_the_options() -> None:
    lines = optviz("trace", "--help", COLUMNS="60").partition("\nExamples\n")[0].splitlines()
    assert max(map(len, lines[1:])) <= 60
