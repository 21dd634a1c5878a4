"""Figures that once broke the rules of words, as options: they stay among the awkward ones."""

from typing import Any

_ADAM = "Adam with bias correction as in Kingma & Ba 2015, default betas"
_ADAGRAD = "AdaGrad (Duchi, Hazan and Singer 2011), which accumulates the squares of all gradients"
_LONG = (
    "A very long title that explains in one whole sentence what the reader should see in this "
    "figure, namely that AdaGrad stalls"
)
_FIVE = (
    "gd:eta=0.4", "momentum:eta=0.1,beta=0.9", "adagrad:eta=2", "rmsprop:eta=0.4", "adam:eta=0.4"
)  # fmt: skip
_EIGHT = (*_FIVE, "nesterov:eta=0.1,beta=0.9", "adadelta", "lion:eta=0.2")
_SCHEDULED = (
    "amsgrad@torch:eta=0.3,beta2=0.99",
    "momentum@torch:eta=StepLR(0.4,step_size=10,gamma=0.5),beta=0.5",
    "adamw@torch:eta=CosineAnnealingLR(0.3,T_max=20)",
)

PROBLEMS: dict[str, dict[str, Any]] = {
    "a heading over names": {
        "figure": "compare", "opt": ["adam", "adagrad", "gd", "rmsprop"], "eta": "0.4",
        "label": [
            _ADAM, _ADAGRAD, "Gradient descent with a constant rate",
            "RMSProp from Hinton's lecture 6a",
        ],
    },
    "a legend over paths": {"figure": "compare", "overlay": True, "opt": list(_EIGHT), "steps": 30},
    "rows that arrive": {
        "figure": "compare", "rows": "trace,loss", "opt": ["newton", "gd:eta=0.4", "cg", "bfgs"],
    },
    "a list as an axis": {
        "figure": "sweep", "opt": ["adam"],
        "over": ["eta=[0.001,0.01,0.1]", "beta1=[0,0.5,0.9]"],
    },
    "eight curves of loss": {"figure": "loss", "opt": list(_EIGHT), "steps": 60},
    "five names in print": {
        "figure": "trace", "opt": list(_FIVE), "steps": 30, "theme": "print",
    },
    "settings of schedules": {"figure": "compare", "opt": list(_SCHEDULED)},
    "a name over the minimum": {
        "figure": "trace", "opt": ["adam", "adagrad"], "eta": "0.4", "label": [_ADAM, _ADAGRAD],
        "title": _LONG,
    },
    "a legend over a path": {"figure": "compare", "opt": ["gd:eta=0.6", "adam:eta=0.4"]},
    "a column of a journal": {
        "figure": "compare", "opt": ["gd", "adam"], "eta": "0.4", "size": "3.3x2.8in", "dpi": 300,
    },
    "narrow regions in Korean": {
        "figure": "sweep", "opt": ["gd"], "over": ["eta=log(0.01,3,40)"], "size": "3.3x2.5in",
        "dpi": 200, "lang": "ko",
    },
    "outcomes in Korean": {"figure": "trace", "opt": list(_FIVE), "steps": 30, "lang": "ko"},
    "phases of five long names": {
        "figure": "phase", "opt": ["momentum:eta=0.1,beta=0.8", "momentum:eta=0.3,beta=0.8",
                                   "nesterov:eta=0.1,beta=0.8", "qhm", "adam:eta=0.1"],
        "label": [_ADAM, _ADAGRAD, "Gradient descent with a constant rate", "QHM", "Adam"],
    },
    "cases with their map": {"figure": "phase", "opt": ["nesterov:beta=0.5"], "cases": True},
    "cases in a small figure": {
        "figure": "phase", "opt": ["momentum:beta=0.9"], "cases": True, "size": "600x400",
    },
    "polynomials side by side": {
        "figure": "polynomial", "objective": "quadratic(kappa=100,dim=20)", "steps": 8,
        "opt": ["gd:eta=1.98", "momentum:eta=3.31,beta=0.669", "chebyshev", "cg"],
    },
    "polynomials on a log axis": {
        "figure": "polynomial", "objective": "quadratic(kappa=10000,dim=8)", "steps": 8,
        "opt": ["cg"], "xlog": True, "theme": "dark", "size": "500x350",
    },
    "maps of many starts": {
        "figure": "heat", "objective": "quadratic(kappa=100,dim=12)", "axes": "eigen",
        "opt": ["gd:eta=1.9", "adam"], "label": [_ADAM, _ADAGRAD],
    },
    "a map of a small page": {
        "figure": "heat", "objective": "quadratic(kappa=1000,dim=60)", "of": "rate",
        "size": "240x180", "title": _LONG,
    },
    "milestones of three": {
        "figure": "loss", "measure": "milestones", "steps": 60,
        "opt": ["gd:eta=0.4", "momentum:eta=0.1,beta=0.9", "adam:eta=0.4"],
    },
    "milestones of a run that diverges": {
        "figure": "loss", "measure": "milestones", "opt": ["gd:eta=0.6"], "size": "400x300",
    },
    "both axes with eigenvectors": {
        "figure": "trace", "objective": "d2l-rotated", "axes": "both", "eigenvectors": True,
        "opt": ["gd:eta=0.2", "adam:eta=0.4", "momentum:eta=0.1,beta=0.9"],
    },
    "points that were tried": {
        "figure": "trace", "opt": ["armijo:trial=2", "steepest", "steepest:norm=l1"],
        "tried": True, "eigenvectors": True,
    },
    "regimes beside the best point": {
        "figure": "sweep", "opt": ["momentum"], "size": "500x380",
        "over": ["eta=log(0.01,1,20)", "beta=lin(0,0.95,20)"],
    },
    "factors of four eigenvalues": {
        "figure": "sweep", "objective": "quadratic(eig=[0.2,1,2,4])", "of": "rate",
        "opt": ["momentum:beta=0.5"], "over": ["eta=lin(0.01,0.9,40)"],
    },
}  # fmt: skip
