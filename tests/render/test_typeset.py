"""Rows of text: split into words and formulas, measured, broken into lines that fit."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.textpath import text_to_path

from optviz.errors import BadValue
from optviz.render.draw import figure, typeset
from optviz.render.draw.typeset import Run, Type

KIND = Type(("DejaVu Sans",), 12.0, "normal", 100.0)
RENDERER = RendererAgg(1, 1, 100.0)
FORMULAS = ("$x_1$", r"$\eta$", "$2/\\lambda_1$", "$f(x_t)-f^*$", "$f(x - y)$")
IDEOGRAPHS = "䷀䷁䷂䷃䷄䷅"  # broken as Chinese is, and DejaVu Sans has them
words = st.text("abcXYZWil.,−0123456789äß", min_size=1, max_size=40)
pieces = st.one_of(
    words, st.sampled_from(FORMULAS), st.just(r"\$"), st.text(IDEOGRAPHS, min_size=1)
)
lines = st.lists(pieces, min_size=1, max_size=8).map(" ".join)
glued = st.lists(pieces, min_size=1, max_size=8).map("".join)


def width(line: str) -> float:
    return typeset.line_extent(line, KIND, RENDERER).width


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("plain words", [Run("plain words", False)]),
        ("on $x_1^2$, slowly", [Run("on", False), Run("$x_1^2$", True, 1), Run(", slowly", False)]),
        ("$a$  $b$", [Run("$a$", True), Run("$b$", True, 2)]),
        ("$a$$b$", [Run("$a$", True), Run("$b$", True)]),
        (r"costs 3 \$, or 4 \$", [Run("costs 3 $, or 4 $", False)]),
        (r"\$ and $a\$b$", [Run("$ and", False), Run(r"$a\$b$", True, 1)]),
        ("  $a$ ", [Run("$a$", True)]),
        ("", []),
    ],
)
def test_a_line_is_split_at_dollars(line: str, expected: list[Run]) -> None:
    assert typeset.runs(line) == expected


@given(lines)
def test_runs_have_every_letter_of_a_line_in_order(line: str) -> None:
    joined = "".join(" " * run.blanks + run.text for run in typeset.runs(line))
    assert joined.replace("^{*}", "^*") == line.replace(r"\$", "$").strip()


@settings(max_examples=50)
@given(lines)
def test_the_widths_of_runs_and_blanks_add_up_to_that_of_the_line(line: str) -> None:
    total = sum(
        typeset.run_extent(run, KIND, RENDERER).width + run.blanks * typeset.BLANK * KIND.em
        for run in typeset.runs(line)
    )
    assert width(line) == pytest.approx(total)


def test_a_blank_between_runs_is_as_wide_as_one_within_words() -> None:
    assert width("a b") - width("a") - width("b") == pytest.approx(typeset.BLANK * KIND.em, rel=0.1)


@pytest.mark.parametrize(("formula", "digit"), [("$f^*$", "$f^2$"), ("$x_t-x^*$", "$x_t-x^2$")])
def test_a_star_stands_as_near_to_its_letter_as_a_digit(formula: str, digit: str) -> None:
    # in Computer Modern both are half an em wide, within what hinting does
    assert width(formula) == pytest.approx(width(digit), abs=0.5)


def test_a_transpose_has_no_room_of_an_operator_around_it() -> None:
    em = 0.7 * KIND.em * typeset.FORMULA  # of a superscript: a digit is 0.5 em wide, ⊤ 0.78 em
    assert width(r"$x^\top Q$") - width("$x^2Q$") < 0.4 * em


def test_a_line_has_the_height_of_its_highest_formula() -> None:
    plain = typeset.line_extent("x", KIND, RENDERER)
    tall = typeset.line_extent(r"x $\frac{\frac{a}{b}}{c}$", KIND, RENDERER)
    assert plain.height == typeset.line_extent("", KIND, RENDERER).height
    assert tall.above > plain.above and tall.below > plain.below


def test_the_baselines_of_lines_keep_apart_where_a_formula_is_high() -> None:
    tall = r"$\frac{\frac{a}{b}}{c}$"
    two = typeset.extent(f"{tall}\n{tall}", KIND, RENDERER)
    assert two.height > 2 * typeset.extent(tall, KIND, RENDERER).height
    assert typeset.extent("a\nb\nc", KIND, RENDERER).height - typeset.extent(
        "a", KIND, RENDERER
    ).height == pytest.approx(2 * typeset.LEADING * KIND.em)


def in_order(text: str) -> str:
    return text.replace(" ", "").replace("\n", "").replace("$", "").replace("{}", "")


@settings(max_examples=150)
@given(st.one_of(lines, glued), st.floats(3, 30))
def test_no_line_is_wider_than_its_room_but_for_the_term_of_a_formula(
    line: str, letters: float
) -> None:
    room = letters * KIND.em
    found = typeset.wrapped(line, room, KIND, RENDERER)
    assert in_order(found.replace("{}", "")) == in_order(line)
    for one in found.split("\n"):
        parts = typeset.runs(one)
        assert width(one) <= room + 0.5 or (len(parts) == 1 and parts[0].formula), one


@settings(max_examples=50)
@given(st.lists(words, min_size=2, max_size=12).map(" ".join))
def test_words_that_fit_are_whole_and_the_next_one_would_not_have_fitted(line: str) -> None:
    room = max(width(word) for word in line.split(" ")) + 1
    found = typeset.wrapped(line, room, KIND, RENDERER).split("\n")
    assert " ".join(found) == line
    for one, after in pairwise(found):
        assert width(f"{one} {after.split(' ')[0]}") > room - 0.5


def test_a_formula_is_broken_before_its_signs_only() -> None:
    line = "where $f(x) = a_1 + (b - c)$ and $x_{k+1} - x_k$ hold"
    assert typeset.wrapped(line, 99 * KIND.em, KIND, RENDERER) == line
    found = typeset.wrapped(line, 1 * KIND.em, KIND, RENDERER).split("\n")
    assert typeset.wrapped("$10^-3 - x_+$", 1.0, KIND, RENDERER) == "$10^-3 $\n${}- x_+$"
    formulas = [one for one in found if "$" in one]
    assert formulas == ["$f(x) = a_1 $", "${}+ (b - c)$", "$x_{k+1} $", "${}- x_k$"]


def test_a_name_of_code_is_broken_at_its_underscores() -> None:
    name = "get_cosine_schedule_with_warmup"
    lines = typeset.wrapped(name, width("get_cosine_schedule_w"), KIND, RENDERER).split("\n")
    assert lines == ["get_cosine_schedule_", "with_warmup"]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("blocks.0.attention.weight", "blocks.0."),
        ("layers.11.self_attn.weight", "layers.11."),
        ("encoder.layer10.weight", "encoder."),
        ("version3.14159", "version3.141"),  # a number stays as it is
    ],
)
def test_a_name_of_a_layer_is_broken_at_its_dots(name: str, first: str) -> None:
    most = width(f"{first}a") if first.endswith(".") else width(first)
    assert typeset.wrapped(name, most, KIND, RENDERER).split("\n")[0] == first


def test_ideographs_may_be_broken_after_any_letter() -> None:
    line = IDEOGRAPHS * 7
    found = typeset.wrapped(line, width(line[:7]) + 1, KIND, RENDERER).split("\n")
    assert [len(one) for one in found] == [7] * 6


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (r"$\frac{1$", "cannot be read"),
        ("$x_$", r"not expected: end of text\)$"),
        ("$" + "{" * 5000 + "$", "read|deep"),
    ],
)
def test_a_formula_that_cannot_be_set_is_named(wrong: str, said: str) -> None:
    with pytest.raises(BadValue, match=said):
        width(f"a {wrong}")


@pytest.mark.parametrize("size", [6.0, 7.2, 8.5, 9.4, 10.0, 11.3, 13.0])
@pytest.mark.parametrize("text", [IDEOGRAPHS, "ceiling of", "illicit"])
def test_a_run_is_as_wide_as_its_pixels_and_in_vector_formats_as_its_curves(
    text: str, size: float
) -> None:
    """Hinting makes it wider at some sizes and narrower at others."""
    kind = KIND._replace(size=size)
    font = kind.font(formula=False)
    with figure.settings():
        pixels = RENDERER.get_text_width_height_descent(text, font, False)[0]  # type: ignore[no-untyped-call]
        assert typeset.run_extent(Run(text, False), kind, RENDERER).width == pixels
    with figure.settings(vector=True):
        curves = text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]
        width = typeset.run_extent(Run(text, False), kind, RENDERER).width
        assert width == pytest.approx(curves * kind.dpi / 72, abs=0.5)
