"""A function for each figure kind, in the words of the command line."""

import inspect
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import optviz
from optviz import batch, figures
from optviz.api import _signature
from optviz.errors import BadValue, ForeignOption, NoEffect, OptvizError, Unfit, UnknownName
from optviz.objectives import Quadratic
from optviz.optimizers import Rule, read, registry
from optviz.spec.kind_options import options_of
from optviz.spec.work import WorkSpec
from optviz.text.options import options as options_of_work

KINDS = figures.registry.names
NEEDED: dict[str, dict[str, Any]] = {  # by an option that only such a kind has
    "over": {"over": ["eta=log(0.01,0.4,5)"], "opt": ["gd"]},
    "schedule": {"schedule": ["cosine(0.3,60)"]},
    "degree": {"opt": ["gd:eta=0.3", "momentum:eta=0.1,beta=0.5"]},  # those with polynomials
}


LOG = str(Path(__file__).parent.parent / "gallery" / "edge-sgd.jsonl")


def sample(kind: str) -> dict[str, Any]:
    """Options with which the kind draws."""
    if figures.registry[kind].content_is_logs:
        return {"log": [LOG]}
    options = options_of(figures.registry[kind])
    found = next((words for name, words in NEEDED.items() if name in options), {})
    return found or ({"opt": ["adam:eta=0.3", "gd:eta=0.3"]} if "opt" in options else {})


