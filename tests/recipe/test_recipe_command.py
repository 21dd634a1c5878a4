"""A figure's options as a command line, from which a shell makes the same figure."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from optviz import batch, cli, recipe, render
from optviz.batch import Item
from optviz.scene import Scene
from optviz.spec.figure import read

GALLERY = Path(__file__).parents[2] / "gallery"
ITEMS = batch.read(sorted(map(str, GALLERY.glob("*.toml")))).items
SHOW = [sys.executable, "-c", "import sys; print(ascii(sys.argv[1:]))"]


def line(words: dict[str, object], *outputs: str) -> str:
    made, wrong = read(words)
    assert made, wrong
    return recipe.command(made, outputs)


def words_of(command: str) -> list[str]:
    """The words as bash hands them to the program."""
    script = f'optviz() {{ "${{show[@]}}" "$@"; }}; show=("$@"); {command}'
    done = subprocess.run(["bash", "-c", script, "bash", *SHOW], capture_output=True, check=True)
    return list(eval(done.stdout))


def test_words_are_the_flags_that_people_type() -> None:
    assert line({"opt": ["gd", "adam"], "eta": 0.4, "start": "-5,-2", "steps": 30}, "a.png") == (
        "optviz trace --opt gd --opt adam --eta 0.4 --start -5,-2 -n 30 -o a.png"
    )
    assert line(
        {"view": "compare", "overlay": True, "fps": 10.0, "hold": 1e-9, "counter": False}
    ) == ("optviz compare --overlay --fps 10 --hold 1e-09 --no-counter")
    assert line({"command": "compare", "view": "lock", "objective": "x^2/20 + y^2"}) == (
        "optviz compare -f 'x^2/20 + y^2' --frame lock"
    )


@pytest.mark.parametrize(
    "title",
    [
        "it's $x$",
        '"; rm -rf / #',
        "$(touch x) `touch x`",
        "-o",
        "a\nb\\n'",
        "\x1b[201~\x07",
        "η − é",
        "",
        "~ * ? [a] {b,c} !!",
        "\u202egpj.exe",
        "\U0001f600\u200d1",
    ],
)
def test_a_shell_reads_any_text_as_it_is_and_a_paste_hides_nothing(title: str) -> None:
    command = line({"title": title}, "a b.png")
    assert command.isprintable()
    assert words_of(command) == ["trace", "--title", title, "-o", "a b.png"]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)
def test_the_command_of_a_figure_of_the_gallery_makes_what_its_picture_carries(
    item: Item, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its options and final values; `test_gallery` compares the pixels."""
    scenes: list[Scene] = []
    monkeypatch.setattr(render, "write", lambda scene, *_: scenes.append(scene) or "")
    monkeypatch.chdir(tmp_path)
    ((output, form),) = item.outputs
    assert cli.main(words_of(recipe.command(item.figure, [output]))) == 0
    (scene,) = scenes
    options = json.loads(scene.recipe.still if form == "png" else scene.recipe.film)
    del options["optviz"]
    carried = recipe.read(output, (GALLERY / output).read_bytes())
    assert carried is not None
    assert (carried.final, carried.options) == (options.pop("final", []), options)
