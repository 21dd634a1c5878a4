"""Laws that hold for every format: what is written is read back, to the bit."""

import io
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hn

from optviz import optimizers, records
from optviz.errors import BadFile, BadValue, UnknownName
from optviz.objectives import Quadratic
from optviz.walks import status
from optviz.walks.engine import Walk
from optviz.walks.trajectory import Trajectory

FORMATS = [each.word() for each in records.formats() if each.holds_steps]
COMPLETE = ["jsonl", "npz"]  # csv holds numbers only
PARTS = ("x", "f", "grad", "rate")

BOWL = Quadratic(np.diag([0.2, 4.0]), np.zeros(2), text="0.1x1^2 + 2x2^2")
TILTED = Quadratic(np.array([[2.0, 1.0], [1.0, 3.0]]), np.array([0.1, -1.0]), 0.5, "tilted")
WALKS = {
    "adagrad": Walk(BOWL, optimizers.read("adagrad:eta=0.4"), np.array([[-5.0, -2.0]]), 20),
    "adam": Walk(TILTED, optimizers.read("adam@keras:eta=0.1"), np.array([[1.0, 1 / 3]]), 7),
    "scheduled": Walk(BOWL, optimizers.read("gd:eta=cosine(0.3,9)"), np.array([[1.0, -0.0]]), 9),
    "diverging": Walk(BOWL, optimizers.read("gd:eta=5"), np.array([[-5.0, -2.0]]), 400),
    "a batch": Walk(TILTED, optimizers.read("momentum"), np.array([[1.0, 2.0], [-3.0, 4.0]]), 12),
    "standing": Walk(BOWL, optimizers.read("gd"), np.array([[1.0, 2.0]]), 0),
    "1-D": Walk(Quadratic(np.eye(1), np.zeros(1)), optimizers.read("rmsprop"), np.ones((1, 1)), 3),
}

every_format = pytest.mark.parametrize("format", FORMATS)
every_walk = pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)


def written(format: str, *runs: records.Run, every: int = 1) -> bytes:
    stream = io.BytesIO() if records.registry[format].binary else io.StringIO(newline="")
    records.write(stream, format, runs, every)
    content = stream.getvalue()
    return content if isinstance(content, bytes) else content.encode()


def bits(values: np.ndarray) -> tuple:
    """Shape and bytes, with one kind of nan."""
    return values.shape, np.where(np.isnan(values), np.nan, values).tobytes()


def same_numbers(one: Trajectory, other: Trajectory) -> bool:
    return all(bits(getattr(one, part)) == bits(getattr(other, part)) for part in PARTS)


@every_format
@every_walk
def test_a_walk_is_read_back_to_the_bit(format: str, walk: Walk) -> None:
    rows = walk.run().rows()
    back = records.read(written(format, walk), "-", format)
    assert len(back) == len(rows)
    assert all(map(same_numbers, back, rows))


@every_format
@every_walk
def test_a_walk_and_its_trajectory_are_written_alike(format: str, walk: Walk) -> None:
    assert written(format, walk) == written(format, walk.run())


@every_format
@every_walk
def test_every_other_step_is_what_the_trajectory_keeps(format: str, walk: Walk) -> None:
    rows = walk.run().every(2).rows()
    back = records.read(written(format, walk, every=2), "-", format)
    assert all(map(same_numbers, back, rows))
    assert [(run.stride, run.steps) for run in back if run.steps] == [
        (2, row.steps) for row in rows if row.steps
    ]


@every_format
def test_keeping_fewer_twice_is_keeping_fewer_at_once(format: str) -> None:
    walk = WALKS["adagrad"]
    assert written(format, walk.run().every(2), every=3) == written(format, walk, every=6)


@pytest.mark.parametrize("format", COMPLETE)
@every_walk
def test_how_it_ended_and_on_what_is_read_back(format: str, walk: Walk) -> None:
    for back, row in zip(
        records.read(written(format, walk), "-", format), walk.run().rows(), strict=True
    ):
        assert (back.status, back.status_step.tolist()) == (row.status, row.status_step.tolist())
        assert (back.gradient, back.seeds, back.label) == ("exact", (0,), "")
        assert back.optimizer == row.optimizer
        assert back.objective.as_dict() == row.objective.as_dict()
        assert back.objective.names == row.objective.names


