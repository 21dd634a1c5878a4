"""Numbers at the ends of what floats hold: a picture, or one sentence; never a warning."""

import io
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from matplotlib.mathtext import MathTextParser

from optviz import cli, figures, optimizers, render, spec
from optviz.errors import OptvizError
from optviz.scene import Lines, Scene
from optviz.spec import RunSpec
from optviz.spec.figure import read
from optviz.text import numbers

SIZES = ["0", "1", "-1", "0.1", "0.49999", "-0.3333333333333333", "123456789.123", "999999.5",
         "0.00009999", "1e-5", "1e5", "1e100", "1e-100", "1e154", "1e-160", "1e300", "1e-300",
         "1e308", "-1e308", "5e-324"]  # fmt: skip
SAFE = ["1", "-1", "0.1", "2", "0.5", "3"]


class Draw(random.Random):
    """Draws the words of figures."""

    def number(self, least: float = float("-inf")) -> str:
        return self.choice([n for n in self.choice([SAFE, SIZES]) if float(n) > least])

    def objective(self) -> str:
        a, b, c, d = (self.number() for _ in range(4))
        return self.choice(
            [
                f"{a}*x^2 + {b}*y^2",
                f"quadratic(Q=[[{a},{b}],[{b},{c}]], c=[{d},0])",
                "d2l",
                "x*y",
                f"quadratic(eig=[{a},{b}], angle={c})",
                f"{a}*x^2 + {b}*x",
                f"{a}*x + {b}*y",
                "x^2",
                f"quadratic(kappa={self.number(0)}, dim={self.choice([1, 2, 5])}, seed=1)",
            ]
        )

    def optimizer(self) -> str:
        rule = self.choice(list(optimizers.registry))
        eta = self.rate()
        settings = [f"eta={eta}"] if self.random() < 0.7 else []
        settings += [f"{key}={self.number()}" for key in rule.settings() if self.random() < 0.05]
        return f"{rule.word()}:{','.join(settings)}" if settings else rule.word()

    def rate(self) -> str:
        return self.choice(
            [
                self.number(0),
                f"exponential({self.number(0)},{self.number(0)})",
                f"cosine({self.number(0)},{self.number(0)})",
            ]
        )

    def words(self, view: str) -> dict[str, Any]:
        found: dict[str, Any] = {
            "command": view,
            "objective": self.objective(),
            "size": "300x220",
            "opt": [self.optimizer() for _ in range(self.choice([1, 1, 2]))],
            "steps": self.choice([0, 1, 2, 5, 20]),
        }
        if self.random() < 0.4:
            found["start"] = [f"{self.number()},{self.number()}"]
        if self.random() < 0.15:
            found |= {"gradient": f"noise({self.number(0)})", "seeds": 3}
        if view in ("phase", "polynomial"):
            for word in ("gradient", "seeds", *(["start"] if view == "phase" else [])):
                found.pop(word, None)
            rule = self.choice(["momentum", "nesterov", "gd", "qhm", "adam"])
            found["opt"] = [f"{rule}:eta={self.number(0)}"]
        if view == "sweep":
            rates = sorted({*self.sample(SIZES[8:18], 2), "1"}, key=float)
            found["over"] = [f"eta=[{','.join(rates)}]"]
            found["of"] = self.choice(["steps", "f", "rate", "status"])
        if view == "loss":
            found["measure"] = self.choice(["gap", "distance", "gradient", "modes"])
            found["against"] = self.choice(["step", "time"])
        if view == "schedule":
            rates = [self.rate() for _ in range(self.choice([1, 2, 4]))]
            own = {"schedule": rates, "ylog": self.random() < 0.3}
            found = {key: found[key] for key in ("command", "size", "steps")} | own
        if view == "compare":
            found["fair"] = self.choice(["as-given", "same-eta", "same-first-step", "tuned"])
        return found


def texts(scene: Scene) -> Iterator[str]:
    """Every text that a picture of the scene sets."""
    yield from (scene.title, scene.subtitle)
    for panel in scene.panels:
        yield from (panel.title, panel.note, panel.xlabel, panel.ylabel)
        for mark in panel.marks:
            yield str(getattr(mark, "label", ""))
            yield from (line for _, line in mark.lines) if isinstance(mark, Lines) else ()


PARSER: Any = MathTextParser("path")


