"""`optviz batch` and `optviz new` as their users meet them."""

import io
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from optviz import cli

Done = subprocess.CompletedProcess[str]

SPEC = """\
[defaults]
size = "200x150"

[a]
opt = "gd"
[b.matrix]
eta = [0.1, 0.2]
"""


def optviz(*arguments: str, folder: Path, stdin: str = "", **more: str) -> Done:
    more = {"XDG_CACHE_HOME": str(folder / "home"), **more}
    return subprocess.run(
        [sys.executable, "-m", "optviz", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        input=stdin,
        env=os.environ | more,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "s.toml").write_text(SPEC)
    return tmp_path


def test_paths_are_told_and_then_nothing_is_to_be_done(folder: Path) -> None:
    done = optviz("batch", "s.toml", folder=folder)
    assert (done.returncode, done.stderr) == (0, "3 drawn\n")
    assert done.stdout == "a.png\nb-0.1.png\nb-0.2.png\n"
    done = optviz("batch", "s.toml", folder=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "3 unchanged\n")
    (folder / "a.png").unlink()
    done = optviz("batch", "s.toml", "-q", folder=folder)
    assert (done.stdout, done.stderr) == ("a.png\n", "")
    assert (folder / "home" / "optviz" / "batch").is_dir()


def test_outputs_stand_beside_the_spec_or_where_they_are_wanted(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "s.toml").rename(folder / "sub" / "s.toml")
    done = optviz("batch", "sub/s.toml", "--only", "a", folder=folder)
    assert done.stdout == f"sub{os.sep}a.png\n"
    done = optviz("batch", "sub/s.toml", "--only", "a", "--out-dir", "x/y", folder=folder)
    assert (folder / "x" / "y" / "a.png").read_bytes() == (folder / "sub/a.png").read_bytes()
    done = optviz("batch", "-", folder=folder, stdin='{"name": "in", "size": "200x150"}\n')
    assert done.stdout == "in.png\n"


def test_only_draws_what_is_called_so(folder: Path) -> None:
    done = optviz("batch", "s.toml", "--only", "b-*", "--only", "a", "--dry-run", folder=folder)
    assert done.stdout == "a.png\nb-0.1.png\nb-0.2.png\n"
    assert done.stderr == "3 to draw\n"
    done = optviz("batch", "s.toml", "--only", "z*", folder=folder)
    assert (done.returncode, done.stderr) == (2, "optviz: no figure's name is like 'z*'\n")
    assert sorted(path.name for path in folder.iterdir()) == ["home", "s.toml"]


def test_everything_wrong_is_said_at_once_and_nothing_is_drawn(folder: Path) -> None:
    (folder / "s.toml").write_text("[a]\netta = 1\n[b]\nopt = 'adgrad'\n[c]")
    for more in ([], ["--check"], ["--dry-run"]):
        done = optviz("batch", "s.toml", *more, folder=folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.splitlines() == [
            "optviz: 2 mistakes, nothing is drawn",
            "  s.toml: [a] etta = 1: no option of trace is called 'etta'; did you mean eta?",
            '  s.toml: [b] opt = "adgrad": '
            "no optimizer is called 'adgrad'; did you mean adagrad?",
        ]
    done = optviz("batch", "s.toml", "--check", "--json", folder=folder)
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["figure"] == "a"
    assert second == {
        "optviz": 1,
        "file": "s.toml",
        "figure": "b",
        "key": "opt",
        "value": "adgrad",
        "error": "no optimizer is called 'adgrad'; did you mean adagrad?",
    }
    assert not list(folder.glob("*.png"))


def test_hostile_names_do_not_move_the_terminal(folder: Path) -> None:
    (folder / "s.toml").write_text('["\\u001b[31m"]\n"e\\u001b[2J" = 1')
    done = optviz("batch", "s.toml", folder=folder)
    assert done.returncode == 2
    assert "\x1b" not in done.stderr


def test_a_figure_that_fails_is_status_3_and_the_others_are_drawn(folder: Path) -> None:
    (folder / "s.toml").write_text(SPEC + "[bad]\noutput = 'bad.gif'\nmax_size = 10\n[z]\n")
    done = optviz("batch", "s.toml", folder=folder)
    assert done.returncode == 3
    assert "optviz: s.toml: [bad]: " in done.stderr
    assert done.stderr.endswith("4 drawn, 1 failed\n")
    assert (folder / "z.png").exists()
    done = optviz("batch", "s.toml", "--no-cache", "--fail-fast", "-j", "1", folder=folder)
    assert done.stderr.endswith("3 drawn, 1 failed, 1 skipped\n")


def test_the_report_is_a_line_a_figure_in_the_order_of_the_spec(folder: Path) -> None:
    found = []
    for jobs in ("1", "2"):
        done = optviz("batch", "s.toml", "--json", "--no-cache", "-j", jobs, folder=folder)
        found.append(done.stdout)
    assert found[0] == found[1]
    lines = [json.loads(line) for line in found[0].splitlines()]
    assert [line["figure"] for line in lines] == ["a", "b-0.1", "b-0.2"]
    first = lines[0]
    assert (first["status"], first["outputs"], first["view"]) == ("drawn", ["a.png"], "trace")
    assert first["runs"][0]["x"] == pytest.approx([-0.943467, -0.000073], abs=1e-6)
    assert first["alt"]


def test_a_depfile_tells_make_what_depends_on_what(folder: Path) -> None:
    (folder / "my q$#.json").write_text('{"Q": [[1]]}')
    (folder / "t.toml").write_text('[a]\nobjective = "@my q$#.json"\nsize = "200x150"')
    (folder / "s.toml").write_text('include = ["t.toml"]\n[b]\nsize = "200x150"')
    optviz("batch", "s.toml", "--depfile", "d", folder=folder)
    told = (folder / "d").read_text().replace(" \\\n ", "")
    assert told == "a.png b.png: s.toml t.toml my\\ q$$\\#.json\n"


def test_code_from_outside_wants_a_word(folder: Path) -> None:
    (folder / "mine.py").write_text("open('ran', 'w')\n")
    (folder / "s.toml").write_text("[a]\nopt = './mine.py:Rule'")
    for more in ([], ["--check"], ["--dry-run"]):
        done = optviz("batch", "s.toml", *more, folder=folder)
        assert done.returncode == 2
        assert "--allow-code" in done.stderr
        assert not (folder / "ran").exists()
    done = optviz("batch", "s.toml", "--check", "--allow-code", folder=folder)
    assert "class of ./mine.py" in done.stderr
    assert (folder / "ran").exists()


EMPTY = ["", "# nothing\n", "[defaults]\nsize = '200x150'\n"]


@pytest.mark.parametrize("spec", EMPTY)
@pytest.mark.parametrize("more", [[], ["--check"], ["--dry-run"]])
def test_a_spec_without_figures_is_refused_unless_that_is_allowed(
    spec: str,
    more: list[str],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(folder)
    (folder / "s.toml").write_text(spec)
    for name in ("s.toml", "-"):
        command = ["batch", name, "--no-cache", *more]
        for allowed in ([], ["--allow-empty"]):
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(spec.encode())))
            assert cli.main([*command, *allowed]) == (0 if allowed else 2)
            out, err = capsys.readouterr()
            assert (out, len(err.splitlines())) == ("", 1)
            assert ("a figure is wanted, [name]; --allow-empty" in err) == (not allowed)


def test_an_empty_file_among_others_is_refused_and_one_of_defaults_is_not(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    command = ["batch", "s.toml", "other.toml", "--check"]
    (folder / "other.toml").write_text("")
    assert cli.main(command) == 2
    assert capsys.readouterr().err.startswith("optviz: other.toml: a figure is wanted")
    (folder / "other.toml").write_text("[defaults]\ndpi = 120")
    assert cli.main(command) == 0


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="descriptors as files")
@pytest.mark.parametrize("spelled", ["<(cat s.toml)", "/dev/stdin < s.toml"])
def test_a_spec_from_a_descriptor_is_drawn_into_the_current_folder(
    spelled: str, folder: Path
) -> None:
    (folder / "q.json").write_text('{"Q": [[1]]}')
    (folder / "s.toml").write_text('[a]\nobjective = "@q.json"\nsize = "200x150"\n')
    command = f"{sys.executable} -m optviz batch {spelled} --no-cache --depfile d"
    done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "a.png\n"), done.stderr
    assert (folder / "a.png").exists()
    assert (folder / "d").read_text() == "a.png: q.json\n"


