import pytest

from optviz import optimizers
from optviz.errors import TextError, UnknownName
from optviz.schedules.cosine import Cosine


def refused(text):
    with pytest.raises(TextError) as caught:
        optimizers.read(text)
    error = caught.value
    return error.text[error.at : error.at + error.length], error.said


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("gd:eta=[1,2]", "[1,2]", "a rate is a number or a schedule"),
        ("gd:eta=cosine@d2l(1,2)", "cosine@d2l(1,2)", "a rate is a number or a schedule"),
        ("gd:eta=nan", "nan", "nan is not a finite number"),
        ("gd:eta=Inf", "Inf", "Inf is not a finite number"),
        ("gd:eta=-0.1", "-0.1", "0 ≤ eta is wanted"),
        ("gd:eta=cosine(0.3)", "cosine(0.3)", "cosine also needs steps"),
        ("gd:eta=exponential", "exponential", "exponential also needs eta0, gamma"),
        ("gd:eta=exponential(1,2,3)", "3", "exponential takes at most 2 values: eta0, gamma"),
        ("gd:eta=cosine(1,steps=5,steps=6)", "steps", "steps is set twice"),
        ("gd:eta=cosine(1,5,steps=6)", "6", "steps is set twice"),
        ("gd:eta=cosine(1,cosine(1,2))", "cosine(1,2)", "steps is a number"),
        ("gd:eta=step(1,2.5)", "2.5", "a whole number is wanted"),
    ],
)
def test_a_rate_that_cannot_be_is_told_at_its_place(text, place, said):
    assert refused(text) == (place, said)


def test_an_unknown_schedule_or_setting_suggests_the_nearest():
    with pytest.raises(UnknownName, match=r"called 'cosin'; did you mean cosine\?"):
        optimizers.read("gd:eta=cosin(1,2)")
    with pytest.raises(UnknownName, match=r"no setting of cosine .* did you mean warmup\?"):
        optimizers.read("gd:eta=cosine(1,2,warmpu=3)")


def test_settings_may_be_named_in_any_order_after_those_that_are_not():
    assert optimizers.read("gd:eta=Cosine(0.3,warmup=2,steps=9)").schedule == Cosine(0.3, 9, 0, 2)


def test_trailing_usual_settings_are_not_printed():
    assert str(Cosine(0.3, 60.0)) == "cosine(0.3,60)"
    assert str(Cosine(0.3, 60.0, warmup=5.0)) == "cosine(0.3,60,0,5)"
