"""The command line as its users meet it: streams, files, exit statuses, errors."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from optviz import cli, render

D2L = "0.1x1^2+2x2^2"


Done = subprocess.CompletedProcess[str]


def optviz(*arguments: str, folder: Path | None = None, **more: str) -> Done:
    return subprocess.run(
        [sys.executable, "-m", "optviz", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        env=os.environ | more,
    )


# Dive into Deep Learning, chapter 12: printed results, to the last printed digit
BOOK = [
    ("x1^2+2x2^2", "gd:eta=0.1", "-0.057646", "-0.000073"),
    (D2L, "gd:eta=0.4", "-0.943467", "-0.000073"),
    (D2L, "gd:eta=0.6", "-0.387814", "-1673.365109"),
    (D2L, "momentum:eta=0.6,beta=0.5", "0.007188", "0.002553"),
    (D2L, "momentum:eta=0.6,beta=0.25", "-0.126340", "-0.186632"),
    (D2L, "adagrad:eta=0.4", "-2.382563", "-0.158591"),
    (D2L, "adagrad:eta=2", "-0.002295", "-0.000000"),
    (D2L, "rmsprop:eta=0.4,rho=0.9", "-0.010599", "0.000000"),
]


@pytest.mark.parametrize(("objective", "optimizer", "x1", "x2"), BOOK)
def test_the_book_is_reproduced_to_the_last_printed_digit(
    objective: str,
    optimizer: str,
    x1: str,
    x2: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["trace", "-f", objective, "--opt", optimizer]) == 0
    said = capsys.readouterr()
    assert said.out == "trace.png\n"
    assert said.err.splitlines()[1].split()[2:4] == [x1, x2]


@pytest.mark.parametrize(
    ("optimizer", "f"), [("adagrad:eta=2", 0.4417), ("rmsprop:eta=0.4", 0.3393)]
)
def test_the_rotated_exercise_of_the_book_ends_high(
    optimizer: str, f: float, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = str(tmp_path / "a.svg")
    turned = "0.1(x1+x2)^2 + 2(x1-x2)^2"
    assert cli.main(["trace", "-f", turned, "--opt", optimizer, "-o", out]) == 0
    assert float(capsys.readouterr().err.splitlines()[1].split()[4]) == pytest.approx(f, abs=5e-5)


BAD = [
    ["trace", "--opt", "adgrad"],
    ["trace", "--opt", "adagrad:eta"],
    ["trace", "--opt", "adagrad:eta=1,eta=2"],
    ["trace", "--opt", "adam:beta1=1"],
    ["trace", "--opt", "adagrad@tensorflow"],
    ["trace", "--opt", ""],
    ["trace", "--etta", "3"],
    ["trace", "--beta", "0.5"],
    ["trace", "-p", "x"],
    ["trace", "-f", "0.1x1^3"],
    ["trace", "-f", "0,1x1^2"],
    ["trace", "-f", "sin(x)"],
    ["trace", "-f", ""],
    ["trace", "-f", "@/no/such.json"],
    ["trace", "--start", "1"],
    ["trace", "--steps", "many"],
    ["trace", "--steps", "-1"],
    ["trace", "-o", "old.jpg"],
    ["trace", "-o", "old"],
    ["trace", "-o", "-"],
    ["trace", "-o", ""],
    ["trace", "-o", "", "--format", "png"],
    ["trace", "-o", "frames/", "-o", "./frames/"],
    ["trace", "-o", "a.png", "-o", "a.png"],
    ["trace", "-o", "a.png", "-o", "./a.png"],
    ["trace", "-o", "/no/such/a.png"],
    ["trace", "-o", "trace.png", "-o", "/no/such/a.png"],
    ["trace", "-o", "trace.png", "-o", "/no/such/a.csv"],
    ["trace", "--fps", "fast"],
    ["run", "--json", "-q"],
    ["run", "--json", "--format", "csv"],
    ["run", "-o", "a.csv", "-o", "/no/such/a.csv"],
    ["trace", "--format", "tiff"],
    ["trace", "--theme", "neon"],
    ["trace", "--size", "1x1"],
    ["trace", "--title", r"$\frac{$ and $x$"],
    ["trace", "--label", "one", "--label", "two"],
    ["rates", "-n", "0"],
    ["plot", "trace", "/no/such.jsonl"],
    ["plot", "traces"],
    ["plot"],
    ["run", "--every", "0"],
    ["run", "-o", "a.png"],
    ["list", "cats"],
    ["explain", "adamm"],
    ["tracee"],
]


@pytest.mark.parametrize("arguments", BAD, ids=" ".join)
def test_bad_input_is_one_sentence_and_nothing_is_written(
    arguments: list[str],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    old = tmp_path / "trace.png"
    old.write_text("old")
    status = cli.main(arguments)
    said = capsys.readouterr()
    assert status == (1 if any("/no/such" in a for a in arguments) else 2)
    assert said.out == ""
    lines = said.err.splitlines()
    assert lines[0].startswith("optviz: ")
    assert len(lines) == 1 or (len(lines) == 3 and re.fullmatch(r" +\^+", lines[2]))
    assert old.read_text() == "old"
    assert list(tmp_path.iterdir()) == [old]


def test_help_and_version_import_nothing_heavy() -> None:
    code = (
        "import sys, optviz.__main__ as m; sys.argv[1:] = {arguments}\n"
        "try: m.os._exit = sys.exit; m.main()\n"
        "except SystemExit: pass\n"
        "heavy = {{'numpy', 'matplotlib', 'rich', 'PIL'}} & set(sys.modules)\n"
        "print('heavy:', sorted(heavy))"
    )
    for arguments in (["--version"], ["--help"], ["trace", "--help"], ["plot", "--help"]):
        done = subprocess.run(
            [sys.executable, "-c", code.format(arguments=arguments)], capture_output=True, text=True
        )
        assert done.stdout.splitlines()[-1] == "heavy: []", arguments


@pytest.mark.parametrize("arguments", [["list"], ["explain", "adam"], ["run", "-n", "3"]])
def test_what_draws_nothing_does_not_import_matplotlib(arguments: list[str]) -> None:
    code = (
        "import sys; from optviz import cli; cli.main(sys.argv[1:])\n"
        "print('matplotlib' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True)
    assert done.stderr.splitlines()[-1] == "False"


def test_json_is_one_document_with_paths_and_final_values(tmp_path: Path) -> None:
    opts = ("--opt", "gd:eta=0.6", "--opt", "adagrad")
    done = optviz("trace", *opts, "--json", "-q", folder=tmp_path)
    found = json.loads(done.stdout)
    assert found["outputs"] == ["trace.png"]
    first, second = found["runs"]
    assert first["status"] == "diverged"
    assert first["x"] == pytest.approx([-0.387814, -1673.365109], abs=1e-6)
    assert (second["optimizer"], second["steps"]) == ("adagrad:eta=0.4,eps=1e-06", 20)
    assert done.stderr == ""


def test_a_run_beyond_numbers_is_null_in_json_and_a_result(tmp_path: Path) -> None:
    done = optviz("trace", "--opt", "gd:eta=99", "-n", "300", "--json", "-q", folder=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["runs"][0]["x"] == [None, None]
    done = optviz("trace", "--opt", "gd:eta=99", "-n", "300", "--strict", "-q", folder=tmp_path)
    assert done.returncode == 4


def test_what_run_writes_plot_draws_to_the_same_pixels(tmp_path: Path) -> None:
    starts = ("--start", "-5,-2", "--start", "1,2")
    opts = ("--opt", "adagrad:eta=0.4", "--opt", "adam@keras:eta=0.3", *starts)
    for view in ("trace", "rates"):
        optviz(view, *opts, "-o", "direct.png", folder=tmp_path)
        for form in ("jsonl", "npz"):
            optviz("run", *opts, "-o", f"runs.{form}", folder=tmp_path)
            done = optviz("plot", view, f"runs.{form}", "-o", "again.png", folder=tmp_path)
            assert done.returncode == 0, done.stderr
            again, direct = (tmp_path / f"{name}.png" for name in ("again", "direct"))
            assert render.difference(again.read_bytes(), direct.read_bytes()) is None


def test_a_csv_needs_to_be_told_its_objective_and_optimizer(tmp_path: Path) -> None:
    optviz("trace", "--opt", "adagrad:eta=0.4", "-o", "direct.svg", folder=tmp_path)
    optviz("run", "--opt", "adagrad:eta=0.4", "-o", "run.csv", folder=tmp_path)
    known = ("-f", "d2l", "--opt", "adagrad:eta=0.4")
    optviz("plot", "trace", "run.csv", *known, "-o", "again.svg", folder=tmp_path)
    direct = (tmp_path / "direct.svg").read_text(encoding="utf-8")
    bare = re.sub(r"\s*<dc:source>.*?</dc:source>", "", direct, flags=re.S)  # data have no recipe
    assert (tmp_path / "again.svg").read_text(encoding="utf-8") == bare
    assert optviz("plot", "trace", "run.csv", "-o", "bare.svg", folder=tmp_path).returncode == 0


def test_gradients_alone_are_enough_for_the_rates_an_optimizer_would_give(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("step,g1,g2\n1,3,1\n2,4,0\n3,0,1\n")
    out = ("-o", "rates.svg", "-o", "rates.jsonl")
    done = optviz("plot", "rates", "log.csv", "--opt", "adagrad:eta=1,eps=0", *out, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    run = json.loads((tmp_path / "rates.jsonl").read_text())
    # 1/√9, 1/√25, 1/√25 and 1/√1, 1/√1, 1/√2
    for rate, wanted in zip(run["rate"], [[1 / 3, 1], [0.2, 1], [0.2, 2**-0.5]], strict=True):
        assert rate == pytest.approx(wanted)


def test_binary_to_standard_output_is_the_file(tmp_path: Path) -> None:
    optviz("trace", "-q", "-o", "file.png", folder=tmp_path)
    piped = subprocess.run(
        [sys.executable, "-m", "optviz", "trace", "-q", "-o", "-", "--format", "png"],
        capture_output=True,
        cwd=tmp_path,
    )
    assert piped.stdout == (tmp_path / "file.png").read_bytes()


def test_a_closed_pipe_ends_quietly() -> None:
    line = f"{sys.executable} -m optviz run --opt gd --steps 100000000 --format csv | head -2"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1] == "1,0,10.5,-5.0,-2.0,,,,"


def test_the_environment_sets_options_and_flags_win(tmp_path: Path) -> None:
    done = optviz("trace", "--json", "-q", folder=tmp_path, OPTVIZ_OPT="adam", OPTVIZ_STEPS="3")
    (run,) = json.loads(done.stdout)["runs"]
    assert (run["optimizer"].split(":")[0], run["steps"]) == ("adam", 3)
    done = optviz("trace", "--json", "-q", "-n", "4", folder=tmp_path, OPTVIZ_STEPS="3")
    assert json.loads(done.stdout)["runs"][0]["steps"] == 4


def test_colour_comes_when_asked_and_not_otherwise(tmp_path: Path) -> None:
    assert "\x1b[" not in optviz("trace", folder=tmp_path).stderr
    assert "\x1b[" in optviz("trace", folder=tmp_path, FORCE_COLOR="1").stderr
    assert "\x1b[" in optviz("trace", "--color", folder=tmp_path, NO_COLOR="1").stderr
    asked = {"FORCE_COLOR": "1", "NO_COLOR": "1"}
    assert "\x1b[" not in optviz("trace", folder=tmp_path, **asked).stderr


def test_nothing_in_the_current_folder_is_read(tmp_path: Path) -> None:
    optviz("trace", "-q", "-o", "plain.png", folder=tmp_path)
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 20\nnonsense\n")
    (tmp_path / "numpy.py").write_text("raise SystemExit('read')")
    script = Path(sys.executable).with_name("optviz")
    done = subprocess.run(
        [str(script), "trace", "-q", "-o", "again.png"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (0, "again.png\n")
    assert done.stderr == ""
    assert (tmp_path / "again.png").read_bytes() == (tmp_path / "plain.png").read_bytes()


def test_every_command_has_help_in_one_line_and_no_box() -> None:
    said = optviz("--help").stdout
    for name in cli.commands():
        assert re.search(rf"^  {name} +[A-Z].*\.$", said, re.M), name
    assert "─" not in said


def test_no_words_at_all_are_answered_with_the_help() -> None:
    done = optviz()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == optviz("--help").stdout


SAID = [
    (["trace", "--steps", "1.5"], "steps: '1.5' given, a whole number is wanted"),
    (["trace", "--fps", "x"], "fps: 'x' given, a number is wanted"),
    (["trace", "-o", ""], "output: '' given, a path is wanted"),
    (["tracee"], "no command is called 'tracee'; did you mean trace?"),
    (
        ["trace", "--beta", "0.9"],
        "beta: 0.9 given, but adagrad has no beta to set; ftrl, lars, momentum, others have it",
    ),
]


@pytest.mark.parametrize(("arguments", "said"), SAID)
def test_a_message_says_what_was_given_and_what_is_wanted(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 2
    assert capsys.readouterr().err == f"optviz: {said}\n"


def test_an_unknown_command_is_answered_with_the_commands(
    capsys: pytest.CaptureFixture[str],
) -> None:
    cli.main(["qqq"])
    assert ", ".join(cli.commands()) in capsys.readouterr().err


@pytest.mark.parametrize(
    ("form", "name", "opens"), [("svg", "trace.svg", b"<?xml"), ("jsonl", "trace.jsonl", b"{")]
)
def test_a_format_without_a_path_names_the_file(
    form: str, name: str, opens: bytes, tmp_path: Path
) -> None:
    assert optviz("trace", "--format", form, folder=tmp_path).stdout == f"{name}\n"
    (file,) = tmp_path.iterdir()
    assert file.name == name
    assert file.read_bytes().startswith(opens)


def test_run_prints_the_path_it_wrote_and_json_if_asked(tmp_path: Path) -> None:
    assert optviz("run", "-n", "1", "-o", "a.csv", folder=tmp_path).stdout == "a.csv\n"
    found = json.loads(optviz("run", "-n", "1", "-o", "a.csv", "--json", folder=tmp_path).stdout)
    assert found["outputs"] == ["a.csv"]
    assert found["runs"][0]["x"] == pytest.approx([-4.6, -1.6])


def test_a_folder_as_output_leaves_the_other_outputs_alone(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("old")
    (tmp_path / "b.png").mkdir()
    (tmp_path / "c").write_text("no folder of frames")
    for other in ("b.png", "c/"):
        done = optviz("trace", "-o", "a.png", "-o", other, folder=tmp_path)
        assert (done.returncode, done.stdout) == (1, "")
        assert (tmp_path / "a.png").read_text() == "old"


def test_a_repeatable_option_has_a_value_a_line_in_the_environment(tmp_path: Path) -> None:
    said = {"OPTVIZ_OPT": "gd\nadam:eta=0.1\n", "OPTVIZ_LABEL": "Plain gd\nThe other one"}
    done = optviz("trace", "--json", "-q", "-o", "a.svg", folder=tmp_path, **said)
    assert [run["optimizer"].split(":")[0] for run in json.loads(done.stdout)["runs"]] == [
        "gd",
        "adam",
    ]
    flags = ("--opt", "gd", "--opt", "adam:eta=0.1", "--label", "Plain gd", "--label")
    optviz("trace", *flags, "The other one", "-o", "b.svg", folder=tmp_path)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    done = optviz("trace", "--json", "-q", "--opt", "gd", folder=tmp_path, OPTVIZ_OPT="adam\ngd")
    assert len(json.loads(done.stdout)["runs"]) == 1
