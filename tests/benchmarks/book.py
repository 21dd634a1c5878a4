"""A document of thirty unchanged figures, against a batch of one unchanged figure.

    python tests/benchmarks/book.py [PAIRS]

Whole processes, interleaved (A, B, A, B, …) after one run of each that draws; prints the median of
the pairwise ratios and both medians. Two thirds of the blocks are command lines, the others tables;
they are of four kinds.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

KINDS = ("trace", "rates", "loss", "compare")
FIGURES = 30


def block(number: int) -> str:
    """One block of the document."""
    kind, eta = KINDS[number % len(KINDS)], round(0.1 + 0.01 * number, 2)
    if number % 3 == 2:
        table = f'figure = "{kind}"\nopt = "adagrad:eta={eta}"\nsize = "300x200"'
        return f"<!-- optviz\n{table}\n-->\n"
    return f"```optviz\n{kind} --opt adagrad --eta {eta} --size 300x200\n```\n"


def seconds(command: list[str], folder: Path) -> float:
    """How long a process takes."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return time.perf_counter() - begun


def main(pairs: int) -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory() as text:
        home = Path(text)
        (home / "thirty.md").write_text("\n".join(map(block, range(FIGURES))))
        (home / "one.toml").write_text('[one]\nopt = "adagrad:eta=0.4"\nsize = "300x200"\n')
        program = [sys.executable, "-m", "optviz"]
        book, batch = (
            [*program, *words, "--cache", "cache"]
            for words in (("book", "thirty.md"), ("batch", "one.toml"))
        )
        for command in (book, batch):
            seconds(command, home)
        times = [(seconds(book, home), seconds(batch, home)) for _ in range(pairs)]
    ratio = median(one / other for one, other in times)
    whole, single = (median(column) for column in zip(*times, strict=True))
    print(f"{FIGURES} unchanged figures of a document: {whole:.3f} s")
    print(f"a batch of one unchanged figure: {single:.3f} s, ratio {ratio:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 9)
