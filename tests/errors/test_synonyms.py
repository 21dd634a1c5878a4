"""The table of synonyms names what is there, and hides nothing that is."""

import pytest

from optviz import cli, figures, objectives, optimizers, records, render, schedules
from optviz import help as texts
from optviz.errors import synonyms
from optviz.errors.name_synonyms import KINDS, NAMES
from optviz.errors.synonyms import OPTIONS, Meaning, quoted
from optviz.render.draw.theme import THEMES

FLAGS = {flag for flags in cli.flags().values() for flag in flags}
SETTINGS = {"eta"} | {name for rule in optimizers.registry for name in rule.settings()}
THERE = {
    "setting": SETTINGS,
    "axis": SETTINGS | {"angle", "kappa"},
    "optimizer": set(optimizers.registry.names),
    "command": set(cli.commands()),
    "figure": set(figures.registry.names),
    "theme": set(THEMES),
    "format": {*render.registry.names, *records.registry.names},
    "objective": set(objectives.PRESETS),
    "schedule": {kind.word().lower().replace("_", "") for kind in schedules.registry},
    "kind of thing": set(KINDS),
    "topic": set(texts.topics()),
}


def dashed(name: str) -> str:
    return f"--{name.replace('_', '-')}"


@pytest.mark.parametrize(("word", "meaning"), OPTIONS.items())
def test_a_word_stands_for_an_option_and_is_none_itself(word: str, meaning: Meaning) -> None:
    assert dashed(word) not in FLAGS
    assert not meaning.option or dashed(meaning.option) in FLAGS
    assert meaning.option or " " in meaning.value


@pytest.mark.parametrize("family", THERE)
def test_a_name_is_answered_with_names_that_are_there(family: str) -> None:
    for word, names in NAMES[family].items():
        assert {name for name in names if " " not in name} <= THERE[family], word
        assert word not in THERE[family] or THERE[family] & SETTINGS


def test_every_variable_of_a_synonym_is_that_of_its_option() -> None:
    words = [word for option in OPTIONS.values() for word in synonyms.words_of(option.option)]
    assert {"lr", "x0", "epochs", "view"} <= set(words)
    assert "momentum" not in words  # it stands for a part of --param


def test_a_meaning_is_written_as_a_flag_and_as_a_line_of_a_file() -> None:
    noise = OPTIONS["noise"]
    assert noise.instead(["gradient"], "0.5", flag=True) == 'write --gradient "noise(0.5)"'
    assert noise.instead(["gradient"], "0.5") == 'write gradient = "noise(0.5)"'
    assert noise.instead(["opt"], "0.5") == ""
    assert OPTIONS["momentum"].instead(["param"], "0.9") == 'write param = ["momentum=0.9"]'
    assert OPTIONS["lr"].instead(["eta"], '"cosine(1,9)"') == 'write eta = "cosine(1,9)"'


def test_a_word_is_quoted_as_a_shell_wants_it() -> None:
    assert [quoted(text) for text in ("adam:eta=0.1", "x^2", "a b", "$x", 'a"b', "")] == [
        "adam:eta=0.1", '"x^2"', '"a b"', "'$x'", "'a\"b'", '""',
    ]  # fmt: skip