def test_the_diverging_walk_does_diverge() -> None:
    assert WALKS["diverging"].run().status == ("diverged",)


@every_format
@every_walk
def test_the_same_runs_give_the_same_bytes_again(format: str, walk: Walk) -> None:
    first = written(format, walk)
    assert first == written(format, walk)
    assert first == written(format, *records.read(first, "-", format)) or format == "csv"


@every_format
def test_the_content_tells_the_format(format: str) -> None:
    run = WALKS["adagrad"]
    for name in ("-", "log.txt", "log"):
        assert same_numbers(records.read(written(format, run), name)[0], run.run())


@every_format
def test_the_suffix_tells_the_format_in_any_case(format: str) -> None:
    suffix = records.registry[format].suffix
    assert records.by_suffix(f"a.b/run{suffix.upper()}").word() == format
    assert records.by_suffix("run.png") is None


@every_format
def test_what_holds_nothing_is_a_bad_file(format: str) -> None:
    for content in (b"", b" \n\n", b"\xef\xbb\xbf"):
        with pytest.raises(BadFile, match=r"^standard input: "):
            records.read(content, "-", format)


@every_format
def test_a_png_is_no_record(format: str) -> None:
    with pytest.raises(BadFile, match=r"^a\.png"):
        records.read(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a.png", format)


@every_format
def test_a_format_says_what_it_is(format: str) -> None:
    says = records.registry[format].says
    assert 20 < len(says) < 80
    assert not says.endswith(".")


def test_an_unknown_format_suggests_the_nearest() -> None:
    with pytest.raises(UnknownName, match="write jsonl"):
        records.write(io.StringIO(), "json", [])


@every_format
def test_every_is_1_or_more(format: str) -> None:
    with pytest.raises(BadValue, match="every"):
        records.write(io.StringIO(), format, [WALKS["adam"]], every=0)


texts = st.text('aε², :\n"', max_size=4)
any_number = st.floats(allow_infinity=False)  # nan and -0.0 and the smallest among them


@st.composite
def trajectories(draw: Any) -> Trajectory:
    points, dim = draw(st.integers(1, 5)), draw(st.integers(1, 3))

    def part(*shape: int) -> np.ndarray:
        return draw(hn.arrays(np.float64, shape, elements=any_number))

    return Trajectory(
        None,
        None,
        part(points, 1, dim),
        part(points, 1),
        part(points - 1, 1, dim),
        part(points - 1, 1, dim),
        (draw(st.sampled_from(status.STATUSES)),),
        np.array([draw(st.integers(0, 9))]),
        draw(texts),
        (draw(st.integers(0, 2**63 - 1)),),
        draw(texts),
        draw(st.integers(1, 9)),
    )


@every_format
@given(run=trajectories())
def test_any_numbers_are_read_back_to_the_bit(format: str, run: Trajectory) -> None:
    back = records.read(written(format, run), "-", format)[0]
    assert same_numbers(back, run)
    assert back.stride == run.stride or back.steps == 0
    if format in COMPLETE:
        assert (back.status, back.label, back.seeds) == (run.status, run.label, run.seeds)
        assert back.gradient == (run.gradient or "exact")
        assert back.status_step == run.status_step


words = st.sampled_from(["x1", "g1", "step", "run", "f", "rate1", "x", "", "1", "-2", "1e999", '"'])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner),
)
keys = ["optviz", "objective", "optimizer", "x", "f", "grad", "rate", "status", "every", "steps"]


@every_format
@given(content=st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_in_a_sentence(format: str, content: bytes) -> None:
    read_or_refused(content, format)


@given(rows=st.lists(st.lists(words, min_size=1, max_size=4), max_size=5), comma=words)
def test_any_table_is_read_or_refused_in_a_sentence(rows: list[list[str]], comma: str) -> None:
    read_or_refused("\n".join(",".join(row) for row in rows).encode(), "csv")


@given(st.dictionaries(st.sampled_from(keys), values))
def test_any_object_is_read_or_refused_in_a_sentence(known: dict[str, Any]) -> None:
    read_or_refused(json.dumps({"x": [[1, 2]]} | known).encode(), "jsonl")


def read_or_refused(content: bytes, format: str) -> None:
    try:
        assert records.read(content, "a file", format)
    except BadFile as error:
        assert str(error).startswith("a file")
