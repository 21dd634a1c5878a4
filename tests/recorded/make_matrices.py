"""Record Matrix Market files that SciPy writes, with the matrices that it reads from them.

    /tmp/witness/bin/python tests/recorded/make_matrices.py

needs numpy and scipy. `matrices.json` has for each name the text of the file and Q, row by row.
"""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import scipy
from scipy.io import mmread, mmwrite

SMALL = np.array([[4.0, -1.0, 0.0], [-1.0, 3.0, 0.1], [0.0, 0.1, 1e-20]])


def files() -> Iterator[tuple[str, bytes]]:
    """Names and contents: arrays and coordinates, symmetric or general, of floats and integers."""
    random = np.random.default_rng(0).standard_normal((6, 6))
    for name, Q in {
        "small": SMALL,
        "random": random + random.T,
        "whole": np.array([[2, 1], [1, 5]]),
        "one": np.array([[0.5]]),
    }.items():
        for layout in ("array", "coordinate"):
            for symmetry in ("general", "symmetric"):
                stream = io.BytesIO()
                matrix = Q if layout == "array" else scipy.sparse.coo_array(Q)
                mmwrite(stream, matrix, comment="made for a test", symmetry=symmetry)
                yield f"{name}, {layout}, {symmetry}", stream.getvalue()


def main() -> None:
    """Writes `matrices.json`."""
    recorded = {}
    for name, content in files():
        read = mmread(io.BytesIO(content))
        Q = read.toarray() if hasattr(read, "toarray") else read
        recorded[name] = {"text": content.decode(), "Q": np.asarray(Q, dtype=float).tolist()}
    data = {"scipy": scipy.__version__, "files": recorded}
    Path(__file__).with_name("matrices.json").write_text(json.dumps(data) + "\n")


if __name__ == "__main__":
    main()
