"""Every language has every phrase of English, with the same places, and nothing besides."""

import ast
import importlib
import inspect
import re
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from string import Formatter

import pytest

from optviz import optimizers, phrases
from optviz.figures._anatomy_equations import latex
from optviz.phrases import PHRASES, ko, language, languages, listed, named, say, translated

OTHERS = languages()[1:]
FORMULAS = re.compile("argmin|max|RMS|clip|diag|Q[a-z]")
Template = str | tuple[str, str]


def table(code: str) -> Mapping[str, Template]:
    phrases: Mapping[str, Template] = importlib.import_module(f"optviz.phrases.{code}").PHRASES
    return phrases


def places(template: Template) -> set[str]:
    texts = (template,) if isinstance(template, str) else template
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def test_english_is_first_and_korean_is_there() -> None:
    assert languages()[0] == "en"
    assert "ko" in languages()


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_the_phrases_of_english(code: str) -> None:
    assert table(code).keys() == PHRASES.keys()


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("key", PHRASES)
def test_a_phrase_has_the_places_of_english(key: str, code: str) -> None:
    template, english = table(code)[key], PHRASES[key]
    assert places(template) == places(english)
    assert isinstance(template, str) or isinstance(english, tuple)  # count is given for a pair
    assert isinstance(template, str) or places(template[0]) - {"count"} <= places(template[1])
    assert bool(template) == bool(english) or key == "counts"


@pytest.mark.parametrize("code", OTHERS)
def test_only_optimizers_have_names_of_a_language(code: str) -> None:
    titles = {optimizers.registry[name].title for name in optimizers.registry.names}
    assert importlib.import_module(f"optviz.phrases.{code}").NAMES.keys() <= titles


@pytest.mark.parametrize("code", OTHERS)
def test_only_equations_with_words_have_a_form_of_a_language(code: str) -> None:
    worded = {
        line
        for name in optimizers.registry.names
        for equation in optimizers.registry[name].equations
        for line in equation.split(",  ")
        if latex(line) is None and set(re.findall("[A-Za-z]{2,}", FORMULAS.sub("", line)))
    }
    assert importlib.import_module(f"optviz.phrases.{code}").EQUATIONS.keys() == worded


@cache
def clauses() -> frozenset[str]:
    """The clauses of the forecasts in the optimizers' files, as they are written there."""
    rules = [optimizers.Rule, *(optimizers.registry[name] for name in optimizers.registry.names)]
    sentences = [
        node.value
        for rule in rules
        for function in ast.walk(
            ast.parse(inspect.getsource(inspect.getmodule(rule) or optimizers))
        )
        if isinstance(function, ast.FunctionDef) and function.name == "forecast"
        for statement in function.body[1:]
        for node in ast.walk(statement)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
    ]
    return frozenset(clause for text in sentences for clause in text.split("; ") if clause)


def test_forecasts_are_read_from_the_files() -> None:
    assert "λ = {decay} pulls it off the minimum, towards 0" in clauses()
    assert len(clauses()) > 40


@pytest.mark.parametrize("code", OTHERS)
def test_every_clause_of_a_forecast_has_a_form_of_a_language(code: str) -> None:
    forms = importlib.import_module(f"optviz.phrases.{code}").CLAUSES
    assert forms.keys() == clauses()
    assert {clause for clause, form in forms.items() if places(form) != places(clause)} == set()


def test_korean_has_no_particle_that_depends_on_the_name_before_it() -> None:
    after_names = {
        key: particle
        for key, template in {**table("ko"), **ko.CLAUSES}.items()
        for text in ([template] if isinstance(template, str) else template)
        for particle in ("은", "는", "이", "가", "을", "를", "와", "과", "로", "으로")
        if any(f"}}{particle}{end}" in f"{text} " for end in " ,.;:")
    }
    assert after_names == {}


def test_a_language_is_that_of_its_block_alone() -> None:
    assert say("start") == "start"
    with language("ko"):
        assert say("start") == "시작점"
        assert say("steps", count=1) == "1스텝"
        assert phrases.counted(4) == "4"
        assert listed(["x", "y", "z"]) == "x, y, z"
        assert named("Gradient descent") == "경사 하강법"
        assert named("Adam") == "Adam"
        assert translated("only η = 1 is an exact line search; a rule of yours") == (
            "η = 1일 때만 정확한 직선 탐색; a rule of yours"
        )
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(say, "start").result() == "start"
    assert say("start") == "start"
    assert named("Gradient descent") == "Gradient descent"


def test_a_language_is_loaded_only_when_it_is_used() -> None:
    code = "import sys, optviz.spec.figure; print(*(m for m in sys.modules if 'phrases.' in m))"
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert process.stdout == "optviz.phrases.en\n"
