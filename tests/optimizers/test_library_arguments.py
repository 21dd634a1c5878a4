"""Every argument of every library's optimizer is read, passed over, or refused with a reason."""

import json
from pathlib import Path
from random import Random

import pytest

from optviz import optimizers
from optviz.errors import OptvizError, TextError, UnknownName
from optviz.optimizers import Negative, Optimizer, Rule, Switch
from optviz.optimizers._library_arguments import LIBRARIES
from optviz.optimizers._vocabulary import Vocabulary, vocabulary_of
from optviz.text import syntax
from optviz.text.arguments import plain

RECORD = json.loads((Path(__file__).parent.parent / "recorded" / "signatures.json").read_text())
SIGNATURES: dict[str, dict[str, dict[str, str | None]]] = RECORD["optimizers"]
RULES = list(optimizers.registry)
MADE = [(rule, library) for rule in RULES for library in rule.made_by if library in SIGNATURES]
BY_RULE = [pytest.param(rule, library, id=f"{rule.word()}@{library}") for rule, library in MADE]
FUNCTIONS = [
    pytest.param(library, function, id=function)
    for library, functions in SIGNATURES.items()
    for function in functions
]
DIALECTS = [
    pytest.param(rule, name, id=f"{rule.word()}@{name}")
    for rule in RULES
    for name in ("", *rule.dialects)
]
WORDS = sorted(
    {word for rule in RULES for word in ("eta", *rule.settings(), *rule.becomes)}
    | {word for functions in SIGNATURES.values() for each in functions.values() for word in each}
    | {word for arguments in LIBRARIES.values() for word in arguments}
)
# Defaults of a library that a pasted line may not have, and why.
UNREAD = {
    ("optax.polyak_sgd", "f_min"),  # f* is the objective's
    ("optax.adadelta", "learning_rate"),  # None: the step is not turned downhill
}
NEEDED = {"fast_optimizer": "adam", "sync_period": "5", "slow_step_size": "0.5"}


def signature(rule: type[Rule], library: str) -> dict[str, str | None]:
    return SIGNATURES[library][rule.made_by[library].partition("(")[0]]


def read(name: str, words: list[str]) -> Optimizer:
    """The optimizer; of a library that has no usual rate at 0.1."""
    kind = optimizers.registry[name.partition("@")[0]]
    required = name.partition("@")[2] in kind.requires_rate
    rate = (
        ["eta=0.1"] if required and not any(w.startswith("learning_rate=") for w in words) else []
    )
    text = ",".join([*rate, *words])
    return optimizers.read(f"{name}:{text}" if text else name)


@pytest.mark.parametrize(("rule", "library"), BY_RULE)
def test_every_argument_of_a_function_is_declared(rule: type[Rule], library: str) -> None:
    vocabulary = vocabulary_of(rule, library)
    arguments = signature(rule, library)
    assert arguments
    declared = {*vocabulary.spellings, *rule.becomes}
    assert [w for w in arguments if w not in declared and not vocabulary.argument(w)] == []


@pytest.mark.parametrize(("rule", "library"), BY_RULE)
def test_every_word_that_a_rule_spells_is_an_argument_of_the_function(
    rule: type[Rule], library: str
) -> None:
    assert vocabulary_of(rule, library).spellings.keys() <= signature(rule, library).keys()


@pytest.mark.parametrize(("rule", "library"), BY_RULE)
def test_a_value_without_a_name_is_the_rate_where_the_library_s_first_is(
    rule: type[Rule], library: str
) -> None:
    text = f"{rule.word()}@{library}:0.3"
    if vocabulary_of(rule, library).spelling(next(iter(signature(rule, library)))) == "eta":
        assert optimizers.read(text).explicit == {"eta"}
    else:
        with pytest.raises(TextError, match="write that, or"):
            optimizers.read(text)


def test_every_recorded_function_is_made_by_a_rule() -> None:
    functions_made = {rule.made_by[library].partition("(")[0] for rule, library in MADE}
    assert functions_made <= {f for functions in SIGNATURES.values() for f in functions}
    for library, functions in SIGNATURES.items():
        for function in functions:
            rule = optimizers.registry[function.rpartition(".")[2]]
            assert library in rule.dialects, function


@pytest.mark.parametrize(("library", "function"), FUNCTIONS)
def test_a_function_with_all_its_defaults_written_out_is_the_function(
    library: str, function: str
) -> None:
    name = f"{function.rpartition('.')[2]}@{library}"
    needed: list[str] = []
    defaults: list[str] = []
    for word, default in SIGNATURES[library][function].items():
        if word == "learning_rate" and default is None:
            needed.append(f"{word}=0.1")
        elif default is None:
            needed.append(f"{word}={NEEDED[word]}")
        elif (function, word) not in UNREAD:
            defaults.append(f"{word}={default}")
    assert read(name, needed + defaults) == read(name, needed)


@pytest.mark.parametrize(("function", "word"), sorted(UNREAD))
def test_a_default_that_cannot_be_drawn_is_refused(function: str, word: str) -> None:
    library, _, name = function.partition(".")
    default = SIGNATURES[library][function][word]
    with pytest.raises(TextError):
        read(f"{name}@{library}", [f"{word}={default}"])