MAKEFILE = """\
all: a.png
a.png: s.toml
\t$(OPTVIZ) batch s.toml --depfile made.d --out-dir . --gallery index.html
-include made.d
"""


@pytest.mark.skipif(not shutil.which("make"), reason="make")
def test_make_runs_a_batch_once_where_nothing_of_it_changes(folder: Path) -> None:
    (folder / "Makefile").write_text(MAKEFILE)
    (folder / "q.json").write_text('{"Q": [[1]]}')
    (folder / "s.toml").write_text('[a]\nobjective = "@q.json"\nsize = "200x150"\n')

    def runs() -> int:
        done = subprocess.run(
            ["make", f"OPTVIZ={sys.executable} -m optviz"],
            cwd=folder,
            capture_output=True,
            text=True,
            env=os.environ | {"XDG_CACHE_HOME": str(folder / "home")},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.count("optviz batch")

    assert [runs(), runs()] == [1, 0]
    for touched in ("q.json", "s.toml"):
        time.sleep(0.02)
        (folder / touched).touch()
        assert [runs(), runs()] == [1, 0]


WRONG = [
    (["s.toml", "--keep-going", "--fail-fast"], "opposites"),
    (["s.toml", "--cache", "x", "--no-cache"], "opposites"),
    (["s.toml", "--jobs", "0"], "jobs: 0 given, 1 or more is wanted"),
    (["s.toml", "--executor", "slurm"], "processes or dask is wanted"),
    (["s.toml", "--executor", "dask"], "--scheduler tcp"),
    (["s.toml", "--scheduler", "tcp://x:1"], "is for --executor dask"),
    ([], "missing argument"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_options_that_do_not_go_together_are_one_sentence(
    arguments: list[str], said: str, folder: Path
) -> None:
    done = optviz("batch", *arguments, folder=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_dask_that_is_not_there_is_said(folder: Path) -> None:
    (folder / "dask.py").write_text("raise ImportError")
    more = {"PYTHONPATH": str(folder)}
    asked = ("batch", "s.toml", "--executor", "dask", "--scheduler", "tcp://127.0.0.1:1")
    done = optviz(*asked, folder=folder, **more)
    assert done.returncode == 1
    assert done.stderr.endswith("it is not installed; pip install 'optviz[dask]'\n")


def test_a_home_without_room_for_a_cache_is_said_and_all_is_drawn(folder: Path) -> None:
    (folder / "home").write_text("a file")
    done = optviz("batch", "s.toml", "--only", "a", folder=folder)
    assert (done.returncode, done.stdout) == (0, "a.png\n")
    assert "cannot make the cache" in done.stderr
    done = optviz("batch", "s.toml", "--cache", "home", "--only", "a", folder=folder)
    assert (done.returncode, done.stdout) == (0, "a.png\n")
    assert done.stderr.count("cannot make the cache") == 1


def test_workers_read_nothing_in_the_current_folder(folder: Path) -> None:
    for name in ("numpy.py", "multiprocessing.py", "matplotlibrc"):
        (folder / name).write_text("raise SystemExit('read')")
    script = Path(sys.executable).with_name("optviz")
    done = subprocess.run(
        [str(script), "batch", "s.toml", "--no-cache", "-j", "2"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "3 drawn\n")


def test_new_writes_a_specimen_that_batch_accepts_and_nothing_twice(folder: Path) -> None:
    done = optviz("new", "course.toml", folder=folder)
    assert (done.returncode, done.stdout) == (0, "course.toml\n")
    done = optviz("batch", "course.toml", "--check", folder=folder)
    assert (done.returncode, done.stderr) == (0, "7 figures, nothing is wrong\n")
    (folder / "course.toml").write_text("mine")
    done = optviz("new", "course.toml", folder=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert "it is there already" in done.stderr
    assert (folder / "course.toml").read_text() == "mine"


def test_new_writes_a_specimen_of_a_theme_that_draws_as_before(folder: Path) -> None:
    done = optviz("new", "my-theme.toml", folder=folder)
    assert (done.returncode, done.stdout) == (0, "my-theme.toml\n")
    for name, theme in (("a.svg", "light"), ("b.svg", "my-theme.toml")):
        assert optviz("trace", "--theme", theme, "-o", name, folder=folder).returncode == 0
    plain, own = ((folder / name).read_text().partition("<defs>")[2] for name in ("a.svg", "b.svg"))
    assert plain
    assert plain == own


def test_new_writes_the_filter_of_pandoc_with_its_style_sheet(folder: Path) -> None:
    done = optviz("new", "optviz.lua", folder=folder)
    assert (done.returncode, done.stdout) == (0, "optviz.lua\n")
    text = (folder / "optviz.lua").read_text(encoding="utf-8")
    assert "function Pandoc(doc)" in text
    assert ".optviz-dark { display: none; }" in text
    assert "PAIR_STYLE" not in text


@pytest.mark.parametrize(("name", "status"), [("course.json", 2), ("no/course.toml", 1)])
def test_new_refuses_what_it_cannot_write(name: str, status: int, folder: Path) -> None:
    done = optviz("new", name, folder=folder)
    assert (done.returncode, done.stdout) == (status, "")
    assert len(done.stderr.splitlines()) == 1


def test_every_mistake_of_a_figure_is_told_at_once(tmp_path: Path) -> None:
    words = 'opt = ["adagrd"]\nsteps = "x"\nsise = "3x3"\ntheme = "drak"\n'
    (tmp_path / "h.toml").write_text(f"[bad]\n{words}")
    done = optviz("batch", "--check", "h.toml", folder=tmp_path)
    assert done.returncode == 2
    for said in (
        "did you mean adagrad",
        "a whole number",
        "did you mean size",
        "did you mean dark",
    ):
        assert said in done.stderr


def test_one_line_on_standard_input_is_one_figure(tmp_path: Path) -> None:
    line = '{"opt": ["gd"], "start": [-5, -2], "size": "200x150"}\n'
    done = optviz("batch", "-", folder=tmp_path, stdin=line)
    assert (done.returncode, done.stdout) == (0, "figure-1.png\n")