def drawn(words: dict[str, Any]) -> bool:
    """Draws a figure; False where it is refused, in a sentence."""
    try:
        figure, wrong = read(words)
        if figure is None:
            raise wrong[0]
        done = figure.draw()
        for text in texts(done.scene):
            PARSER.parse(text)  # a text that the program makes can always be set
        render.write(done.scene, done.look, "svg" if len(str(words)) % 4 else "png", io.BytesIO())
        if figure.kind.reports:
            figure.kind.report(done.content)
    except OptvizError as error:
        assert "cannot be read" not in str(error), words
        return False
    return True


@pytest.mark.parametrize(
    "view", [name for name in figures.registry.names if not figures.registry[name].content_is_logs]
)
def test_a_figure_of_extreme_numbers_is_drawn_or_refused(view: str) -> None:
    draw = Draw(f"{view} 1")
    assert sum(drawn(draw.words(view)) for _ in range(7)) > 0


SAID = [  # each failed once
    {"command": "loss", "objective": "x^2+y^2", "opt": "gd", "eta": 0.49999},
    {"command": "loss", "opt": "gd", "gradient": "noise(1)", "seeds": 3, "steps": 0},
    {"command": "trace", "opt": "gd", "gradient": "noise(1)", "seeds": 3, "steps": 0},
    {"command": "trace", "opt": "gd", "gradient": "noise(1)", "expected": True, "steps": 0},
    {"command": "trace", "start": "5e-324,5e-324"},
    {"command": "trace", "start": "5e-324,1"},
    {"command": "trace", "objective": "x^2", "start": "5e-324"},
    {"command": "loss", "objective": "1e-300*x^2 + 1e-300*y^2", "opt": "gd"},
    {"command": "trace", "objective": "1e-300*x^2 + 1e-300*y^2", "opt": "gd"},
    {"command": "trace", "objective": "1e300*x^2 + 1e300*y^2", "opt": "gd"},
    {"command": "inspect", "objective": "1e90*x^2 + 1e-300*y^2"},
    {"command": "rates", "eta": "exponential(0.1,5)", "steps": 500},
    {"command": "trace", "eta": "exponential(0,5)", "steps": 500},
]


@pytest.mark.parametrize("words", SAID, ids=str)
def test_what_failed_once_is_drawn(words: dict[str, Any]) -> None:
    assert drawn({**words, "size": "300x220"})


def test_the_verdict_on_a_spectrum_of_600_decades_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["inspect", "-f", "1e300*x^2 + 1e-300*y^2"]
    assert cli.main(words) == 0
    assert "2×10³⁰⁰" in capsys.readouterr().out
    assert cli.main([*words, "-o", os.devnull, "--format", "png"]) == 2
    assert "an axis cannot be drawn" in capsys.readouterr().err


def test_a_rate_of_0_for_ever_leaves_the_run_where_it_is() -> None:
    (walk,) = spec.walks(RunSpec(opt=("gd:eta=exponential(0,5)",), steps=500))
    run = walk.run()
    assert run.status == ("running",)
    assert run.x[-1, 0].tolist() == [-5.0, -2.0]


@pytest.mark.parametrize("start", ["1e308,1e308", "1e200,0", "1e101,0"])
def test_places_that_no_axis_shows_are_refused_in_a_sentence(
    start: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["trace", "-f", "1e-280*x^2+1e-280*y^2", "--start", start]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("value", [2e-5, -3.0, 0.5, 1e300, 5e-324, 1.0, 123456.789, -1e-7])
def test_an_exponent_may_follow_any_number(value: float) -> None:
    text = numbers.base_tex(value)
    PARSER.parse(f"${text}^{{2t}}$")
    assert text.startswith("(") == ("^" in text or "-" in text)


@pytest.mark.parametrize("date", ["1e9", "", "abc", "-1", "99999999999999999999", "0"])
def test_the_environment_s_date_is_not_ours(
    date: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def made() -> list[bytes]:
        files = [tmp_path / f"a.{form}" for form in ("png", "svg", "pdf")]
        outputs = [word for file in files for word in ("-o", str(file))]
        assert cli.main(["trace", "-q", "--size", "300x220", *outputs]) == 0
        return [file.read_bytes() for file in files]

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    without = made()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", date)
    assert made() == without
    assert os.environ["SOURCE_DATE_EPOCH"] == date
