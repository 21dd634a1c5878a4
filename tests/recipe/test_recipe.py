"""The recipe inside a picture: the words that made it, in every format, whatever the file is."""

import io
import json
import os
import struct
import tomllib
import zlib
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import optviz
from optviz import recipe, render
from optviz.errors import BadFile, TooMuch
from optviz.render.formats.png import LABEL
from optviz.scene import Recipe
from optviz.spec.drawing import Drawing
from optviz.spec.figure import Figure, read
from optviz.spec.kind_options import split

SMALL = {"size": "320x240", "dpi": 50}
WORDS = {
    "trace": {"opt": ["adagrad"], "eta": "0.4", "start": ["-5,-2", "1,2"]},
    "rates": {"view": "rates", "opt": ["adam:eta=0.1"]},
    "loss": {"view": "loss", "opt": ["gd", "momentum"], "steps": 5},
    "compare": {"command": "compare", "opt": ["gd", "adam"], "view": "lock", "fair": "tuned"},
    "sweep": {"view": "sweep", "opt": ["gd"], "over": ["angle=lin(0,90,5)"]},
    "inspect": {"view": "inspect", "objective": "x^2 + y^2", "tol": 1e-3},
    "anatomy": {"opt": ["adagrad"], "anatomy": 3},
    "hard to spell": {"title": 'A "q" (b\\) & <x> ]]> − η', "label": ["é"], "transparent": True},
}
STILL, MOVING = ("png", "svg", "pdf", "pgf"), ("gif", "apng", "webp")


def figure(words: dict) -> Figure:
    made, wrong = read({**SMALL, **words})
    assert made, wrong
    return made


@cache
def drawn(words: str) -> Drawing:
    return figure(json.loads(words)).draw()


