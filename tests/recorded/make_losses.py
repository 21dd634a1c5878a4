"""Record losses of tables, their derivatives and minima as scikit-learn and statsmodels have them.

    /tmp/witness/bin/python tests/recorded/make_losses.py

needs numpy, scikit-learn and statsmodels, and reads the tables of `gallery`. `losses.json` has for
each case the words of the command line (`options`), and at a few places w the value, the gradient
and the Hessian, null where scikit-learn gives none as the curvature is lost. `minimum` is where a
solver of the library's own ends.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import sklearn
import statsmodels
import statsmodels.api as sm
from sklearn._loss import HalfBinomialLoss, HalfMultinomialLoss
from sklearn.linear_model import LogisticRegression
from sklearn.linear_model._linear_loss import LinearModelLoss

GALLERY = Path(__file__).parents[2] / "gallery"
Floats = np.ndarray[Any, np.dtype[np.float64]]
FORMS = [
    {"standardize": s, "intercept": i, "l2": l2}
    for s in (False, True)
    for i in (False, True)
    for l2 in (0.0, 0.1)
]


def table(name: str, words: bool) -> tuple[Floats, Floats]:
    """Features and target, the last column; of words, the number in the alphabet."""
    rows = [line.split(",") for line in (GALLERY / name).read_text().splitlines()[4:]]
    X = np.array([row[:-1] for row in rows], dtype=np.float64)
    last = np.array([row[-1] for row in rows])
    y = np.unique(last, return_inverse=True)[1] if words else last
    return X, y.astype(np.float64)


def places(dim: int) -> list[Floats]:
    """Weights to look at, the last of them large."""
    draw = np.random.default_rng(dim)
    return [scale * draw.normal(size=dim) for scale in (0.0, 0.1, 1.0, 300.0)]


def classified(X: Floats, y: Floats, many: int, form: dict[str, Any]) -> dict[str, Any]:
    """What scikit-learn says of the logistic loss, or of the softmax of `many` classes."""
    base = HalfBinomialLoss() if many == 2 else HalfMultinomialLoss(n_classes=many)
    loss = LinearModelLoss(base_loss=base, fit_intercept=form["intercept"])
    outputs = 1 if many == 2 else many
    at = []
    for w in places((X.shape[1] + form["intercept"]) * outputs):
        value, grad = loss.loss_gradient(w, X, y, l2_reg_strength=form["l2"])
        _, hessian, flat = loss.gradient_hessian(w, X, y, l2_reg_strength=form["l2"])
        H = None if flat else hessian.tolist()  # with a warning it is left as it was
        at.append({"w": w.tolist(), "f": float(value), "grad": grad.tolist(), "H": H})
    return {"at": at, "minimum": fitted(X, y, many, form) if form["standardize"] else None}


def fitted(X: Floats, y: Floats, many: int, form: dict[str, Any]) -> Any:
    """Coefficients by LogisticRegression, class by class in a feature; None without penalty."""
    if form["l2"] == 0:
        return None
    model = LogisticRegression(
        C=1 / (form["l2"] * len(X)), fit_intercept=form["intercept"], solver="newton-cholesky",
        tol=1e-14, max_iter=1000,
    ).fit(X, y)  # fmt: skip
    w = np.column_stack([model.coef_, model.intercept_]) if form["intercept"] else model.coef_
    if many > 2:
        w = w - w.mean(axis=0)
    return w.ravel(order="F").tolist()


def robust(X: Floats, y: Floats, delta: float, form: dict[str, Any]) -> dict[str, Any]:
    """What statsmodels says of Huber's loss."""
    norm = sm.robust.norms.HuberT(t=delta)
    if form["intercept"]:
        X = np.column_stack([X, np.ones(len(X))])
    penalty = np.full(X.shape[1], form["l2"])
    penalty[-1] = 0.0 if form["intercept"] else form["l2"]
    at = []
    for w in places(X.shape[1]):
        r = X @ w - y
        f = float(np.mean(norm.rho(r)) + penalty @ w**2 / 2)
        grad = X.T @ norm.psi(r) / len(X) + penalty * w
        H = (X.T * norm.psi_deriv(r)) @ X / len(X) + np.diag(penalty)
        at.append({"w": w.tolist(), "f": f, "grad": grad.tolist(), "H": H.tolist()})
    return {"at": at, "minimum": None}


def unpenalised(X: Floats, y: Floats) -> list[float]:
    """Where statsmodels' Logit ends, with an intercept."""
    X = np.column_stack([X, np.ones(len(X))])
    fit = sm.Logit(y, X).fit(method="newton", tol=1e-15, maxiter=100, disp=0)
    return [float(w) for w in fit.params]


def main() -> None:
    """Writes `losses.json`."""
    cases = []
    for name, target, loss, many in (
        ("tumours.csv", "kind", "logistic", 2),
        ("iris.csv", "species", "softmax", 3),
        ("diabetes.csv", "progression", "huber(30)", 0),
    ):
        for form in FORMS:
            X, y = table(name, many > 0)
            if form["standardize"]:
                X = (X - X.mean(axis=0)) / X.std(axis=0)
            case = classified(X, y, many, form) if many else robust(X, y, 30.0, form)
            if loss == "logistic" and form["intercept"] and not form["l2"]:
                case["minimum"] = unpenalised(X, y)
            options = {"target": target, "loss": loss, **form}
            cases.append({"file": name, "options": options, **case})
    versions = {"scikit-learn": sklearn.__version__, "statsmodels": statsmodels.__version__}
    text = json.dumps({"versions": versions, "cases": cases})
    Path(__file__).with_name("losses.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
