"""Noise and seeds as their users meet them: the same bytes whoever draws."""

import json
from pathlib import Path

import pytest

from optviz import batch, cli

NOISY = ["--opt", "gd:eta=0.1", "--gradient", "noise(1)", "-n", "12", "--size", "300x220"]


def test_a_seed_gives_the_same_bytes_and_another_another_path(tmp_path: Path) -> None:
    def drawn(name: str, *more: str) -> bytes:
        path = tmp_path / name
        assert cli.main(["trace", *NOISY, *more, "-q", "-o", str(path)]) == 0
        return path.read_bytes()

    one, again, other = drawn("a.png"), drawn("b.png"), drawn("c.png", "--seed", "1")
    assert one == again
    assert one != other
    assert drawn("d.png", "--seeds", "9") == drawn("e.png", "--seeds", "9", "--jobs", "2")


def test_a_seed_among_many_is_the_seed_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = ["run", *NOISY[:-2], "--format", "jsonl", "-q", "-o", "-"]
    assert cli.main([*run, "--seeds", "5"]) == 0
    many = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert cli.main([*run, "--seed", "3"]) == 0
    (alone,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["seed"] for line in many] == [0, 1, 2, 3, 4]
    assert many[3] == alone


def test_jobs_change_no_byte(tmp_path: Path) -> None:
    tables = {
        f"f{k}": {
            "opt": "gd:eta=0.1",
            "gradient": "noise(1)",
            "seeds": 5,
            "seed": k,
            "steps": 5,
            "size": "300x220",
        }
        for k in range(4)
    }
    found = []
    for jobs in (1, 2):
        batch.run(batch.read(tables, out_dir=tmp_path / str(jobs)), jobs=jobs)
        found.append([path.read_bytes() for path in sorted((tmp_path / str(jobs)).glob("*.png"))])
    assert found[0] == found[1]
    assert len(set(found[0])) == 4


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["trace", "--seeds", "5"], "--seeds is for gradients that are drawn"),
        (["trace", "--gradient", "noise(1)", "--seeds", "0"], "seeds: 0 given"),
        (["trace", "--gradient", "noise(1)", "--seed", "-1"], "seed: -1 given"),
        (["trace", "--gradient", "noise([1,2,3])"], "the objective has 2"),
        (["trace", "--opt", "adam", "--gradient", "noise(1)", "--expected"], "linear in the"),
        (
            ["trace", "--opt", "gd", "--gradient", "noise(1)", "--expected", "--ellipses", "0"],
            "ellipses: 0 given",
        ),
        (["trace", "--gradient", "noise(1)", "--seeds", "3", "--anatomy", "2"], "one seed"),
        (["inspect", "--gradient", "noise(1)"], "not of inspect"),
        (
            [
                "sweep",
                "--opt",
                "gd",
                "--over",
                "eta=lin(0.1,0.5,9)",
                "--gradient",
                "noise(1)",
                "--of",
                "rate",
            ],
            "cannot be measured under noise",
        ),
        (["loss", "--gradient", "noise(1)", "--seeds", "3", "--measure", "modes"], "one seed"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    words: list[str],
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(words) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_sweep_under_noise_draws_the_same_for_every_point(tmp_path: Path) -> None:
    out = tmp_path / "s.csv"
    axes = ["--over", "eta=[0.1,0.2]", "--of", "f"]
    words = ["sweep", "--opt", "gd", *axes, "--gradient", "noise(1)", "--seed", "4", "-n", "9"]
    assert cli.main([*words, "-q", "-o", str(out)]) == 0
    gaps = [float(line.split(",")[2]) for line in out.read_text().splitlines()[1:]]
    single = tmp_path / "r.jsonl"
    for eta, gap in zip(("0.1", "0.2"), gaps, strict=True):
        noisy = ["--gradient", "noise(1)", "--seed", "4", "-n", "9", "-q", "-o", str(single)]
        assert cli.main(["run", "--opt", f"gd:eta={eta}", *noisy]) == 0
        assert json.loads(single.read_text())["f"][-1] == pytest.approx(gap, rel=1e-12)
