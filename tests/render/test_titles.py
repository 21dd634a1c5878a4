"""A line break in a title is one, in every format, in recipes and in what is written again."""

import io
import json
from pathlib import Path

import numpy as np
import pytest
from matplotlib.text import Text

from optviz import cli, recipe, render, spec
from optviz.errors import BadValue
from optviz.render.draw.figure import draw, paper, settings
from optviz.render.draw.heading import heading
from optviz.spec import LookSpec
from optviz.spec.figure import read
from optviz.text.numbers import typed

TWO = "The first line\nand the second, $x_1^2$"


def drawn(title: str, form: str, **more: object) -> bytes:
    figure, _ = read({"title": title, "size": "480x360", "steps": 3, **more})
    assert figure
    done = figure.draw()
    render.write(done.scene, done.look, form, stream := io.BytesIO())
    return stream.getvalue()


def lines(title: str, size: str = "960x720") -> tuple[list[tuple[float, str]], float]:
    """The lines of the title with their baselines in pixels, and the top of the panel."""
    figure, _ = read({"title": title, "size": size, "steps": 3, "heading": "title"})
    assert figure
    done = figure.draw()
    with settings():
        alone = paper(done.scene, done.look)
        heading(alone, done.scene, done.look)
        top = draw(done.scene, done.look).figure.axes[0].get_window_extent().y1
    found: dict[float, str] = {}
    for text in alone.figure.findobj(Text):
        assert isinstance(text, Text)
        y = float(text.get_position()[1] * alone.figure.dpi)
        found[y] = f"{found[y]} {text.get_text()}" if y in found else text.get_text()
    return sorted(found.items(), reverse=True), top


def test_each_line_of_a_title_is_a_line_and_takes_its_room() -> None:
    assert [text for _, text in lines(TWO)[0]] == TWO.split("\n")
    tops = [lines("\n".join(["A line"] * count))[1] for count in (1, 2, 3)]
    first, second = -np.diff(tops)
    assert first == pytest.approx(second, abs=3)
    assert 16 < first < 40


def test_a_line_that_is_too_long_is_broken_and_the_others_stay() -> None:
    found, _ = lines("Short\n" + "a rather long line of a title " * 2 + "\n\nlast", "300x220")
    (first, short), *_, (before, _), (after, last) = found
    assert (short, last) == ("Short", "last")
    assert len(found) > 3
    step = first - found[1][0]
    assert before - after == pytest.approx(2 * step, rel=0.1)  # an empty line between them


@pytest.mark.parametrize("form", ["png", "svg", "pdf", "gif", "apng", "webp"])
def test_every_format_has_it_and_the_recipe_keeps_it(form: str) -> None:
    data = drawn(TWO, form)
    (found,) = [recipe.read(f"a.{form}", data)]
    assert found
    assert found.options["title"] == TWO
    assert data != drawn(TWO.replace("\n", " "), form)
    assert recipe.redraw(found)[0] == data


def test_a_spec_file_in_toml_and_a_command_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    spelled = f'"""\n{TWO}\n"""'.replace("\\", "\\\\")
    Path("s.toml").write_text(f"[a]\ntitle = {spelled}\nsize = '300x220'\n")
    Path("s.json").write_text(json.dumps({"b": {"title": TWO, "size": "300x220"}}))
    assert cli.main(["batch", "s.toml", "s.json", "--no-cache", "-q"]) == 0
    assert cli.main(["trace", "--title", TWO, "--size", "300x220", "-o", "c.png", "-q"]) == 0
    assert cli.main(["recipe", "c.png", "-o", "d.toml"]) == 0
    Path("d.toml").write_text(Path("d.toml").read_text().replace("[c]", "[d]"))
    assert cli.main(["batch", "d.toml", "--no-cache", "-q"]) == 0
    assert Path("b.png").read_bytes() == Path("c.png").read_bytes() == Path("d.png").read_bytes()
    assert render.difference(Path("a.png").read_bytes(), Path("b.png").read_bytes()) is None


def test_a_tab_is_a_blank_and_a_formula_does_not_go_over_a_line() -> None:
    assert spec.look(LookSpec(title="a\tb\r\nc\n", label=("x\ty",))).title == "a b\nc"
    assert spec.look(LookSpec(label=("x\ty",))).labels == ("x y",)
    assert typed("costs $5\nor $6") == r"costs \$5" + "\n" + r"or \$6"


@pytest.mark.parametrize("odd", ["\x1b", "\r", "\x00", "\x9b", "\u2028", "\u202e", "\ud800"])
def test_what_cannot_be_seen_is_refused(odd: str) -> None:
    for words in (LookSpec(title=f"a{odd}b"), LookSpec(label=(f"a{odd}b",))):
        with pytest.raises(BadValue, match=f"U\\+{ord(odd):04X}"):
            spec.look(words)
    with pytest.raises(BadValue, match="in one line"):
        spec.look(LookSpec(label=("a\nb",)))


def test_the_names_of_columns_are_set_in_one_line_or_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = "1,2,3\n2,1,5\n4,4,1\n3,7,2\n"
    Path("good.csv").write_text(f'"a\tb","c",y\n{rows}')
    Path("bad.csv").write_text(f'"Sales\x1b[31m","b",y\n{rows}')
    fit = "--target y -n 3 --size 300x220 -q"
    assert cli.main(["trace", "-f", "@good.csv", *fit.split(), "-o", "a.svg"]) == 0
    assert cli.main(["trace", "-f", "@bad.csv", *fit.split(), "-o", "b.svg"]) == 2
    said = capsys.readouterr().err
    assert "has a control character, U+001B" in said
    assert not Path("b.svg").exists()
