"""Words that people type for options, in flags and files; `name_synonyms` has those for names.

A word of another program is read as ours in a flag, or it is answered with what to write. Spec
files are kept and shared, so there every word is answered and one thing has one name.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Meaning(NamedTuple):
    """The option that a word stands for, and its value, with {} for the one that was typed.

    `read` tells whether a flag of that name is read so, or answered with it.
    """

    option: str
    value: str = "{}"
    read: bool = False

    def instead(self, options: Iterable[str], value: str = "…", *, flag: bool = False) -> str:
        """What to write where the `options` are known, as a flag or in a file, or ""."""
        if not self.option:
            return self.value
        if self.option not in options:
            return ""
        text = self.value.replace("{}", value)
        if flag:
            name = f"--{self.option.replace('_', '-')}"
            return f"write {name}" if text == "…" else f"write {name} {quoted(text)}"
        if self.value == "{}":
            return f"write {self.option}" + (f" = {value}" if value != "…" else "")
        bare = self.value.replace("{}", value.strip('"'))
        listed = self.option == "param"
        return f'write {self.option} = ["{bare}"]' if listed else f'write {self.option} = "{bare}"'


def quoted(text: str) -> str:
    """The text as a shell wants it, in quotes where a sign in it means something there."""
    plain = all(letter.isalnum() or letter in "@%+=:,./-_…" for letter in text)
    if plain and text:
        return text
    return f'"{text}"' if "$" not in text and '"' not in text else f"'{text}'"


def _options(read: bool, **words: str) -> dict[str, Meaning]:
    pairs = ((word, option) for option, some in words.items() for word in some.split())
    return {word: Meaning(option, "{}", read) for word, option in pairs}


def _values(option: str, read: bool, **words: str) -> dict[str, Meaning]:
    pairs = ((word, value) for value, some in words.items() for word in some.split())
    return {word: Meaning(option, value, read) for word, value in pairs}


def _answered(words: str, sentence: str) -> dict[str, Meaning]:
    return {word: Meaning("", sentence) for word in words.split()}


# The words of an option that mean neither more nor less than it does.
OPTIONS: dict[str, Meaning] = {
    **_options(
        read=True,
        beta1="b1 beta_1 adam_beta1",
        beta2="b2 beta_2 adam_beta2",
        clip="max_grad_norm gradient_clip_val grad_clip clip_grad grad_clip_norm clip_norm "
        "clipnorm",
        dpi="ppi",
        eps="epsilon adam_epsilon adam_eps opt_eps",
        eta="lr learning_rate learningrate lr_rate step_size stepsize",
        font="font_family fontname font_name",
        font_size="fontsize",
        format="fmt file_format output_format",
        fps="framerate frame_rate frames_per_second",
        frame="view",
        gradient="grad gradients",
        jobs="n_jobs njobs workers n_workers num_workers threads num_threads processes parallel",
        label="labels legend_labels",
        lang="language locale",
        loss="criterion loss_type",
        levels="contours contour_levels n_levels num_levels n_contours",
        objective="f fn fun func function loss_function loss_fn objective_function cost_function "
        "equation formula expr expression",
        opt="optimizer optimizers optimiser optimisers optim method methods algorithm algorithms "
        "algo solver",
        output="out outfile out_file output_file save savefig save_as filename",
        over="sweep_over param_grid",
        quiet="silent",
        seed="random_seed random_state rng_seed",
        seeds="n_seeds num_seeds repeats n_runs",
        size="image_size canvas_size geometry",
        start="x0 init initial initial_point initial_guess guess start_point starting_point "
        "init_point x_init theta0 w0",
        steps="iterations iters iter epochs max_iter maxiter max_iters max_iterations maxit niter "
        "n_iter n_iters num_iter num_iters num_iterations num_steps n_steps nsteps max_steps n N "
        "num_epochs n_epochs max_epochs num_train_epochs train_steps total_steps",
        theme="style color_scheme colorscheme colour_scheme",
        title="suptitle main",
        xlabel="x_label xlab", xlim="x_lim xrange x_range",
        ylabel="y_label ylab", ylim="y_lim yrange y_range",
    ),
    # A size of matplotlib is in inches.
    "figsize": Meaning("size", "{}in", read=True),
    # As in `sgd(momentum=0.9)`: the setting of momentum's β, by which gd becomes momentum.
    "momentum": Meaning("param", "momentum={}", read=True),
    "weight_decay": Meaning("param", "weight_decay={}", read=True),
    **dict.fromkeys(("betas", "opt_betas"), Meaning("param", "betas=({})", read=True)),
    "wd": Meaning("param", "weight_decay={}"),
    **_options(read=False, over="grid search", duration="seconds length time"),
    **_options(read=False, l2="ridge reg regularization l2_reg l2_penalty lambda lambd"),
    **_options(read=False, intercept="bias fit_intercept", standardize="standardise normalize"),
    "C": Meaning("", "C of scikit-learn is 1/(n·l2) of n rows; write --l2"),
    **_options(read=False, xlim="bounds domain box range extent limits"),
    **_options(read=False, objective="Q A matrix hessian"),
    **_values("size", read=False, **{"960x720": "width height w h"}),
    **_values("xlim", read=False, **{"-6,3": "xmin xmax x_min x_max"}),
    **_values("ylim", read=False, **{"-3,3": "ymin ymax y_min y_max"}),
    **_values("gradient", read=False, **{
        "noise({})": "noise sigma noise_std noise_level stochastic",
        "minibatch({})": "batch_size batchsize batch minibatch mini_batch bs",
    }),
    **_values("eta", read=False, **{
        "{}(0.3,60)": "sched lr_scheduler lr_scheduler_type lr_schedule lr_sched scheduler_type",
        "cosine(0.3,60,warmup={})": "warmup warmup_steps warmup_epochs warmup_iters",
        "cosine(0.3,60,warmup=5)": "warmup_ratio",
        "exponential(0.3,{})": "gamma lr_gamma lr_decay_rate",
    }),
    **_values("objective", read=False, **{
        "quadratic(kappa=100,dim={})": "dim dims ndim n_dim dimension dimensions",
        "quadratic(kappa={},dim=2)": "kappa cond condition condition_number",
    }),
    **_values("frame", read=False, equal="aspect equal"),
    **_values("theme", read=False, dark="dark dark_mode darkmode", light="light white"),
    **_values("output", read=False, **{
        "trace.gif": "gif animate animation anim",
        "trace.mp4": "movie video film",
    }),
    **_values("objective", read=False, **{
        "@{}": "data dataset csv input input_file data_file",
    }),
    **_values("legend", read=False, none="no_legend nolegend", auto="show_legend"),
    **_values("heading", read=False, none="no_title notitle"),
    "frames": Meaning("", "a film has as many as --fps and --duration make; write --duration"),
    **_values("loop", read=False, **{"1": "no_loop once"}),
    **_answered("xscale logx log_x semilogx", "write --xlog where an axis counts steps"),
    **_answered("3d surface", "pictures are flat; --levels says how many contour lines"),
    **_answered("open display live", "--show draws in the terminal, -o FILE writes a file"),
    **_answered("device cuda no_cuda gpu gpus", "all runs on the processor; leave it out"),
    **_answered("wandb log_interval log_every", "run -o FILE.csv writes every step; leave it out"),
    **_answered("logy semilogy yscale log_y", "f is on a logarithmic axis already; leave it out"),
    "verbose": Meaning("", "all is told already; --quiet tells less, --json all in figures"),
    "v": Meaning("", "all is told already; --quiet tells less, --version the version"),
    "debug": Meaning("", "OPTVIZ_DEBUG=1 in the environment shows the traceback of a fault"),
    **_answered("force overwrite y", "-o FILE replaces an older picture; leave it out"),
    "yes": Meaning("", "nothing is asked; leave it out"),
    "config": Meaning("", "figures of a file are drawn by optviz batch FILE"),
    "usage": Meaning("", "write --help"),
}  # fmt: skip


def option(word: str) -> Meaning | None:
    """What a flag or a word of a spec file means, whatever its dashes; None if it is not known."""
    return OPTIONS.get(word.lstrip("-").replace("-", "_"))


def words_of(option: str) -> list[str]:
    """The words that are read as this option, with its values as they are."""
    plain = Meaning(option, "{}", read=True)
    return [word for word, meaning in OPTIONS.items() if meaning == plain]
