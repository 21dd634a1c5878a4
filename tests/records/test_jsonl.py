"""JSON lines: the line as documented, other people's lines, and bad ones."""

import io
import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from optviz import optimizers, records
from optviz.errors import BadFile
from optviz.objectives import Quadratic
from optviz.walks.engine import Walk
from optviz.walks.trajectory import Trajectory

# By hand: f = x1² + 2 x2², η = 1/4. x1 is halved in each step, x2 is at 0 after the first.
BOWL = Quadratic(np.diag([2.0, 4.0]), np.zeros(2), text="x1² + 2x2²")
WALK = Walk(BOWL, optimizers.read("gd:eta=0.25"), np.array([[-4.0, 1.0]]), 2)
ABOUT = (
    '{"optviz": 1, "objective": {"text": "x1\\u00b2 + 2x2\\u00b2", "Q": [[2.0, 0.0], [0.0, 4.0]], '
    '"c": [0.0, 0.0], "b": 0.0}, "optimizer": "gd:eta=0.25", "gradient": "exact", "seed": 0, '
    '"start": [-4.0, 1.0], "steps": 2, "status": "running", "status_step": 2, '
)
LINE = ABOUT + (
    '"x": [[-4.0, 1.0], [-2.0, 0.0], [-1.0, 0.0]], "f": [18.0, 4.0, 1.0], '
    '"grad": [[-8.0, 4.0], [-4.0, 0.0]], "rate": [[0.25, 0.25], [0.25, 0.25]]}\n'
)


def written(*runs: records.Run, every: int = 1) -> str:
    stream = io.StringIO()
    records.write(stream, "jsonl", runs, every)
    return stream.getvalue()


def read(text: str) -> list[Trajectory]:
    return records.read(text.encode(), "a.jsonl")


def read_one(**known: Any) -> Trajectory:
    (run,) = read(json.dumps(known))
    return run


def test_a_line_is_what_the_interface_says() -> None:
    assert written(WALK) == LINE


def test_every_second_step_is_kept_and_said() -> None:
    about = ABOUT[:-2] + ', "every": 2, '
    assert written(WALK, every=2) == about + (
        '"x": [[-4.0, 1.0], [-1.0, 0.0]], "f": [18.0, 1.0], '
        '"grad": [[-4.0, 0.0]], "rate": [[0.25, 0.25]]}\n'
    )


def test_steps_is_the_last_step_that_was_kept() -> None:
    walk = Walk(BOWL, WALK.optimizer, WALK.start, 20)
    known = json.loads(written(walk, every=3))
    assert (known["steps"], len(known["x"]), len(known["rate"])) == (18, 7, 6)
    assert read(json.dumps(known))[0].steps == 18


def test_what_is_not_finite_is_null() -> None:
    walk = Walk(BOWL, optimizers.read("gd:eta=1e200"), np.array([[-4.0, 1.0]]), 2)
    known = json.loads(written(walk))
    assert known["x"] == [[-4.0, 1.0], [None, None], [None, None]]
    assert known["f"] == [18.0, None, None]
    assert (known["status"], known["status_step"]) == ("diverged", 1)


def test_a_batch_has_a_line_a_start() -> None:
    walk = Walk(BOWL, WALK.optimizer, np.array([[-4.0, 1.0], [8.0, 0.0]]), 2)
    lines = written(walk).splitlines(keepends=True)
    assert lines[0] == LINE
    assert json.loads(lines[1])["x"] == [[8.0, 0.0], [4.0, 0.0], [2.0, 0.0]]


def test_a_run_is_seen_as_soon_as_it_is_done() -> None:
    class Pipe(io.StringIO):
        seen = 0

        def flush(self) -> None:
            self.seen = self.getvalue().count("\n")

    pipe, seen = Pipe(), []

    def runs() -> Iterator[Walk]:
        for _ in range(3):
            seen.append(pipe.seen)
            yield WALK

    records.write(pipe, "jsonl", runs())
    assert seen == [0, 1, 2]