def file(form: str, words: dict | None = None, text: str | None = None) -> bytes:
    """A picture in a format, with its own recipe or with a text in its place."""
    done = drawn(json.dumps(words or {"fps": 2.0}))
    scene = done.scene
    if text is not None:
        scene = scene.__class__(**{**vars(scene), "recipe": Recipe(text, text)})
    stream = io.BytesIO()
    render.write(scene, done.look, form, stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", WORDS)
def test_words_make_a_figure_and_the_figure_tells_the_same_words(name: str) -> None:
    made = figure(WORDS[name])
    assert read(made.options()) == (made, [])
    kind, options = split(WORDS[name])
    assert made.options() == {"figure": kind or "trace", **SMALL, **options}


def test_how_a_figure_is_framed_and_what_it_is_may_both_be_said() -> None:
    assert figure({"view": "lock"}).name == "trace"
    assert figure({"view": "rates"}).name == "rates"
    assert figure({"command": "compare", "view": "equal"}).options()["frame"] == "equal"
    for wrong in ({"view": "traces"}, {"view": 3}, {"command": ["a"]}, {"view": {}}):
        assert read(wrong)[0] is None


@pytest.mark.parametrize("form", [*STILL, *MOVING])
@pytest.mark.parametrize("name", WORDS)
def test_every_format_gives_back_the_words_that_it_was_given(form: str, name: str) -> None:
    found = recipe.read("a", file(form, WORDS[name]))
    assert found is not None
    assert found.format == form
    assert found.figure == figure(WORDS[name])
    assert found.version == optviz.__version__


def test_only_a_film_tells_how_it_moves() -> None:
    for form in STILL:
        assert "fps" not in recipe.read("a", file(form)).options  # type: ignore[union-attr]
    for form in MOVING:
        assert recipe.read("a", file(form)).options["fps"] == 2.0  # type: ignore[union-attr]


def test_it_holds_the_final_values_and_null_for_what_is_not_finite() -> None:
    told = json.loads(figure({"opt": ["adagrad:eta=0.4"]}).draw().scene.recipe.still)
    (final,) = told["final"]
    assert list(final) == ["optimizer", "x", "f", "status"]
    assert final["optimizer"] == "adagrad:eta=0.4,eps=1e-06"
    assert final["x"] == pytest.approx([-2.382563, -0.158591], abs=1e-6)
    assert final["f"] == pytest.approx(0.617962, abs=1e-6)
    assert final["status"] == "stalled"
    told = json.loads(figure({"opt": ["gd:eta=99"], "steps": 300}).draw().scene.recipe.still)
    assert told["final"][0]["x"] == [None, None]


def test_of_very_many_runs_it_holds_the_first() -> None:
    grid = figure({"start": ["grid(-6,6,-3,3,20x20)"], "starts": "status", "steps": 2})
    assert len(grid.draw().scene.recipe.still) < 10_000


def test_where_there_are_no_words_there_is_no_recipe() -> None:
    for form in (*STILL, *MOVING):
        assert recipe.read("a", file(form, text="")) is None


def test_the_recipe_leaves_every_pixel_as_it_is() -> None:
    for form in ("png", *MOVING):
        assert render.difference(file(form), file(form, text="")) is None


@pytest.mark.parametrize("form", ["png", "apng", "gif"])
def test_pillow_reads_it_too_or_is_not_disturbed(form: str) -> None:
    with Image.open(io.BytesIO(file(form))) as image:
        image.load()
        if form == "gif":
            assert image.info["loop"] == 0
            assert image.info["comment"].decode() == figure({}).draw().scene.alt
        else:
            assert json.loads(image.info["optviz"])["figure"] == "trace"
            assert image.info["Description"] == figure({}).draw().scene.alt


@pytest.mark.parametrize("name", WORDS)
def test_the_table_is_toml_that_says_the_same(name: str) -> None:
    words = figure(WORDS[name]).options()
    for key in ("plain", "a b", 'q"\n', "ü"):
        words["title"] = "\x7f\x9b\u202e\U0001f600\U000e0041"
        table = recipe.table(key, words)
        assert tomllib.loads(table) == {key: words}
        assert all(ch.isprintable() or ch == "\n" for ch in table)


def test_a_long_list_has_a_line_a_value() -> None:
    table = recipe.table("a", {"opt": ["x" * 40, "y" * 40, "z" * 40]})
    assert len(table.splitlines()) == 6
    assert tomllib.loads(table)["a"]["opt"][1] == "y" * 40


@pytest.mark.parametrize("form", [*STILL, *MOVING])
def test_a_picture_drawn_again_is_the_same_and_told_so(form: str) -> None:
    data = file(form)
    found = recipe.read("a", data)
    assert found is not None
    assert recipe.redraw(found)[0] == data
    assert str(recipe.verify(found, data)) == "a: same"


def changed(form: str = "png", **other: object) -> recipe.Verdict:
    """What is said of a picture whose recipe says otherwise."""
    told = json.loads(file_recipe(form)) | other
    data = file(form, text=json.dumps(told))
    found = recipe.read("a", data)
    assert found is not None
    return recipe.verify(found, data)


def file_recipe(form: str) -> str:
    found = recipe.read("a", file(form))
    assert found is not None
    return found.text


def test_another_picture_is_told_by_its_pixels_and_their_box() -> None:
    told = changed(xlim="-6,6")
    assert told.state == "changed"
    assert 0 < told.facts["pixels"] <= 320 * 240
    left, top, right, bottom = told.facts["box"]
    assert 0 <= left < right <= 320
    assert 0 <= top < bottom <= 240
    assert f"{told.facts['pixels']} pixels within ({left}, {top})" in str(told)
    assert "size 320x240, now 400x240" in str(changed(size="400x240"))
    assert "frames, now" in str(changed("gif", fps=3.0))
    for form in ("svg", "pdf", "pgf"):
        assert "the drawing" in str(changed(form, title="Another"))


def test_other_numbers_and_another_version_are_told() -> None:
    final = json.loads(file_recipe("png"))["final"]
    told = changed(final=[{**final[0], "f": 7.0}])
    assert "numbers: f of run 1 was 7.0, is" in str(told)
    assert told.facts["numbers"]["were"][0]["f"] == 7.0
    assert str(changed(optviz="0.0.1")) == f"a: changed: version 0.0.1, now {optviz.__version__}"
    assert changed("pdf", optviz="0.0.1").facts == {"version": ["0.0.1", optviz.__version__]}
    for odd in (3, {}, None, [3], ["a", "b"], [{"f": [1]}]):
        assert changed(final=odd).state == "changed"


def test_the_same_pixels_in_another_packing_are_the_same() -> None:
    data = file("png")
    with Image.open(io.BytesIO(data)) as image:
        from PIL.PngImagePlugin import PngInfo

        about, packed = PngInfo(), io.BytesIO()
        about.add_itxt("optviz", image.info["optviz"])
        image.save(packed, "png", pnginfo=about, compress_level=1)
    found = recipe.read("a", packed.getvalue())
    assert found is not None
    assert recipe.verify(found, packed.getvalue()).state == "same"


def test_one_pixel_is_found() -> None:
    with Image.open(io.BytesIO(file("png"))) as image:
        pixels = np.array(image)
    pixels[30, 20] ^= 1
    other = io.BytesIO()
    Image.fromarray(pixels).save(other, "png")
    told = render.difference(file("png"), other.getvalue())
    assert told is not None
    assert (told.pixels, told.box) == (1, (20, 30, 21, 31))
    assert str(told) == "1 pixel within (20, 30) to (21, 31)"


@pytest.mark.parametrize("form", [*STILL, *MOVING])
def test_no_cut_of_a_file_makes_a_traceback(form: str) -> None:
    data = file(form)
    rng = np.random.default_rng(0)
    ends = [
        *range(40),
        *rng.integers(40, len(data), 40).tolist(),
        *range(len(data) - 20, len(data)),
    ]
    for end in ends:
        try:
            found = recipe.read("a", data[:end])
        except BadFile as error:
            assert "\n" not in str(error)
            continue
        if found and end % 7 == 0:
            assert recipe.verify(found, data[:end]).state in ("changed", "same")


@pytest.mark.parametrize("form", [*STILL, *MOVING])
def test_no_damage_to_a_file_makes_a_traceback(form: str) -> None:
    data = bytearray(file(form))
    rng = np.random.default_rng(1)
    for _ in range(60):
        broken = bytearray(data)
        for at in rng.integers(0, min(len(data), 3000), 5):
            broken[at] = rng.integers(256)
        try:
            recipe.read("a", bytes(broken))
        except BadFile as error:
            assert "\n" not in str(error)


TEXTS = {
    '{"optviz": "0.1.0"': "no JSON",
    '{"optviz": NaN}': "no JSON",
    "[" * 100_000 + '"optviz"': "no JSON",
    '{"optviz": 3}': "which optviz",
    '{"optviz": "0.1.0", "view": "traces"}': "did you mean trace",
    '{"optviz": "9.9", "colour": "red", "x": 1}': "of optviz 9.9, cannot be read: no option",
    '{"optviz": "0.1.0", "opt": {"a": 1}}': "a text is wanted",
    '{"optviz": "0.1.0", "dpi": "120"}': "a whole number is wanted",
    '{"optviz": "0.1.0", "fps": 1' + "0" * 400 + "}": "number",
    '{"optviz": "0.1.0", "title": "\\ud800"}': "no JSON",
    '{"optviz": "0.1.0", "title": null}': "a text is wanted",
    '{"optviz": "0.1.0", "title": "' + "a" * 2**20 + '"}': "longer than",
}


@pytest.mark.parametrize("text", TEXTS, ids=TEXTS.values())
@pytest.mark.parametrize("form", ["png", "gif", "svg", "pdf", "pgf"])
def test_a_recipe_that_is_none_is_told_in_one_line(form: str, text: str) -> None:
    with pytest.raises(BadFile) as caught:
        recipe.read("a.png", file(form, text=text))
    said = str(caught.value)
    assert TEXTS[text] in said
    assert said.startswith("a.png: its recipe")
    assert "\n" not in said
    assert len(said) < 800


def test_the_words_of_others_are_no_recipe() -> None:
    for text in ("holiday, sea", "[1, 2]", '{"a": 1}', "null", "3"):
        for form in (*STILL, *MOVING):
            assert recipe.read("a", file(form, text=text)) is None
    assert recipe.read("a", b"") is None
    assert recipe.read("a", b"anything") is None


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_packed_text_is_not_unpacked() -> None:
    bomb = LABEL[:7] + b"\1" + LABEL[8:] + zlib.compress(b" " * 10**7)
    assert recipe.read("a", b"\x89PNG\r\n\x1a\n" + chunk(b"iTXt", bomb)) is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"opt": ["os.path:Evil(a=1)"]}, "--allow-code"),
        ({"opt": ["./a.py:Rule"]}, "--allow-code"),
        ({"opt": ["gd", " ./a.py:Rule:eta=1"]}, "--allow-code"),
        ({"objective": " @-"}, "pipe"),
        ({"steps": 10**12}, "steps"),
        ({"objective": "x1^"}, "cannot be drawn again"),
        ({"theme": "pink"}, "cannot be drawn again"),
        ({"size": "9x9"}, "cannot be drawn again"),
        ({"opt": ["adam:eta=\x1b[31m"]}, "cannot be drawn again"),
    ],
)
def test_what_is_not_drawn_again_is_told_in_one_line(words: dict, said: str) -> None:
    text = json.dumps({"optviz": "0.1.0", **words})
    found = recipe.read("a.png", file("png", text=text))
    assert found is not None
    with pytest.raises(BadFile, match=said) as caught:
        recipe.redraw(found)
    assert str(caught.value).startswith("a.png: ")
    assert str(caught.value).isprintable()


