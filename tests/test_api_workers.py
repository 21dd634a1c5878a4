"""`jobs`, `executor` and `scheduler` of a call: the same results, whoever computes them."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import optviz
from optviz import workers
from optviz.errors import BadValue, ForeignOption, OptvizError, Unfit

NOISY: dict[str, Any] = {"eta": 0.3, "gradient": "noise(1)", "seeds": 7, "steps": 9}
OVER = {"eta": np.linspace(0.05, 0.6, 9)}


def test_seeds_divided_among_processes_keep_every_bit() -> None:
    alone, divided = (optviz.run("d2l", "adam", jobs=jobs, **NOISY) for jobs in (1, 2))
    for name in ("x", "f", "grad", "rate"):
        assert getattr(alone, name).tobytes() == getattr(divided, name).tobytes()
    one, two = (optviz.trace("d2l", ["adam", "gd"], jobs=jobs, **NOISY) for jobs in (None, 2))
    assert one._repr_png_() == two._repr_png_()


def test_a_sweep_divided_among_processes_keeps_every_bit() -> None:
    alone, divided = (optviz.sweep("d2l", "gd", over=OVER, n_jobs=jobs) for jobs in (1, 2))
    assert alone.content[0].values.tobytes() == divided.content[0].values.tobytes()
    assert alone._repr_png_() == divided._repr_png_()


def test_an_executor_of_the_callers_does_the_work_and_stays_open() -> None:
    alone = optviz.run("d2l", "adam", **NOISY)
    with ThreadPoolExecutor(2) as threads:
        divided = optviz.run("d2l", "adam", executor=threads, **NOISY)
        assert optviz.sweep("d2l", "gd", over=OVER, executor=threads).content[0].values.size == 9
        with pytest.raises(Unfit, match="the executor has its own workers"):
            optviz.run("d2l", "adam", executor=threads, jobs=2)
    assert alone.x.tobytes() == divided.x.tobytes()


def test_a_rule_of_a_notebook_is_refused_before_a_worker_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    main = sys.modules["__main__"]
    rule = type("Mine", (optviz_rule(),), {"__module__": "__main__", "__qualname__": "Mine"})
    monkeypatch.setattr(main, "Mine", rule, raising=False)
    monkeypatch.setattr(workers, "main_file", lambda: None)
    with pytest.raises(Unfit, match="write the rule into a file"):
        optviz.trace("d2l", rule, jobs=2, **NOISY)


def optviz_rule() -> type:
    from optviz.optimizers import registry

    return registry["gd"]


@pytest.mark.parametrize(
    ("options", "error", "sentence"),
    [
        ({"jobs": 0}, BadValue, "1 or more"),
        ({"jobs": "2"}, BadValue, "a whole number"),
        ({"executor": "ray"}, BadValue, "processes or dask"),
        ({"executor": "dask"}, Unfit, "scheduler="),
        ({"scheduler": "tcp://a:1"}, Unfit, "executor="),
    ],
)
def test_what_is_wrong_with_workers_is_one_sentence(
    options: dict[str, Any], error: type[OptvizError], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        optviz.run("d2l", "gd", **options)


def test_figures_without_such_work_say_which_have_it() -> None:
    with pytest.raises(ForeignOption, match=r"jobs: an option of .*sweep.*, not of inspect"):
        function("inspect")("d2l", jobs=2)
    with pytest.raises(BadValue, match="it belongs to the runs"):
        optviz.figure(optviz.run("d2l", "gd"), jobs=2)


def function(name: str) -> Any:
    return getattr(optviz, name)


SCRIPT = """
import optviz
{guard}
    print("begun")
    print(optviz.run("d2l", "gd", gradient="noise(1)", seeds=4, steps=2, jobs=2).batch)
    print(len(optviz.batch({{"a": {{"opt": "gd", "output": "a.png"}}}}, jobs=2, dry_run=True)))
"""


@pytest.mark.parametrize("how", ["file", "module"])
def test_a_script_that_each_worker_would_begin_anew_is_refused(how: str, tmp_path: Path) -> None:
    script = tmp_path / "course.py"
    command = [sys.executable, *(["-m", "course"] if how == "module" else [str(script)])]

    def run(guard: str) -> "subprocess.CompletedProcess[str]":
        script.write_text(SCRIPT.format(guard=guard))
        # what the commands of other tests set for their workers hides the folder from -m
        env = {key: value for key, value in os.environ.items() if key != "PYTHONSAFEPATH"}
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=env)

    done = run('if __name__ == "__main__":')
    assert (done.stdout, done.stderr, done.returncode) == ("begun\n4\n1\n", "", 0)
    refused = run("if True:")
    assert refused.stdout == "begun\n"
    assert refused.stderr.rstrip().endswith('write what it does below if __name__ == "__main__":')
