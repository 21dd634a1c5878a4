"""`--watch` as its users meet it: a program that waits, and files that editors save."""

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest
import trainings

from optviz import cli, files
from optviz.cli import _watch
from optviz.errors import OptvizError, Unfit
from optviz.files import watching

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and links are POSIX's")
Start = Callable[..., "Watched"]


def spec(eta: float, name: str = "a", more: str = "") -> str:
    """A figure whose numbers are known: after one step of gd, x1 = −5(1 − 0.2η)."""
    return f"[{name}]\nopt = 'gd'\neta = {eta}\nsteps = 1\noutput = '{name}.csv'\n{more}"


def moved(folder: Path, name: str = "a") -> float:
    """The first coordinate after the step, in the file of a figure."""
    header, _, row = (folder / f"{name}.csv").read_text().splitlines()
    return float(row.split(",")[header.split(",").index("x1")])


class Watched:
    """A running `optviz batch --watch`, and the lines that it prints."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "optviz", *words, "--watch"],
            cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            start_new_session=True,
            env=os.environ | {"TMPDIR": str(folder.parent)},
        )  # fmt: skip
        self.out, self.err = _Lines(self.process.stdout), _Lines(self.process.stderr)

    def says(self, seconds: float = 20) -> str:
        """The next line on standard error; "" if none comes in so many seconds."""
        try:
            return self.err.queue.get(timeout=seconds)
        except queue.Empty:
            return ""

    def says_at_last(self, line: str) -> bool:
        """Whether it says so, after mistakes perhaps, where this machine pauses amid a save."""
        return any(said == line for said in iter(self.says, ""))

    def is_silent(self) -> bool:
        """Whether nothing comes on standard error."""
        return not self.says(0.3)

    def saved(self, text: str, name: str = "s.toml") -> str:
        """Writes a file and waits for the next line."""
        (self.folder / name).write_text(text)
        return self.says()

    def ends(self, number: int = signal.SIGINT) -> int:
        """Its exit status after a signal, once none of its processes is there."""
        self.process.send_signal(number)
        status = self.process.wait(20)
        for _ in range(200):
            try:
                os.killpg(self.process.pid, 0)
            except (ProcessLookupError, PermissionError):
                return status
            time.sleep(0.02)
        raise AssertionError("a process is left behind")


class _Lines(threading.Thread):
    """The lines of a stream as they come."""

    def __init__(self, stream: IO[str] | None) -> None:
        super().__init__(daemon=True)
        assert stream
        self.stream, self.queue = stream, queue.SimpleQueue[str]()
        self.start()

    def run(self) -> None:
        with self.stream:
            for line in self.stream:
                self.queue.put(line.rstrip("\n"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "s.toml").write_text(spec(0.1))
    return folder


@pytest.fixture
def watched(folder: Path) -> Iterator[Start]:
    running: list[Watched] = []

    def start(
        *arguments: str,
        command: str = "batch",
        name: str = "s.toml",
        first: str = "1 drawn",
        files: str = "1 file is",
    ) -> Watched:
        # Not by XDG_CACHE_HOME, where matplotlib would list all fonts anew.
        cache = () if "--no-cache" in arguments else ("--cache", "../cache")
        running.append(Watched(folder, command, name, *arguments, *cache))
        assert running[-1].says() == first
        assert running[-1].says() == f"{files} watched; Ctrl-C ends"
        return running[-1]

    yield start
    for one in running:
        one.process.kill()
        one.process.wait()
        one.out.join(), one.err.join()


def in_place(path: Path, text: str) -> None:
    path.write_text(text)


def renamed_over(path: Path, text: str) -> None:
    path.with_name(".s.toml.tmp").write_text(text)
    path.with_name(".s.toml.tmp").replace(path)


def moved_away_first(path: Path, text: str) -> None:
    """As vim saves: the old file becomes the backup, a new one is written, the backup goes."""
    backup = path.rename(path.with_name("s.toml~"))
    time.sleep(0.05)
    path.write_text(text)
    backup.unlink()


def deleted_first(path: Path, text: str) -> None:
    path.unlink()
    time.sleep(0.05)
    path.write_text(text)


def in_halves(path: Path, text: str) -> None:
    with path.open("w") as stream:
        stream.write(text[:20])
        stream.flush()
        time.sleep(0.1)
        stream.write(text[20:])


def twice(path: Path, text: str) -> None:
    path.write_text(text.replace("0.", "1."))
    path.write_text(text)


WAYS = [in_place, renamed_over, moved_away_first, deleted_first, in_halves, twice]


def test_it_draws_again_however_an_editor_saves(folder: Path, watched: Start) -> None:
    run = watched()
    assert run.out.queue.get(timeout=9) == "a.csv"
    for number, save in enumerate(WAYS, 2):
        save(folder / "s.toml", spec(number / 10))
        assert run.says_at_last("1 drawn"), save
        assert run.out.queue.get(timeout=9) == "a.csv"
        assert moved(folder) == pytest.approx(-5 * (1 - 0.2 * number / 10))
    assert run.is_silent()
    assert run.ends() == 130
    assert run.is_silent()


def test_a_mistake_that_is_mended_at_once_is_not_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    spec, told = folder / "s.toml", list[OptvizError]()

    def draw() -> None:
        files.reading("s.toml")
        spec.write_text("the whole file")
        raise Unfit("it was half a file")

    states = _watch._round(folder, ["s.toml"], draw, told.append, quiet=True)
    assert (told, watching.changes(states)) == ([], {str(spec)})


def test_only_what_changed_is_drawn_and_what_it_writes_is_no_change(
    folder: Path, watched: Start
) -> None:
    (folder / "s.toml").write_text(spec(0.1) + spec(0.2, "b"))
    run = watched("--no-cache", "--gallery", "index.html", first="2 drawn")
    assert run.saved(spec(0.1) + spec(0.3, "b")) == "1 drawn, 1 unchanged"
    (folder / "a.csv").write_text("spoilt")
    (folder / "notes.txt").write_text("nobody reads this")
    assert run.is_silent()
    assert run.ends(signal.SIGTERM) == 143
    assert [path.name for path in folder.parent.iterdir()] == ["course"]  # no cache is left


def test_a_mistake_is_told_with_its_place_until_it_is_mended(folder: Path, watched: Start) -> None:
    (folder / "s.toml").write_text("")
    run = watched(first="optviz: s.toml: a figure is wanted, [name]; --allow-empty accepts none")
    assert run.saved(spec(0.2, more="etta = 1\n")) == "optviz: a mistake, nothing is drawn"
    assert run.says().startswith("  s.toml: [a] etta = 1: no option of trace is called 'etta'")
    assert run.saved("[a\n") == "optviz: a mistake, nothing is drawn"
    assert run.says().startswith("  s.toml, line 1: ")
    (folder / "s.toml").unlink()
    assert run.says() == "optviz: cannot read s.toml: there is no such file"
    assert run.saved(spec(0.2)) == "1 drawn"


def test_what_is_included_is_watched_as_long_as_it_is(folder: Path, watched: Start) -> None:
    run = watched()
    assert run.saved("include = ['b.toml']\n" + spec(0.1)).endswith("nothing is drawn")
    assert "b.toml: there is no such file" in run.says()
    assert run.saved(spec(0.2, "b"), "b.toml") == "1 drawn, 1 unchanged"
    assert run.saved(spec(0.3, "b"), "b.toml") == "1 drawn, 1 unchanged"
    assert run.saved(spec(0.1)) == "1 unchanged"
    (folder / "b.toml").write_text(spec(0.4, "b"))
    assert run.is_silent()


RULE = """
from optviz.optimizers import Rule, Step