VALUES = ("0.37", "0", "true", "false", "None", "(0.4,0.6)")


def dropped(vocabulary: Vocabulary, word: str, typed: str, usual: Optimizer) -> bool:
    """Whether the word is taken, changes nothing, and no table says that it may."""
    argument, spelling = vocabulary.argument(word), vocabulary.spelling(word)
    try:
        optimizer = read(typed_name(vocabulary), [f"{word}={typed}"])
    except OptvizError:
        return False
    value = syntax.value(word, typed)
    if isinstance(spelling, Negative | Switch):
        value, spelling = spelling.node(value), spelling.name
    passed = argument is not None and argument.ignores(value)
    same = isinstance(spelling, str) and plain(value) == getattr(usual.rule, spelling)
    return str(optimizer) == str(usual) and not passed and not same


def typed_name(vocabulary: Vocabulary) -> str:
    return vocabulary.rule.word() + (f"@{vocabulary.dialect}" if vocabulary.dialect else "")


@pytest.mark.parametrize(("rule", "name"), DIALECTS)
def test_a_word_changes_the_optimizer_or_is_passed_over_by_a_table_or_is_refused(
    rule: type[Rule], name: str
) -> None:
    vocabulary = vocabulary_of(rule, name)
    usual = read(typed_name(vocabulary), [])
    words = [
        word for word in WORDS if vocabulary.knows(word) and vocabulary.spelling(word) != "eta"
    ]
    assert [(w, v) for w in words for v in VALUES if dropped(vocabulary, w, v, usual)] == []
    for word in [word for word in WORDS if not vocabulary.knows(word)][::5]:
        with pytest.raises(OptvizError):
            read(typed_name(vocabulary), [f"{word}=0.37"])


def kept(optimizer: Optimizer, word: str, typed: str) -> bool:
    """Whether the word is a setting with that value in what it made, or passed over by a table."""
    argument, spelling = optimizer.vocabulary.argument(word), optimizer.vocabulary.spelling(word)
    value = syntax.value(word, typed)
    if argument and argument.ignores(value):
        return True
    assert spelling is not None, word
    if isinstance(spelling, Negative | Switch):
        value, spelling = spelling.node(value), spelling.name
    keys, values = (
        ((spelling,), (plain(value),)) if isinstance(spelling, str) else (spelling, plain(value))
    )
    return all(
        optimizer.schedule(1) == each if key == "eta" else getattr(optimizer.rule, key) == each
        for key, each in zip(keys, values, strict=True)
    )


def test_words_that_are_typed_together_are_all_kept() -> None:
    random, read_back = Random(7), 0
    for _ in range(6000):
        rule, name = random.choice(DIALECTS).values
        vocabulary = vocabulary_of(rule, name)
        pool = [*vocabulary.words, *vocabulary.arguments, *rule.becomes]
        chosen = {
            word: random.choice(VALUES)
            for word in random.sample(pool, min(len(pool), random.randint(2, 4)))
            if word.isidentifier()
        }
        text = ",".join(f"{word}={value}" for word, value in chosen.items())
        try:
            optimizer = optimizers.read(f"{typed_name(vocabulary)}:{text}")
        except OptvizError:
            continue
        assert all(kept(optimizer, word, value) for word, value in chosen.items()), text
        assert optimizers.read(str(optimizer)) == optimizer
        read_back += 1
    assert read_back > 200


@pytest.mark.parametrize(("rule", "name"), DIALECTS)
def test_a_changed_setting_is_printed_so_that_it_reads_back(rule: type[Rule], name: str) -> None:
    vocabulary = vocabulary_of(rule, name)
    typed = typed_name(vocabulary)
    for key in rule.settings():
        for value in ("0.37", "3", "true", "false", *rule.settings()[key].choices):
            try:
                optimizer = read(typed, [f"{vocabulary.word(key)}={value}"])
            except OptvizError:
                continue
            assert optimizers.read(str(optimizer)) == optimizer


LACKING = [
    pytest.param(rule, name, id=f"{rule.word()}@{name}")
    for rule in RULES
    for name in ("torch", "keras", "optax", "tf", "Optax")
    if {"tf": "keras"}.get(name, name.lower()) not in rule.dialects
]


@pytest.mark.parametrize(("rule", "name"), LACKING)
def test_a_dialect_that_a_rule_lacks_is_refused_with_those_it_has(
    rule: type[Rule], name: str
) -> None:
    for text in (f"{rule.word()}@{name}", f"lookahead:base={rule.word()}@{name}"):
        with pytest.raises(UnknownName) as caught:
            optimizers.read(text)
        message = str(caught.value)
        assert message.startswith(f"no dialect of {rule.word()} is called '{name}'")
        assert message.endswith(f"known: {', '.join(rule.dialects)}")


@pytest.mark.parametrize("name", ["torch", "TORCH", "Torch", "keras", "TF", "tf", "Optax"])
def test_a_dialect_is_read_in_any_case(name: str) -> None:
    assert optimizers.read(f"adam@{name}:eta=0.1") == optimizers.read(f"adam@{name.lower()}:0.1")