def test_names_of_coordinates_are_written_where_they_are_not_the_usual() -> None:
    named = Quadratic(BOWL.Q, BOWL.c, names=("width", "depth"))
    line = written(Walk(named, WALK.optimizer, WALK.start, 1))
    assert json.loads(line)["objective"]["names"] == ["width", "depth"]
    assert read(line)[0].objective.names == ("width", "depth")


def test_positions_alone_are_a_run() -> None:
    run = read_one(x=[[1, 2], [3, 4.5]])
    assert run.x.tolist() == [[[1.0, 2.0]], [[3.0, 4.5]]]
    assert (run.objective, run.optimizer, run.label, run.status) == (None, None, "", ("running",))
    assert run.steps == run.status_step == 1
    assert np.isnan(run.f).all() and run.f.shape == (2, 1)
    assert np.isnan(run.rate).all() and run.rate.shape == run.grad.shape == (1, 1, 2)


def test_gradients_alone_are_a_run() -> None:
    run = read_one(grad=[[1, 2], [3, 4], [5, 6]], optimizer="adam")
    assert run.grad.tolist() == [[[1.0, 2.0]], [[3.0, 4.0]], [[5.0, 6.0]]]
    assert run.x.shape == (4, 1, 2) and np.isnan(run.x).all()
    assert run.optimizer == optimizers.read("adam")


def test_another_programs_optimizer_becomes_the_label() -> None:
    run = read_one(x=[[1]], optimizer="scipy.optimize.Adam(lr=0.1)", wall_time=3, extra=[[]])
    assert (run.optimizer, run.label) == (None, "scipy.optimize.Adam(lr=0.1)")
    line = read_one(x=[[1]], optimizer="torch.optim.Adam(lr=0.1)")
    assert (line.optimizer, line.label) == (optimizers.read("adam@torch:eta=0.1"), "")
    assert read_one(x=[[1]], optimizer="gd:eta=" + "[" * 100_000).optimizer is None
    again = read(written(run))[0]
    assert (again.optimizer, again.label) == (None, run.label)


def test_values_are_computed_where_the_objective_is_known() -> None:
    run = read_one(x=[[-4, 1], [-2, 0]], objective={"Q": [[2, 0], [0, 4]]})
    assert run.f.tolist() == [[18.0], [4.0]]


def test_the_end_is_judged_where_the_objective_is_known() -> None:
    halves = [[2.0**-t] for t in range(31)]  # below 10⁻⁶ of the start since step 20
    run = read_one(x=halves, objective={"Q": [[1]]})
    assert (run.status, run.status_step.tolist()) == (("converged",), [20])
    run = read_one(x=halves[::5], every=5, objective={"Q": [[1]]})
    assert (run.status, run.status_step.tolist()) == (("converged",), [20])


def test_what_is_told_of_the_end_is_believed() -> None:
    run = read_one(x=[[0.0]], objective={"Q": [[1]]}, status="cycling", status_step=0)
    assert run.status == ("cycling",)


def test_nan_and_infinity_of_others_are_nan() -> None:
    run = read('{"x": [[NaN], [Infinity], [-Infinity], [1e999], [null]]}')[0]
    assert np.isnan(run.x).all()


@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_and_a_pretty_print_are_read_too(indent: int | None) -> None:
    runs = [{"x": [[1], [2]]}, {"x": [[3]]}]
    assert [run.steps for run in read(json.dumps(runs, indent=indent))] == [1, 0]
    pretty = "\n".join(json.dumps(run, indent=indent) for run in runs)
    assert [run.steps for run in read(pretty)] == [1, 0]


