"""Words that people type for the names of settings, optimizers, commands, schedules and so on.

A word is answered with the name that it stands for; those in `OF_ALL_LIBRARIES` are read.
"""


def _names(**words: str) -> dict[str, tuple[str, ...]]:
    """For each word the names it may stand for; of the first that exists."""
    names: dict[str, tuple[str, ...]] = {}
    for name, some in words.items():
        for word in some.split():
            names[word] = (*names.get(word, ()), name)
    return names


# Settings of any optimizer, in the order of likelihood where a word stands for several.
SETTINGS = _names(
    eta="lr learning_rate learningrate step_size stepsize alpha",
    decay="weight_decay wd l2",
    beta="momentum mu gamma",
    rho="alpha gamma decay_rate smoothing",
    beta1="momentum b1 beta_1 beta",
    beta2="b2 beta_2",
    eps="epsilon",
    clip="max_grad_norm gradient_clip_val clip_norm clip_grad_norm",
)
# Those that are read as the setting in every dialect; a library's own words are in its rules.
OF_ALL_LIBRARIES = ("lr", "weight_decay", "max_grad_norm", "gradient_clip_val")
_BEST_RATE = "a rate is a number; optviz inspect tells the best one"
# By kind of name; the words are in small letters, without blanks and signs.
NAMES: dict[str, dict[str, tuple[str, ...]]] = {
    "setting": SETTINGS,
    "axis": {**SETTINGS, **_names(angle="rotate rotation theta", kappa="condition cond")},
    "optimizer": _names(
        gd="gradientdescent batchgradientdescent steepestgradient vanilla vanillasgd "
        "stochasticgradientdescent plain",
        momentum="heavyball polyakmomentum sgdmomentum sgdwithmomentum sgdm gdm "
        "gradientdescentwithmomentum classicalmomentum msgd",
        nesterov="nag nesterovmomentum nesterovacceleratedgradient acceleratedgradient agd "
        "sgdnesterov sgdwithnesterov nesterovs accelerated fista",
        steepest="steepestdescent linesearch exactlinesearch",
        armijo="backtracking backtrackinglinesearch",
        newton="newtonraphson newtonsmethod newtonmethod newtoncg levenbergmarquardt",
        lbfgs="lbfgsb limitedmemorybfgs",
        cg="conjugategradient conjugategradients",
        sign="signgd",
        rmsprop="rmspropgraves",
        adam="adaptivemoment adaptivemomentestimation",
        schedulefree="schedulefreesgd",
    ),
    "dialect": _names(
        torch="pytorch pt", keras="tensorflow tf", optax="jax flax", d2l="book", paper="original"
    ),
    "command": _names(
        trace="draw path paths contour contours contourplot trajectory trajectories animate "
        "animation show visualize visualise figure picture",
        run="simulate optimize optimise minimize minimise train export data",
        sweep="grid gridsearch search tune hyperparameters heatmap",
        inspect="analyze analyse analysis check info spectrum eigenvalues verdict",
        loss="convergence losses curve curves cost error",
        rates="lr learningrate learningrates stepsize rate",
        list="ls names",
        explain="man doc docs describe what card",
        new="init create template",
        batch="build make all",
        compare="versus vs diff side",
        recipe="extract metadata verify redraw",
    ),
    "figure": _names(
        trace="path contour contours trajectory plot draw",
        loss="convergence cost error", rates="lr rate learningrate",
    ),
    "theme": _names(
        light="white default day bright", dark="black night",
        print="paper publication grey gray grayscale greyscale bw journal ieee",
    ),
    "format": _names(
        png="jpg jpeg bmp tif tiff heic avif image", mp4="mov avi mkv m4v webm mpg mpeg video",
        pdf="eps ps emf wmf", html="htm", svg="svgz", pgf="tikz", latex="tex", md="markdown",
        csv="tsv txt dat xlsx xls parquet feather", jsonl="json ndjson",
        npz="npy mat h5 hdf5 pkl pickle",
    ),
    "gradient": _names(
        exact="full deterministic true none analytic",
        noise="gaussian normal noisy stochastic randn", minibatch="batch mini stochasticbatch",
    ),
    "schedule": {
        **_names(
            exponential="exp geometric", invsqrt="sqrt", cosine="cos",
            step="steps stepdecay", polynomial="poly", warmup="linearwarmup",
            cosineannealinglr="cosineannealing", cosineannealingwarmrestarts="sgdr",
            onecyclelr="onecycle", cycliclr="triangular", multisteplr="multistep",
            piecewiseconstantschedule="piecewiseconstant",
            getconstantschedulewithwarmup="constantwithwarmup",
            getcosineschedulewithwarmup="cosinewithwarmup getcosineschedule",
            getcosinewithhardrestartsschedulewithwarmup="cosinewithrestarts",
            getcosinewithminlrschedulewithwarmup="cosinewithminlr",
            getinversesqrtschedule="inversesqrt noam",
            getlinearschedulewithwarmup="linearwithwarmup getlinearschedule "
            "getlinearschedulewarmup",
            getwsdschedule="wsd warmupstabledecay",
        ),
        **dict.fromkeys(("auto", "best", "optimal", "none"), (_BEST_RATE,)),
    },
    "loss": _names(
        squares="squared square squarederror squaredloss leastsquares lsq mse mseloss l2 l2loss "
        "meansquarederror ols ridge linear linearregression regression gaussian halfsquarederror",
        huber="huberloss hubert huberregressor smoothl1 smoothl1loss robust rlm pseudohuber l1 mae "
        "l1loss absoluteerror",
        logistic="log logloss bce bceloss bcewithlogitsloss binarycrossentropy logit sigmoid "
        "binomial halfbinomialloss logisticregression deviance binary",
        softmax="crossentropy crossentropyloss ce categoricalcrossentropy "
        "sparsecategoricalcrossentropy multinomial halfmultinomialloss nll nllloss mnlogit "
        "softmaxregression",
    ),
    "objective": _names(d2l="default book quadratic bowl parabola"),
    "topic": _names(**{
        "batches": "toml spec specs matrix batchfile gallery",
        "data": "csv excel xlsx table tables pandas dataset datasets logs npz jsonl pipe",
        "exit-codes": "status exitstatus exitcode errors",
        "films": "film gif apng webp mp4 movie video animation animations fps",
        "look": "theme themes colors colours fonts font size title labels style legend",
        "noise": "seed seeds stochastic minibatch sparse expected gradients",
        "objectives": "latex expression expressions formula formulas functions presets",
        "optimizers": "dialects dialect algorithms settings scripts clip clipping",
        "output": "show terminal streams png svg pdf",
        "schedules": "lr learningrate scheduler warmup",
    }),
    "kind of thing": _names(
        optimizers="rules algorithms methods optimisers solvers optim opt",
        objectives="functions presets testfunctions problems", losses="loss criterion criteria",
        schedules="lr rates schedulers", figures="plots charts kinds commands",
        formats="outputs files suffixes", gradients="noise noises sources",
    ),
}  # fmt: skip
# What `optviz list` lists, and the commands that show all names of a kind.
KINDS = (
    *("optimizers", "objectives", "losses", "schedules", "gradients"),
    *("figures", "formats", "languages"),
)
LISTS = {
    kind.removesuffix("es" if kind.endswith("sses") else "s"): f"optviz list {kind}"
    for kind in KINDS
}
LISTS["variable"] = "optviz trace --help"