def function(kind: str) -> Any:
    return getattr(optviz, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_function_has_a_signature_and_a_line_for_each_option(kind: str) -> None:
    call, options = function(kind), options_of(figures.registry[kind])
    parameters = inspect.signature(call).parameters
    work = {name for name in options_of_work(WorkSpec) if name not in figures.registry[kind].lacks}
    assert set(parameters) - {"c", "b", "ax"} == set(options) | work
    for name, option in options.items():
        assert f"  {name}: {_signature.says(option)}" in call.__doc__
    assert kind in dir(optviz)
    assert kind in optviz.__all__


def test_several_starts_and_sizes_are_tuples_or_arrays() -> None:
    text = optviz.trace("d2l", "gd", start=["-5,-2", "4,2"], size="480x360")
    starts = np.array([[-5, -2], [4, 2]])
    assert optviz.trace("d2l", "gd", start=starts, size=(480, 360)).runs[0].batch == 2
    pairs = optviz.trace("d2l", "gd", start=[(-5, -2), (4, 2)], size=(480, 360))
    assert pairs._repr_png_() == text._repr_png_()


def test_a_matrix_is_the_objective_with_its_c_and_b() -> None:
    Q = np.array([[4.0, 1.0], [1.0, 3.0]])
    run = optviz.run(Q, "gd:eta=0.1", c=[1, 2], b=0.5, start=(1, 1), steps=1)
    assert run.f[0, 0] == 0.5 * (4 + 1 + 1 + 3) + 3 + 0.5
    assert run.x[1, 0] == pytest.approx([1 - 0.1 * 6, 1 - 0.1 * 6])
    assert optviz.inspect([[4, 1], [1, 3]]).facts["Q"] == Q.tolist()
    assert optviz.inspect(Quadratic(Q, np.zeros(2))).facts["Q"] == Q.tolist()


@pytest.mark.parametrize("number", [1 / 3, 1e-300, 0.1 + 0.2, 2.0**60])
def test_a_matrix_keeps_every_bit(number: float) -> None:
    (run,) = optviz.trace(np.diag([number, 1.0]), "gd").runs
    assert isinstance(run.objective, Quadratic)
    assert run.objective.Q[0, 0] == number


def test_an_optimizer_is_a_text_a_list_a_rule_or_its_class() -> None:
    adam = read("adam:eta=0.3")
    for one in ("adam:eta=0.3", adam, [adam], ("adam:eta=0.3",)):
        assert [run.optimizer for run in optviz.trace("d2l", one).runs] == [adam]
    rule: type[Rule] = registry["momentum"]
    for other in (rule, read("momentum").rule):
        (run,) = optviz.loss("d2l", other).runs
        assert str(run.optimizer) == str(read("momentum"))


def test_what_becomes_an_array_is_one_and_a_path_is_a_file(tmp_path: Path) -> None:
    class Tensor:
        def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
            return np.diag([1.0, 3.0])

    assert optviz.inspect(Tensor(), c=[1, 2]).facts["kappa"] == 3
    table = tmp_path / "t.csv"
    table.write_text("u,v,y\n1,2,1\n2,3,5\n4,5,2\n6,1,3\n")
    assert optviz.trace(table, "gd:eta=0.01", target="y").runs[0].objective is not None


def test_a_list_of_optimizers_gives_a_list_of_runs() -> None:
    names = ["adam", "gd"]
    for several in (names, tuple(names), np.array(names), iter(names), dict.fromkeys(names).keys()):
        adam, gd = optviz.run("d2l", several, eta=0.3, steps=5)  # type: ignore[call-overload]
    assert adam.x.shape == gd.x.shape == (6, 1, 2)
    with pytest.raises(BadValue, match="one is wanted"):
        optviz.run("d2l", "adam,gd")


def test_a_class_of_pytorch_runs_as_it_is() -> None:
    torch = pytest.importorskip("torch")
    (run,) = optviz.trace("d2l", torch.optim.Adagrad, eta=0.4).runs
    assert run.x[-1, 0] == pytest.approx([-2.382563, -0.158591], abs=1e-3)
    weights = [torch.nn.Parameter(torch.zeros(2))]
    (run,) = optviz.trace("d2l", torch.optim.SGD(weights, lr=0.1, momentum=0.9)).runs
    assert run.x[1, 0] == pytest.approx([-5 + 0.1, -2 + 0.8])


@pytest.mark.parametrize(
    ("options", "same"),
    [
        ({"lr": 0.3}, {"eta": 0.3}),
        ({"iterations": 7}, {"steps": 7}),
        ({"x0": (1, 2)}, {"start": "1,2"}),
        ({"figsize": (4, 3)}, {"size": "4x3in"}),
        ({"momentum": 0.5}, {"param": ["momentum=0.5"]}),
        ({"param": {"momentum": 0.5}}, {"param": ["momentum=0.5"]}),
        ({"steps": 7.0}, {"steps": 7}),
        ({"steps": np.int64(7), "eta": np.float64(0.25)}, {"steps": 7, "eta": "0.25"}),
        ({"levels": [1, 2.5]}, {"levels": "1,2.5"}),
        ({"title": None, "steps": None}, {}),
        ({"steps": Decimal(7), "eta": Fraction(1, 4)}, {"steps": 7, "eta": 0.25}),
        ({"start": (value for value in (1, 2)), "levels": {1: 0, 2.5: 0}.keys()},
         {"start": "1,2", "levels": "1,2.5"}),
        ({"param": {"beta": Decimal("0.5")}}, {"param": ["beta=0.5"]}),
        ({"xlim": (Decimal(-6), Fraction(1, 2)), "steps": np.array(7)},
         {"xlim": "-6.0,0.5", "steps": 7}),
    ],
)  # fmt: skip
def test_words_and_types_of_python_are_read(options: dict[str, Any], same: dict[str, Any]) -> None:
    one, other = (optviz.trace("d2l", "momentum", **words) for words in (options, same))
    assert one.drawing.figure == other.drawing.figure


WRONG: list[tuple[dict[str, Any], type[OptvizError], str]] = [
    ({"steps": 1.5}, BadValue, "steps: 1.5 given, a whole number is wanted"),
    ({"steps": "7"}, BadValue, "a whole number is wanted"),
    ({"steps": True}, BadValue, "a whole number is wanted"),
    ({"eta": [0.1, 0.2]}, BadValue, r'write opt=\["adagrad:eta=0.1", "adagrad:eta=0.2"\]'),
    ({"eta": True}, BadValue, "a text is wanted"),
    ({"eta": object()}, BadValue, "a text is wanted"),
    ({"title": ["a"]}, BadValue, "a text is wanted"),
    ({"legend": False}, BadValue, "auto, right, below or none is wanted"),
    ({"transparent": "yes"}, BadValue, "true or false is wanted"),
    ({"start": [(1, 2), 3]}, Unfit, "start .3. has 1 coordinate"),
    ({"start": {"x": 1}}, BadValue, "start"),
    ({"size": (0, 1, object())}, BadValue, "size"),
    ({"opt": 3}, BadValue, "opt: 3 given"),
    ({"opt": len}, BadValue, "a rule or a class of torch.optim"),
    ({"opt": "adm"}, UnknownName, "did you mean adam"),
    ({"objective": lambda: 0}, BadValue, "a function of an array x, of floats, is wanted"),
    ({"objective": 3}, BadValue, "a text, a function or a matrix Q"),
    ({"objective": np.eye(3)[:2]}, BadValue, "a square matrix"),
    ({"objective": [["a"]]}, BadValue, "rows of numbers"),
    ({"objective": np.array([[1.0, 2.0], [0.0, 1.0]])}, BadValue, "symmetric"),
    ({"objective": np.eye(2), "c": [1]}, BadValue, "2 numbers are wanted"),
    ({"opt": []}, BadValue, "opt: nothing given"),
    ({"start": np.zeros((0, 2))}, BadValue, "start: nothing given"),
    ({"opt": type("Local", (Rule,), {})}, BadValue, "can be imported"),
    ({"opt": Rule}, BadValue, "can be imported"),
    ({"c": [1, 2]}, NoEffect, "of a matrix Q"),
    ({"lr": 0.1, "eta": 0.2}, Unfit, "eta is there twice"),
    ({"stepz": 3}, UnknownName, "did you mean steps"),
    ({"width": 3}, UnknownName, "write size"),
    ({"measure": "f"}, ForeignOption, "an option of compare and loss"),
    ({"output": "a.png"}, Unfit, r"\.save\("),
    ({"quiet": True}, Unfit, "of the command line"),
    ({"ax": 3}, Unfit, "axes of matplotlib"),
    ({"figsize": True}, BadValue, "size"),
]  # fmt: skip


@pytest.mark.parametrize(("options", "error", "sentence"), WRONG)
def test_what_is_wrong_is_one_sentence_at_the_door(
    options: dict[str, Any], error: type[OptvizError], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        optviz.trace(**options)


def test_values_without_names_are_counted() -> None:
    with pytest.raises(Unfit, match="takes objective and opt without a name"):
        function("trace")("d2l", "gd", 0.3)
    with pytest.raises(Unfit, match="objective is there twice"):
        function("trace")("d2l", objective="d2l")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", [object(), {"a": 1}, [[[1]]], b"x", 1j, float, {1}])
def test_no_value_of_any_option_is_met_by_an_error_of_python(kind: str, value: Any) -> None:
    for name in options_of(figures.registry[kind]):
        with pytest.raises(OptvizError):
            function(kind)(**{**sample(kind), name: value})


def test_nothing_is_printed_and_no_settings_are_touched(capfd: pytest.CaptureFixture[str]) -> None:
    import matplotlib

    names = [name for name in matplotlib.rcParams if name != "backend"]  # which reading it chooses
    before, errors = [matplotlib.rcParams[name] for name in names], np.geterr()
    for kind in KINDS:
        figure = function(kind)(**sample(kind))
        assert figure.figure.axes
        repr(figure)
    assert [matplotlib.rcParams[name] for name in names] == before
    assert np.geterr() == errors
    assert capfd.readouterr() == ("", "")


def test_a_batch_is_a_call_with_files_or_tables(tmp_path: Path) -> None:
    spec = tmp_path / "course.toml"
    spec.write_text('[a]\nopt = "gd"\noutput = "a.png"\n[b]\nopt = "gd"\noutput = "b.png"\n')
    call: Any = optviz.batch
    assert [report.status for report in call(spec, only="b")] == ["drawn"]
    assert not (tmp_path / "a.png").exists()
    (report,) = call({"c": {"opt": "gd", "output": "c.png"}}, out_dir=tmp_path)
    assert repr(report) == f"<Report of c: drawn, {tmp_path / 'c.png'}>"
    wrongs: list[tuple[Any, ...]] = [(), (3,), (spec, {}), ({"opt": "gd"},)]
    for wrong in wrongs:
        with pytest.raises(BadValue, match="batch"):
            call(*wrong)
    with pytest.raises(batch.WrongBatch, match="did you mean steps"):
        call({"d": {"stepz": 3, "output": "d.png"}})
