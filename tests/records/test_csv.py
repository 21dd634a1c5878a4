"""Tables of steps: the rows as documented, other people's logs, and bad ones."""

import io
import tracemalloc
from typing import Any

import numpy as np
import pytest

from optviz import optimizers, records
from optviz.errors import BadFile, Unfit
from optviz.objectives import Quadratic
from optviz.walks.engine import Walk
from optviz.walks.trajectory import Trajectory

# By hand: f = x1² + 2 x2², η = 1/4. x1 is halved in each step, x2 is at 0 after the first.
BOWL = Quadratic(np.diag([2.0, 4.0]), np.zeros(2))
HALVING = optimizers.read("gd:eta=0.25")
HEADER = "run,step,f,x1,x2,g1,g2,rate1,rate2\n"


def walk(
    *starts: tuple[float, ...], steps: int = 2, optimizer: optimizers.Optimizer = HALVING
) -> Walk:
    return Walk(BOWL, optimizer, np.array(starts, dtype=float), steps)


def written(*runs: Any, every: int = 1) -> str:
    stream = io.StringIO()
    records.write(stream, "csv", runs, every)
    return stream.getvalue()


def read(text: str) -> list[Trajectory]:
    return records.read(text.encode(), "log.csv")


def test_a_row_holds_the_point_after_its_step_and_what_the_step_used() -> None:
    assert written(walk((-4, 1))) == HEADER + (
        "1,0,18.0,-4.0,1.0,,,,\n"
        "1,1,4.0,-2.0,0.0,-8.0,4.0,0.25,0.25\n"
        "1,2,1.0,-1.0,0.0,-4.0,0.0,0.25,0.25\n"
    )


def test_runs_are_numbered_over_all_and_each_stays_together() -> None:
    rows = written(walk((-4, 1), (8, 0), steps=1), walk((2, 0), steps=1).run()).splitlines()
    assert [row[:7] for row in rows[1:]] == [
        "1,0,18.",
        "1,1,4.0",
        "2,0,64.",
        "2,1,16.",
        "3,0,4.0",
        "3,1,1.0",
    ]


def test_every_second_step_is_kept() -> None:
    steps = [row.split(",")[1] for row in written(walk((4, 0), steps=5), every=2).splitlines()]
    assert steps == ["step", "0", "2", "4"]


def test_what_is_not_finite_is_an_empty_cell() -> None:
    lost = walk((-4, 1), optimizer=optimizers.read("gd:eta=1e200"))
    rows = written(lost).splitlines()
    assert rows[2:] == ["1,1,,,,-8.0,4.0,1e+200,1e+200", "1,2,,,,,,,"]


def test_a_run_of_other_coordinates_does_not_fit() -> None:
    line = Walk(Quadratic(np.eye(1), np.zeros(1)), HALVING, np.ones((1, 1)), 1)
    with pytest.raises(Unfit, match="columns for 2 coordinates, run 2 has 1"):
        written(walk((1, 1)), line)


class Enough(Exception):
    """Whoever reads has seen enough."""


