"""Hints go by meaning, then by spelling where that is near, and else say where to look."""

import pytest

from optviz.errors import hints

OPTIMIZERS = ("adagrad", "adam", "adamw", "gd", "lbfgs", "momentum", "nesterov", "rmsprop")


@pytest.mark.parametrize(
    ("kind", "name", "choices", "said"),
    [
        ("optimizer", "Adam optimizer", OPTIMIZERS, "write adam"),
        ("optimizer", "adam:eta=0.1", OPTIMIZERS, "write adam"),
        ("optimizer", "rms prop", OPTIMIZERS, "write rmsprop"),
        ("optimizer", "gradient decent", OPTIMIZERS, "write gd"),
        ("optimizer", "nestrov", OPTIMIZERS, "did you mean nesterov?"),
        ("optimizer", "rms", OPTIMIZERS, "did you mean rmsprop?"),  # it opens one
        ("optimizer", "ad", OPTIMIZERS, f"known: {', '.join(OPTIMIZERS)}"),  # too short to tell
        ("optimizer", "zzz", [f"rule{i}" for i in range(50)], "optviz list optimizers has them"),
        ("setting of gd", "lr", ("eta", "decay"), "write eta"),
        ("setting of adam", "momentum", ("eta", "beta1"), "write beta1"),
        ("setting of nesterov", "momentum", ("eta", "beta"), "write beta"),
        ("option of trace", "optimizer", ("opt", "counter"), "write opt"),
        ("option of trace", "--optimzer", ("--opt", "--counter"), "write --opt"),
        ("option of trace", "verbose", ("opt",), "all is told already; --quiet tells less"),
        (
            "variable",
            "OPTVIZ_NOISE",
            ("OPTVIZ_GRADIENT", "OPTVIZ_JOBS"),
            "OPTVIZ_GRADIENT=noise(…)",
        ),
        ("variable", "OPTVIZ_FOO", ("OPTVIZ_FPS", "OPTVIZ_FONT"), "known: OPTVIZ_FPS"),
        ("word of a theme", "verbose", ("paper", "ink"), "known: paper, ink"),
        ("column", "Pries", ("Preis", "Fläche"), "did you mean Preis?"),
    ],
)
def test_a_name_is_answered(kind: str, name: str, choices: tuple[str, ...], said: str) -> None:
    assert said in hints.hint(kind, name, choices)


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("adagard", True), ("adgrad", True), ("adagradd", True), ("AdaGrad", True),
        ("adagr", True), ("agard", False), ("grad", False), ("counter", False), ("ad", False),
        ("", False),
    ],
)  # fmt: skip
def test_only_a_slip_of_the_pen_is_near(typed: str, near: bool) -> None:
    assert hints.nearest(typed, ("adagrad", "momentum")) == ("adagrad" if near else "")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("a.jpg", "write a.png"), ("a/b.jpeg", "write a/b.png"), ("a.gfi", "write a.gif"),
        ("a", "write a.png"), ("a.b/c", "write a.b/c.png"), (".gif", "as in trace.gif"),
        ("a/.gif", "as in a/trace.gif"), ("a.xyz", "is wanted: png, gif, csv"),
    ],
)  # fmt: skip
def test_a_suffix_is_answered(path: str, said: str) -> None:
    assert hints.suffix(path, ("png", "gif", "csv")).endswith(said)