ELSEWHERE = [
    ("/etc/passwd.csv", "which is no path beside the picture"),
    ("~/data.csv", "which is no path beside the picture"),
    ("C:\\data.csv", "which is no path beside the picture"),
    ("\\\\host\\data.csv", "which is no path beside the picture"),
    ("../data.csv", "which leads out of the picture's folder"),
    ("sub/../data.csv", "which leads out of the picture's folder"),
    ("link.csv", "but a link leads out of the picture's folder"),
    ("link/data.csv", "but a link leads out of the picture's folder"),
    ("loop.csv", "but"),
    ("a\0.csv", "but"),
    ("device.csv", "but a link leads out"),
    ("pipe.csv", "but no such file lies beside"),
    ("sub.csv", "but no such file lies beside"),
    ("none.csv", "but no such file lies beside"),
]


@pytest.mark.skipif(os.name != "posix", reason="links, pipes and devices of POSIX")
@pytest.mark.parametrize(("name", "said"), ELSEWHERE)
def test_a_recipe_opens_only_regular_files_beside_its_picture(
    name: str, said: str, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    (home / "sub.csv").mkdir(parents=True)
    (tmp_path / "data.csv").write_text("a,y\n1,2\n2,3\n")
    (home / "link.csv").symlink_to("../data.csv")
    (home / "link").symlink_to("..")
    (home / "loop.csv").symlink_to("loop.csv")
    (home / "device.csv").symlink_to("/dev/zero")
    os.mkfifo(home / "pipe.csv")
    for words in (
        {"objective": f"@{name}", "target": "y"},
        {"view": "rates", "gradient": f"log({name})"},
    ):
        text = json.dumps({"optviz": "0.1.0", **words})
        found = recipe.read(str(home / "a.png"), file("png", text=text))
        assert found is not None
        with pytest.raises(BadFile) as caught:
            recipe.redraw(found)
        assert said in str(caught.value)
        assert "\n" not in str(caught.value)


HARD = {
    "steps": {"steps": 10**30},
    "optimizers": {"opt": ["gd," * 100_000 + "gd"], "steps": 30},
    "seeds": {"gradient": "noise(1)", "seeds": 10**6, "steps": 10**4},
    "starts": {"start": ["grid(-1,1,-1,1,200x200)"] * 300},
    "dimensions": {"objective": "quadratic(kappa=9,dim=50)", "steps": 2 * 10**6},
    "cells": {"view": "sweep", "over": ["eta=lin(0.1,1,100000)", "beta=lin(0,0.9,100000)"]},
    "tuned": {"view": "compare", "fair": "tuned", "steps": 10**5},
    "pixels": {"size": "20000x20000"},
    "frames": {"fps": 100.0, "duration": 3600.0},
}


@pytest.mark.parametrize("name", HARD)
def test_a_recipe_asks_for_no_more_work_than_anybody_waits_for(name: str) -> None:
    text = json.dumps({"optviz": "0.1.0", **HARD[name]})
    found = recipe.read("a.png", file("png", text=text))
    assert found is not None
    with pytest.raises(TooMuch, match=r"a.png: it asks for .* at most are drawn") as caught:
        recipe.redraw(found)
    assert len(str(caught.value)) < 250


def test_code_from_outside_is_run_where_it_is_allowed(tmp_path: Path) -> None:
    mine = tmp_path / "mine.py"
    mine.write_text("from optviz.optimizers.gd import GD\nclass Mine(GD):\n    pass\n")
    text = json.dumps({"optviz": "0.1.0", **SMALL, "opt": [f"{mine}:Mine(eta=0.1)"]})
    found = recipe.read("a.png", file("png", text=text))
    assert found is not None
    assert recipe.redraw(found, code=True)[0].startswith(b"\x89PNG")


def test_a_recipe_of_an_older_version_may_hold_options_that_change_nothing() -> None:
    old = {"optviz": "0.0.9", "view": "loss", "opt": ["gd"], **SMALL}
    new = file("png", {"figure": "loss", "opt": ["gd"]} | SMALL)
    more = {"levels": 4, "plane": "1,2", "seed": 3}  # of traces, and of random gradients
    found = recipe.read("a.png", file("png", text=json.dumps(old | more)))
    assert found is not None
    assert "levels" not in found.options
    assert recipe.redraw(found)[0] == new


def test_a_recipe_opens_a_theme_beside_its_picture_only(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "own.toml").write_text('paper = "#ffeecc"\n')
    (tmp_path / "pictures" / "own.toml").write_text('paper = "#ccffee"\n')
    picture = tmp_path / "pictures" / "a.png"
    cases = {
        "own.toml": "",
        "../own.toml": "leads out of the picture's folder",
        str(tmp_path / "own.toml"): "is no path beside the picture",
        "none.toml": "no such file lies beside the picture",
    }
    for theme, reason in cases.items():
        text = json.dumps({"optviz": optviz.__version__, "theme": theme, **SMALL})
        found = recipe.read(str(picture), file("png", text=text))
        assert found is not None
        if reason:
            with pytest.raises(BadFile, match=f"its theme is in .*{reason}"):
                recipe.check(found)
            continue
        data, drawing = recipe.redraw(found)
        assert drawing.look.theme == 'own.toml\npaper = "#ccffee"\n'
        assert np.asarray(Image.open(io.BytesIO(data)))[0, 0].tolist() == [0xCC, 0xFF, 0xEE]
