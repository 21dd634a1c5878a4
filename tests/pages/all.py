"""Draws every awkward figure as a page, reads the page, and tables what is wrong with it.

    python tests/pages/all.py [--only 3,17,40-60] [--jobs 2] [--figure NAME] [--keep FOLDER]
                              [--lang CODE] [--theme NAME]

Prints a line for each fault, a table of faults by kind, and how many figures of how many have none.
The exit status is 1 if there are faults. With --keep the PDF of each faulty figure and a picture of
it, faults framed in red, are written into a folder. With --lang and --theme every figure has that
language or theme instead of its own.
"""

import argparse
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from pages.faults import Fault
from pages.look import examined
from pages.specs import Spec, specs

_SHOWN = 4  # faults of a kind in a figure that are printed


def numbers(text: str) -> set[int]:
    """The numbers of a text such as 3,17,40-60."""
    found = set()
    for part in text.split(","):
        low, _, high = part.partition("-")
        found |= set(range(int(low), int(high or low) + 1))
    return found


def _examine(task: tuple[Spec, str | None]) -> tuple[int, list[Fault]]:
    warnings.simplefilter("ignore")
    spec, folder = task
    return spec.number, examined(spec, Path(folder) if folder else None)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", type=numbers, help="numbers of figures, such as 3,17,40-60")
    parser.add_argument("--figure", help="figures of one kind")
    parser.add_argument("--jobs", type=int, default=2, help="worker processes")
    parser.add_argument("--keep", help="folder for the pages that have faults")
    parser.add_argument("--lang", help="the language of all figures")
    parser.add_argument("--theme", help="the theme of all figures")
    asked = parser.parse_args()
    every: dict[str, Any] = {"lang": asked.lang, "theme": asked.theme}
    every = {word: value for word, value in every.items() if value}
    chosen = [
        replace(spec, options=spec.options | every) for spec in specs()
        if (not asked.only or spec.number in asked.only)
        and asked.figure in (None, spec.options["figure"])
    ]  # fmt: skip
    ready = [spec for spec in chosen if not spec.skip]
    for reason, count in Counter(spec.skip for spec in chosen if spec.skip).items():
        print(f"{count} left out: {reason}")
    began = time.perf_counter()
    with get_context("fork").Pool(asked.jobs) as pool:
        tasks = [(spec, asked.keep) for spec in ready]
        results = dict(pool.imap_unordered(_examine, tasks, chunksize=4))
    for number, found in sorted(results.items()):
        if found:
            print("\n    ".join([str(specs()[number - 1]), *_lines(found)]))
    _table(results)
    good = sum(not found for found in results.values())
    print(f"{good} of {len(results)} without a fault, in {time.perf_counter() - began:.0f} s")
    return int(good < len(results))


def _lines(found: list[Fault]) -> Iterator[str]:
    """The faults of a figure, of each kind the first few."""
    for kind, count in Counter(fault.kind for fault in found).items():
        messages = [fault.message for fault in found if fault.kind == kind]
        yield from (f"{kind}: {message}" for message in messages[:_SHOWN])
        if count > _SHOWN:
            yield f"{kind}: {count - _SHOWN} more"


def _table(results: dict[int, list[Fault]]) -> None:
    """How many faults of each kind there are, and in how many figures."""
    kinds = Counter(fault.kind for found in results.values() for fault in found)
    figures = Counter(
        kind for found in results.values() for kind in {fault.kind for fault in found}
    )
    print(f"\n{'fault':<16}{'faults':>8}{'figures':>9}")
    for kind, count in kinds.most_common():
        print(f"{kind:<16}{count:>8}{figures[kind]:>9}")


if __name__ == "__main__":
    sys.exit(main())