class Reader(io.StringIO):
    """A pipe whose other end closes after so many lines."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.left = lines

    def write(self, text: str) -> int:
        self.left -= text.count("\n")
        if self.left < 0:
            raise Enough
        return super().write(text)


def test_a_walk_of_a_billion_steps_is_written_as_it_goes() -> None:
    reader = Reader(lines=4)
    tracemalloc.start()
    with pytest.raises(Enough):
        records.write(reader, "csv", [walk((-4, 1), (8, 0), steps=10**9)])
    memory = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reader.getvalue() == written(walk((-4, 1)))
    assert memory < 1_000_000


def test_a_minimal_log_is_read() -> None:
    (run,) = read("step,x1,x2\n0,1,2\n1,3,4.5\n")
    assert run.x.tolist() == [[[1.0, 2.0]], [[3.0, 4.5]]]
    assert (run.objective, run.optimizer, run.label, run.status) == (None, None, "", ("running",))
    assert run.steps == run.status_step == 1
    assert run.f.shape == (2, 1) and np.isnan(run.f).all()
    assert run.grad.shape == (1, 1, 2) and np.isnan(run.grad).all()


@pytest.mark.parametrize(
    "text",
    [
        "x1,x2\n1,2\n3,4\n",
        "x,y\n1,2\n3,4\n",
        "x2,epoch,x1\n2,first,1\n4,second,3\n",
        "X1; X2\n1; 2\n3; 4\n",
        "x1\tx2\tstep\n1\t2\t0\n3\t4\t1\n",
        "\ufeffstep,x1,x2\r\n0,1,2\r\n1,3,4\r\n",
        '"step","x1","x2"\n\n"0","1","2"\n\n1,3,4',
        "step,x1,x2\n0,1,2,\n1,3,4,,\n",
        "x1;x2\n1,0;2\n3;4,0\n",
        "step  x1 x2\n0 1   2\n1\t3 4\n",
        "# step x1 x2\n0 1 2\n1 3 4\n",
        "sep=;\nx1;x2\n1;2\n3;4\n",
        "| x1 | x2 |\n|----|----|\n| 1 | 2 |\n| 3 | 4 |\n",
    ],
)
def test_columns_come_in_any_order_and_any_dress(text: str) -> None:
    (run,) = read(text)
    assert run.x.tolist() == [[[1.0, 2.0]], [[3.0, 4.0]]]


@pytest.mark.parametrize(
    "text", ["g1,g2\n1,2\n3,4\n", "step,g1,g2\n1,1,2\n2,3,4\n", "step,g1,g2\n0,,\n1,1,2\n2,3,4\n"]
)
def test_gradients_alone_begin_with_step_1(text: str) -> None:
    (run,) = read(text)
    assert run.grad.tolist() == [[[1.0, 2.0]], [[3.0, 4.0]]]
    assert run.x.shape == (3, 1, 2) and np.isnan(run.x).all()
    assert (run.steps, run.stride) == (2, 1)


def test_one_coordinate_is_called_x_or_x1() -> None:
    assert read("x\n1\n2\n")[0].x.tolist() == read("x1\n1\n2\n")[0].x.tolist() == [[[1]], [[2]]]


def test_steps_may_have_a_stride() -> None:
    assert [(r.steps, r.stride) for r in read("step,x\n0,1\n10,2\n20,3\n")] == [(20, 10)]
    assert [(r.steps, r.stride) for r in read("step,g1\n10,2\n20,3\n")] == [(20, 10)]


def test_runs_are_told_apart_by_any_text_and_may_be_mixed() -> None:
    runs = read("run,x\nadam,1\n2,5\nadam,2\n2,6\n")
    assert [run.label for run in runs] == ["adam", ""]
    assert [run.x.ravel().tolist() for run in runs] == [[1, 2], [5, 6]]


def test_an_empty_cell_and_nan_are_not_finite() -> None:
    (run,) = read("f,x1,x2\n1,,2\n ,nan,inf\n")
    assert run.f.ravel().tolist()[0] == 1
    assert np.isnan(run.x[:, 0]).tolist() == [[True, False], [True, True]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("step,x1,x2\n0,1,2\n1,3,abc\n", "line 3: x2 is 'abc', a number is wanted"),
        ("x1;x2\n1,5;2.5\n", "line 2: x2: '2.5', but '1,5' in line 2; write numbers with a"),
        ("x1;x2\n1,500;2\n", "line 2: x1: '1,500' may be 1.500 or 1500; write numbers"),
        ("x1,x2\n1,2\n3\n", "line 3: 1 cells, but the header has 2"),
        ("x1,x2\n1,2,3\n", "line 2: 3 cells, but the header has 2"),
        ("step,loss\n0,1\n", "line 1: columns x1, .* are wanted; there are 'step', 'loss'"),
        ("0,1\n1,2\n", "line 1: columns x1"),
        ("step,rate1\n1,2\n", "line 1: columns x1"),
        ("x1,x3\n1,2\n", "line 1: columns x1 to x3: each of x1, x2, … is wanted once"),
        ("x0,x1\n1,2\n", "line 1: columns x0 to x1: each"),
        ("x1,x1\n1,2\n", "line 1: columns x1 to x1: each"),
        ("step,step,x1\n0,0,1\n", "line 1: two columns are called step"),
        ("x1,x2,g1\n1,2,3\n", "line 1: as many columns of each are wanted; .* 2 of x, 1 of g"),
        ("step,x1\n5,1\n6,2\n", "line 2: step is 5, 0 is wanted: steps rise evenly from 0"),
        ("step,x1\n0,1\n\n1,2\n3,2\n", "line 5: step is 3, 2 is wanted"),
        ("step,x1\n0,1\n0,2\n", "line 3: step is 0, 1 is wanted"),
        ("step,x1\n0,1\n0.5,2\n", "line 3: step is 0.5, 1 is wanted"),
        ("step,x1\n0,1\n,2\n", "line 3: step is nan, 1 is wanted"),
        ("step,x1\n2,1\n1,2\n0,3\n", "line 2: step is 2, 0 is wanted"),
        ("step,x1,g1\n0,1,5\n1,2,6\n", "line 2: step 0 has a gradient or a rate"),
        ("step,x1\n", "it holds no trajectory"),
        ("x1,note\n1," + "y" * 200_000 + "\n", "line 2: field larger than field limit"),
    ],
)
def test_a_bad_table_is_refused_with_line_and_column(text: str, said: str) -> None:
    with pytest.raises(BadFile, match=said) as caught:
        read(text)
    assert str(caught.value).startswith("log.csv")


def test_lines_after_a_hash_are_no_rows() -> None:
    plain = "step,x1,x2\n0,1,2\n1,3,4\n"
    noted = "# of my run, by me\n" + plain.replace("1,3", "# later\n1,3")
    assert np.array_equal(*(records.read(text.encode(), "a.csv")[0].x for text in (plain, noted)))
