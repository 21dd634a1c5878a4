import pytest

from optviz import optimizers
from optviz.errors import BadValue, TextError, UnknownName
from optviz.optimizers import read, read_all
from optviz.optimizers.adagrad import AdaGrad
from optviz.optimizers.adam import Adam
from optviz.schedules.constant import Constant
from optviz.schedules.cosine import Cosine


def refused(text: str) -> tuple[str, str]:
    with pytest.raises(TextError) as caught:
        read(text)
    error = caught.value
    return error.text[error.at : error.at + error.length], error.message


def test_a_name_alone_is_the_book() -> None:
    optimizer = read("AdaGrad")
    assert (optimizer.rule, optimizer.schedule, optimizer.dialect) == (
        AdaGrad(eps=1e-6, eps_at="inside", G0=0.0),
        Constant(0.4),
        "",
    )


def test_a_dialect_brings_the_library_and_settings_change_it() -> None:
    optimizer = read("adagrad@Keras:eta=0.4,eps=0.01")
    assert optimizer.rule == AdaGrad(eps=0.01, G0=0.1, decoupled=True)
    assert (optimizer.schedule, optimizer.dialect) == (Constant(0.4), "keras")


@pytest.mark.parametrize(
    "text",
    [
        "adam:eta=0.1,beta1=0.8",
        "adam(0.1,beta1=0.8)",
        "adam:0.1,beta1=0.8",
        " Adam : lr = .1 , beta1 = 8e-1 ",
        "adam@d2l:beta1=0.8,lr=0.1",
    ],
)
def test_many_spellings_mean_the_same(text: str) -> None:
    assert read(text).rule == Adam(beta1=0.8)
    assert read(text).schedule == Constant(0.1)


def test_a_rate_may_be_a_schedule() -> None:
    assert read("gd:cosine(0.3,60,warmup=5)").schedule == Cosine(0.3, 60, warmup=5)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("gd", "gd:eta=0.4"),
        ("momentum", "momentum:eta=0.6,beta=0.5"),
        ("adagrad@keras", "adagrad@keras:eta=0.001,eps=1e-07"),
        ("adagrad@keras:G0=0", "adagrad@keras:eta=0.001,eps=1e-07,G0=0"),
        ("adagrad:G0=0.1,eps_at=inside", "adagrad:eta=0.4,eps=1e-06,G0=0.1"),
        ("rmsprop:centered=True", "rmsprop:eta=0.4,rho=0.9,eps=1e-06,centered=true"),
        (
            "adam@torch:exponential(0.3,0.97)",
            "adam@torch:eta=exponential(0.3,0.97),beta1=0.9,beta2=0.999,eps=1e-08",
        ),
    ],
)
def test_the_text_form_prints_variants_only_where_they_differ(text: str, printed: str) -> None:
    assert str(read(text)) == printed


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("adam:0.1,0.2", "0.2", "only the rate may stand without a name"),
        ("adam:0.1,eta=0.2", "0.2", "eta is set twice"),
        ("adam:lr=0.1,eta=0.2", "0.2", "eta is set twice"),
        ("adam:beta1=1", "1", "0 ≤ beta1 < 1 is wanted"),
        ("adam:beta1=high", "high", "beta1 is a number"),
        ("adam:beta1=cosine(1,2)", "cosine(1,2)", "beta1 is a number"),
        ("adam:eps_at=inside", "inside", "eps_at is outside or hat"),
        ("rmsprop:centered=1", "1", "centered is true or false"),
        ("momentum:dampening=1", "1", "0 ≤ dampening < 1 is wanted"),
    ],
)
def test_an_error_shows_its_place(text: str, place: str, message: str) -> None:
    assert refused(text) == (place, message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("adagard", "no optimizer is called 'adagard'; did you mean adagrad?"),
        (
            "adagrad@tourch",
            "no dialect of adagrad is called 'tourch' in adagrad@tourch; did you mean torch?",
        ),
    ],
)
def test_an_unknown_word_suggests_the_nearest(text: str, message: str) -> None:
    with pytest.raises(UnknownName) as caught:
        read(text)
    assert str(caught.value) == message


def test_a_common_setting_goes_to_all_that_have_it_unset() -> None:
    several = read_all(
        ["gd", "momentum:beta=0.9", "momentum:eta=0.1"], {"lr": "0.3", "beta": "0.2"}
    )
    assert [str(optimizer) for optimizer in several] == [
        "gd:eta=0.3",
        "momentum:eta=0.3,beta=0.9",
        "momentum:eta=0.1,beta=0.2",
    ]


def test_a_common_setting_of_nobody_is_refused() -> None:
    with pytest.raises(BadValue, match=r"rho: 0.9 given, but gd, adam .* rmsprop.* have it"):
        read_all(["gd", "adam", "gd"], {"rho": "0.9"})
    with pytest.raises(BadValue, match="no optimizer has it"):
        read_all(["gd"], {"temperature": "1"})


@pytest.mark.parametrize(
    ("typed", "place", "message"),
    [
        ("nan", "nan", "nan is not a finite number"),
        ("0.1,beta1=0.5", ",", "the text should end here"),
        ("", "", "a value is wanted here"),
        ("cosine(0.3)", "cosine(0.3)", "cosine also needs steps"),
    ],
)
def test_an_error_of_a_common_setting_shows_its_place(typed: str, place: str, message: str) -> None:
    with pytest.raises(TextError) as caught:
        read_all(["adam"], {"eta": typed})
    error = caught.value
    assert (error.what, error.text, error.message) == ("eta", typed, message)
    assert typed[error.at : error.at + error.length] == place


def test_equal_texts_are_equal_optimizers_and_others_are_not() -> None:
    assert read("adam:0.1") == read("adam(0.1)")
    assert read("adam:0.1") != read("adam:0.2")
    assert read("adagrad@keras") != read("adagrad@optax:eta=0.001")
    assert len({read("adam:0.1"), read("adam(0.1)"), read("gd")}) == 2


def test_every_name_reads() -> None:
    assert {read(name).rule.word() for name in optimizers.registry.names} == set(
        optimizers.registry.names
    )


def test_bare_names_may_share_one_text_and_settings_are_those_of_the_last() -> None:
    several = optimizers.read_all(
        ["adam, rmsprop@torch,adagrad:eta=0.1,eps=0", "gd"], {"eta": "0.2"}
    )
    assert [str(o).partition(":")[0] for o in several] == ["adam", "rmsprop@torch", "adagrad", "gd"]
    assert [o.schedule(1) for o in several] == [0.2, 0.2, 0.1, 0.2]
    (one,) = optimizers.read_all(["adam:beta1=0.8,beta2=0.9"])
    assert str(one) == "adam:eta=0.4,beta1=0.8,beta2=0.9,eps=1e-06"
    with pytest.raises(BadValue, match="one is wanted"):
        optimizers.read("adam,gd")


@pytest.mark.parametrize("text", ["adam,", ",adam", "adam,,gd", "adam(0.1),gd"])
def test_a_list_of_names_has_no_gaps_and_no_settings_but_at_its_end(text: str) -> None:
    with pytest.raises(TextError):
        optimizers.read_all([text])


def test_external_code_is_recognised_at_the_end_of_a_list() -> None:
    assert optimizers.foreign(["adam@torch,mine:Rule(eta=1)"]) == ["mine:Rule(eta=1)"]