class Mine(Rule):
    title = says = fails = rate = reference = "mine"
    equations, dialects, made_by = ("x",), {"mine": {"eta": 0.1}}, {}

    def init(self, x):
        return ()

    def update(self, p, s):
        return Step(p.grad, 1.0), s
"""


def test_data_themes_and_rules_in_files_are_watched(folder: Path, watched: Start) -> None:
    (folder / "q.json").write_text('{"Q": [[1, 0], [0, 1]]}')
    (folder / "t.toml").write_text('paper = "#ffffff"\n')
    (folder / "mine.py").write_text(RULE)
    picture = "size = '200x150'\ntheme = 't.toml'\noutput = 'p.png'\n"
    (folder / "s.toml").write_text(
        spec(0.1, more="objective = '@q.json'\nstart = '1,1'\n")
        + f"[p]\nopt = 'gd'\n{picture}[r]\nopt = './mine.py:Mine'\noutput = 'r.csv'\nsteps = 1\n"
    )
    run = watched("--allow-code", first="3 drawn", files="4 files are")
    assert run.saved('{"Q": [[2, 0], [0, 1]]}', "q.json") == "1 drawn, 2 unchanged"
    assert moved(folder) == pytest.approx(0.8)
    assert run.saved('{"Q": [[2, 0], [0, ', "q.json").endswith("nothing is drawn")
    assert "q.json, line 1" in run.says()
    assert run.saved('{"Q": [[3, 0], [0, 1]]}', "q.json") == "1 drawn, 2 unchanged"
    assert run.saved('paper = "#eeeeee"\n', "t.toml") == "1 drawn, 2 unchanged"
    assert moved(folder, "r") == pytest.approx(-4.9)
    assert run.saved(RULE.replace("1.0", "2.0"), "mine.py") == "1 drawn, 2 unchanged"
    assert moved(folder, "r") == pytest.approx(-4.8)
    assert run.saved(RULE.replace("Mine", "Other"), "mine.py").endswith("nothing is drawn")
    assert "no class of ./mine.py is called 'Mine'" in run.says()
    assert run.saved(RULE.replace("1.0", "3.0"), "mine.py") == "1 drawn, 2 unchanged"
    assert moved(folder, "r") == pytest.approx(-4.7)


def test_links_folders_that_come_back_and_checkouts_are_seen(folder: Path, watched: Start) -> None:
    (folder / "one.toml").write_text(spec(0.1))
    (folder / "s.toml").unlink()
    (folder / "s.toml").symlink_to("one.toml")
    run = watched()
    assert run.saved(spec(0.2), "one.toml") == "1 drawn"
    (folder / "two.toml").write_text(spec(0.3))
    (folder / "link").symlink_to("two.toml")
    (folder / "link").replace(folder / "s.toml")
    assert run.says() == "1 drawn"
    away = folder.rename(folder.with_name("away"))
    assert run.says().endswith("/course: the current folder is gone")
    away.rename(folder)
    assert run.says() == "1 unchanged"
    shutil.rmtree(folder)
    assert run.says().endswith("/course: the current folder is gone")
    folder.mkdir()
    assert run.saved(spec(0.4)) == "1 drawn"
    assert moved(folder) == pytest.approx(-4.6)


@pytest.mark.skipif(not shutil.which("git"), reason="there is no git")
def test_a_checkout_is_one_change(folder: Path, watched: Start) -> None:
    def git(*words: str) -> None:
        identity = ("-c", "user.name=a", "-c", "user.email=a@b")
        subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)

    git("init", "-q", "-b", "one")
    (folder / "d.toml").write_text("[defaults]\nseed = 0\n")
    (folder / "s.toml").write_text("include = ['d.toml']\n" + spec(0.1))
    git("add", "."), git("commit", "-qm", "one"), git("checkout", "-qb", "two")
    (folder / "s.toml").write_text(spec(0.2))
    (folder / "d.toml").unlink()
    git("commit", "-qam", "two")
    run = watched()
    git("checkout", "-q", "one")
    assert run.says() == "1 drawn"
    assert moved(folder) == pytest.approx(-4.9)
    git("checkout", "-q", "two")
    assert run.says() == "1 unchanged" or moved(folder) == pytest.approx(-4.8)
    assert run.is_silent()


def test_a_save_while_many_are_drawn_does_not_wait_for_all(folder: Path, watched: Start) -> None:
    many = "[m]\nopt = 'gd'\nsize = '400x300'\n[m.matrix]\neta = "
    etas = [0.01 * n for n in range(1, 31)]
    run = watched()
    (folder / "s.toml").write_text(f"{many}{etas}\n")
    assert run.out.queue.get(timeout=9) == "a.csv"
    while not list(folder.glob("m-*.png")):
        time.sleep(0.01)
    assert "skipped" in run.saved(spec(0.7))
    assert run.says() == "1 drawn"


def test_workers_end_with_it(folder: Path, watched: Start) -> None:
    (folder / "s.toml").write_text(spec(0.1) + spec(0.2, "b"))
    run = watched("-j", "2", first="2 drawn")
    assert run.saved(spec(0.3) + spec(0.4, "b")) == "2 drawn"
    assert (moved(folder), moved(folder, "b")) == pytest.approx((-4.7, -4.6))
    assert run.ends() == 130


def document(eta: float, more: str = "") -> str:
    return f"# One\n\n```optviz\ntrace --opt gd --eta {eta} --size 200x150\n```\n{more}"


def test_a_document_is_drawn_again_and_what_it_writes_into_it_is_no_change(
    folder: Path, watched: Start
) -> None:
    lesson = folder / "lesson.md"
    lesson.write_text(document(0.1))
    run = watched(command="book", name="lesson.md")
    first = lesson.read_text()
    assert first.startswith(document(0.1)) and "lesson-trace.png" in first
    old = (folder / "lesson-trace.png").read_bytes()
    assert run.is_silent()
    assert run.saved(first.replace("0.1", "0.2", 1), "lesson.md") == "1 drawn"
    assert (folder / "lesson-trace.png").read_bytes() != old
    assert run.saved(lesson.read_text() + "And more.\n", "lesson.md") == "1 unchanged"
    assert lesson.read_text().endswith("And more.\n")
    told = run.saved(lesson.read_text().replace("gd", "gdd", 1), "lesson.md")
    assert told == "optviz: a mistake, nothing is drawn"
    assert "lesson.md, line 3" in run.says()
    assert run.ends() == 130


def test_a_save_while_a_document_is_drawn_is_kept(folder: Path, watched: Start) -> None:
    lesson = folder / "lesson.md"
    lesson.write_text("# None\n")
    run = watched(command="book", name="lesson.md", first="no figures")
    lesson.write_text("".join(document(0.01 * n) for n in range(1, 21)))
    while not list(folder.glob("*.png")):
        time.sleep(0.01)
    assert "skipped" in run.saved(document(0.3, "The end.\n"), "lesson.md")
    assert run.says() == "1 drawn"
    assert lesson.read_text().endswith("The end.\n") and run.is_silent()


REFUSED = {
    "batch s.toml --check": "watch: --check has no use for it",
    "batch s.toml --dry-run": "watch: --dry-run has no use for it",
    "batch -": "--watch wants files, and standard input is read once; write it to a file",
    "batch /dev/null": "--watch wants files, and /dev/null is read once; write it to a file",
    "batch s.toml --gallery -": "--watch writes --gallery again and again; give it a file",
    "batch s.toml --depfile -": "--watch writes --depfile again and again; give it a file",
    "book s.toml --check": "watch: --check has no use for it",
    "book s.toml --dry-run": "watch: --dry-run has no use for it",
    "book -": "--watch wants files, and standard input is read once; write it to a file",
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_does_not_go_with_it_is_refused(
    words: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert cli.main([*words.split(), "--watch"]) == 2
    assert capsys.readouterr().err == f"optviz: {REFUSED[words]}\n"


def test_a_file_that_is_not_there_from_the_first_is_no_figure_to_wait_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert cli.main(["batch", "z.toml", "--watch"]) == 1
    assert capsys.readouterr().err == "optviz: cannot read z.toml: there is no such file\n"


def test_a_log_of_training_is_waited_for_through_all_that_happens_to_it(folder: Path) -> None:
    run = Watched(folder, "plot", "edge", "runs/run.jsonl", "-o", "live.png")
    log, lines = folder / "runs/run.jsonl", trainings.text().splitlines(keepends=True)
    try:
        assert run.says() == "waiting for runs/run.jsonl"
        assert run.says() == "1 file is watched; Ctrl-C ends"
        log.parent.mkdir()
        log.write_text("")
        assert run.says() == "waiting for the first step in runs/run.jsonl"
        log.write_text(lines[0])
        assert run.is_silent()  # still so
        log.write_text("".join(lines[:40]) + lines[40][:30])  # its last line is half written
        assert run.out.queue.get(timeout=20) == "live.png"
        log.write_text("".join(lines[:9]))  # another training, from the start
        assert run.out.queue.get(timeout=20) == "live.png"
        shutil.rmtree(log.parent)
        assert run.says() == "waiting for runs/run.jsonl"
        assert (folder / "live.png").is_file() and run.ends() in (0, 130)
    finally:
        run.process.kill()
        run.process.wait()


def test_what_is_waited_for_is_not_said_when_quiet(folder: Path) -> None:
    run = Watched(folder, "plot", "edge", "run.jsonl", "-o", "live.png", "-q")
    try:
        (folder / "run.jsonl").write_text(trainings.text())
        assert run.out.queue.get(timeout=20) == "live.png" and run.is_silent()
    finally:
        run.process.kill()
        run.process.wait()
