"""Kills commands at random moments, and looks for what they leave behind.

    python tests/kills.py [SINGLE] [SHARED] [SEED]

SIGKILL, SIGTERM and SIGHUP in turn strike SINGLE (100) commands of one process and SHARED (20)
batches and sweeps of two workers, every other time just when a file is being written. After three
strikes the command runs whole. Prints how many files
were torn, how many temporary files outlive that run, how many processes outlive their command, how
often it ended with another status than it should, and how often its output stayed open; the exit
status is 1 if anything is not 0 that should be.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

PROGRAM = [sys.executable, "-m", "optviz"]
PATIENCE = 30.0  # seconds until a process counts as one that never ends
WRONG = (
    "torn files",
    "temporary files that outlive the next run",
    "orphans",
    "statuses that are wrong",
    "commands that said something",
    "pipes held for over a second",
)
COUNTS = ("struck at work", "temporary files left", *WRONG)
STATUS = {signal.SIGKILL: -9, signal.SIGTERM: 143, signal.SIGHUP: 129}
SMALL = ("--size", "200x150")
SWEPT = ("--over", "eta=lin(0.01,1,250)", "--over", "beta=lin(0,0.9,250)", "-n", "250")
SINGLE = [
    ("trace", "-o", "a.png", "-o", "a.svg", *SMALL),
    ("trace", "-o", "a.gif", "-n", "60", *SMALL),
    ("run", "-o", "a.jsonl", "-o", "a.npz", "-n", "3000"),
    ("rates", "-o", "a.pdf", *SMALL),
]
SHARED = [
    ("batch", "spec.json", "-j", "2", "--cache", "cache"),
    ("book", "lesson.md", "-j", "2", "--cache", "cache"),
    ("sweep", "-o", "a.png", "--opt", "momentum", "-j", "2", *SWEPT, *SMALL),
]
SPEC = {f"f{k}": {"eta": round(0.01 * k, 2), "size": "200x150"} for k in range(1, 17)}
BLOCK = "```optviz\ntrace --eta 0.{} --size 200x150\n```\n"
INPUTS = {
    "spec.json": json.dumps(SPEC),
    "lesson.md": "\n".join(BLOCK.format(k) for k in range(1, 17)),
}
MARK = "KILLS_TEST_OF_OPTVIZ"  # in the environment of a command, and so of its workers


class Kind:
    """A command in a folder of its own, and what it writes there if nothing happens to it."""

    def __init__(self, words: tuple[str, ...], home: Path) -> None:
        self.command, self.folder = [*PROGRAM, *words, "-q"], home / "struck"
        for folder in (home / "whole", self.folder):
            folder.mkdir(parents=True)
            for name, text in INPUTS.items():
                (folder / name).write_text(text)
        begun = time.monotonic()
        self.run(home / "whole")
        self.seconds, self.whole = time.monotonic() - begun, contents(home / "whole")

    def run(self, folder: Path) -> None:
        """Lets the command come to its end."""
        subprocess.run(self.command, cwd=folder, check=True, stdout=subprocess.DEVNULL)

    def strike(self, number: signal.Signals, after: float, writing: bool) -> Counter[str]:
        """Lets it begin anew, sends it a signal, and counts what is wrong then.

        The signal comes after so many seconds, or, `writing`, when there is a temporary file.
        """
        for name in self.whole.keys() - INPUTS.keys():
            (self.folder / name).unlink(missing_ok=True)
        for name, text in INPUTS.items():  # a document is written too
            (self.folder / name).write_text(text)
        process = subprocess.Popen(
            self.command,
            cwd=self.folder,
            env=os.environ | {MARK: str(os.getpid())},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        deadline = time.monotonic() + (after if not writing else PATIENCE)
        while process.poll() is None and time.monotonic() < deadline:
            if writing and temporary(self.folder):
                break
            time.sleep(0.001)
        process.send_signal(number)
        begun = time.monotonic()
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=PATIENCE)
        held = time.monotonic() - begun
        lost = orphans(1.0)
        for pid in lost:
            os.kill(pid, signal.SIGKILL)
        _, said = process.communicate()
        usual = STATUS[number], -number, 0  # before it could heed it; it was done already
        return Counter(
            {
                "struck at work": process.returncode != 0,
                "torn files": sum(
                    data not in (self.whole.get(name), INPUTS.get(name, "").encode())
                    for name, data in contents(self.folder).items()
                ),
                "orphans": len(lost),
                "statuses that are wrong": process.returncode not in usual,
                "commands that said something": bool(said) and b"<frozen" not in said,
                "pipes held for over a second": held > 1,
                "temporary files left": len(temporary(self.folder)),
            }
        )


def contents(folder: Path) -> dict[str, bytes]:
    """What is in the files of a folder, but for temporary ones."""
    paths = [path for path in folder.glob("*.*") if not path.name.startswith(".")]
    return {path.name: path.read_bytes() for path in paths}


def temporary(folder: Path) -> list[Path]:
    """Temporary files in the folder, and in the cache within it."""
    return list(folder.rglob(".optviz-*"))


def orphans(patience: float) -> list[int]:
    """The processes of struck commands that are still there after so many seconds at most."""
    deadline = time.monotonic() + patience
    while (found := marked()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return found


def marked() -> list[int]:
    """The processes that have this one's mark in their environment."""
    mark, found = f"{MARK}={os.getpid()}".encode(), []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            found += [int(path.parent.name)] if mark in path.read_bytes().split(b"\0") else []
    return found


def kill(kinds: list[Kind], times: int, chance: random.Random) -> Counter[str]:
    """Strikes so many times, three times between two whole runs; what was wrong, by its name."""
    counts: Counter[str] = Counter()
    signals = list(STATUS)
    for number in range(times):
        kind = kinds[number // 3 % len(kinds)]
        after, writing = chance.uniform(0, kind.seconds), number % 2 == 1
        counts += kind.strike(signals[number % 3], after, writing)
        if number % 3 == 2 or number == times - 1:
            kind.run(kind.folder)
            counts["temporary files that outlive the next run"] += len(temporary(kind.folder))
    return counts


def main(single: int, shared: int, seed: int) -> dict[str, Counter[str]]:
    """Strikes, prints the counts, and returns them."""
    chance, found = random.Random(seed), {}
    with tempfile.TemporaryDirectory() as home:
        for name, words, times in (("single", SINGLE, single), ("shared", SHARED, shared)):
            chosen = words[: (times + 2) // 3]
            kinds = [Kind(each, Path(home) / f"{name}{n}") for n, each in enumerate(chosen)]
            found[name] = kill(kinds, times, chance)
            print(f"{times} commands, {name}:")
            for what in COUNTS:
                print(f"  {found[name][what]:4} {what}")
    return found


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    counts = main(*given, *(100, 20, 0)[len(given) :])
    sys.exit(any(found[what] for found in counts.values() for what in WRONG))