def test_what_powershell_makes_of_a_line_is_read() -> None:
    assert records.read(LINE.encode("utf-16"), "a.jsonl")[0].steps == 2
    assert records.read(LINE.encode("utf-16"), "-")[0].steps == 2
    assert records.read(b"\xef\xbb\xbf" + LINE.encode(), "-")[0].steps == 2


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (LINE[:300], "not JSON, or cut off"),
        ("{x: 1}", "not JSON, or cut off: expecting property name .* at column 2"),
        ("hello", "not JSON"),
        ("[" * 100_000, "nested more than 50 deep"),
        ('{"x": [[1' + "0" * 5000 + "]]}", "too many digits"),
        ('{"x": [[1' + "0" * 400 + "]]}", "an integer too large for a float"),
        ("5", "a JSON object is wanted, this is 5"),
        ('{"y": 1}', "positions x or gradients grad are wanted"),
        ('{"x": []}', "x: an empty list given"),
        ('{"x": [[]]}', "x: an empty list given"),
        ('{"x": [1, 2]}', "x: 1 given, a list of lists of numbers is wanted"),
        ('{"x": {"0": 1}}', 'x: {"0": 1} given, a list of lists of numbers is wanted'),
        ('{"x": [[1, 2], [3]]}', "x: lists of 1 and of 2 numbers given"),
        ('{"x": [[1, "2"]]}', 'x: "2" given, a number or null is wanted'),
        ('{"x": [[true, 2]]}', "x: true given"),
        ('{"x": [[[1], 2]]}', r"x: \[1\] given"),
        ('{"x": [[1], [2]], "f": [1]}', "f: 1 numbers given, 2 are wanted"),
        ('{"x": [[1], [2]], "grad": [[1, 2]]}', "grad: 1 × 2 numbers given, 1 × 1 are wanted"),
        ('{"x": [[1], [2]], "rate": [[1], [2]]}', "rate: 2 × 1 numbers given, 1 × 1 are wanted"),
        ('{"x": [[1], [2]], "rate": []}', "rate: 0 numbers given, 1 × 1 are wanted"),
        ('{"x": [[1]], "optviz": 2}', "optviz: 2 given, this program reads version 1; a newer"),
        ('{"x": [[1]], "steps": 5}', "steps: 5 given, but the arrays end with step 0"),
        ('{"x": [[1]], "every": 0}', "every: 0 given, a whole number from 1 up to"),
        ('{"x": [[1]], "seed": true}', "seed: true given"),
        ('{"x": [[1]], "status": "fine"}', 'status: "fine" given, one of converged, '),
        ('{"x": [[1]], "status": ["running"]}', "status: "),
        ('{"x": [[1]], "optimizer": 5}', "optimizer: 5 given, a text is wanted"),
        ('{"x": [[1]], "objective": "d2l"}', "an object with Q, c and b, or with a text"),
        ('{"x": [[1]], "objective": {"Q": [[1, 0], [0, 1]]}}', "objective: Q: "),
        ('{"x": [[1, 2]], "objective": {"Q": [[1, 2], [3, 4]]}}', "a symmetric matrix is wanted"),
        ('{"x": [[1]], "objective": {"Q": [[1]], "b": null}}', "finite numbers are wanted"),
        ('{"x": [[1]], "objective": {"Q": [[1]], "names": 5}}', "a list of 1 names is wanted"),
    ],
)
def test_a_bad_line_is_refused_with_its_number(bad: str, said: str) -> None:
    with pytest.raises(BadFile, match=said) as caught:
        read(LINE + "\n" + bad + "\n")
    assert str(caught.value).startswith("a.jsonl, line 3: ")


def test_a_line_broken_off_before_the_next_is_the_one_that_is_named() -> None:
    with pytest.raises(BadFile, match=r"line 2: .* at line 3"):
        read(LINE + LINE[:-3] + "\n" + LINE)


def test_a_wrong_byte_is_found() -> None:
    with pytest.raises(BadFile, match="line 2: byte 0xff is not UTF-8"):
        records.read(LINE.encode() + b'{"x": "\xff"}', "a.jsonl")
