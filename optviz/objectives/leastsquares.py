"""The least-squares quadratic of a table: f(w) = ‖Xw − y‖²/2n + l2·‖w‖²/2."""

import numpy as np

from optviz.errors import BadFile
from optviz.objectives import dataset_file
from optviz.objectives.dataset import Model, dataset
from optviz.objectives.objective import Quadratic


def read(path: str, content: bytes, text: str, model: Model) -> Quadratic:
    """The quadratic of the table in `content`, its coordinates called as the columns are.

    Raises what `dataset_file.read` and `dataset` raise, and `BadFile` where squares overflow.
    """
    data = dataset(dataset_file.read(path, content), model)
    with np.errstate(over="ignore", invalid="ignore"):
        Q, c, b = data.quadratic()
        if not np.isfinite(np.abs(Q).sum() + np.abs(c).sum() + b):
            raise BadFile(path, "its numbers have squares beyond floating point; scale them down")
    return Quadratic(Q, c, b, text, data.names, data)
