"""Letters without a font: looked for once more, then refused with the package that has them."""

import os
import subprocess
import sys
from pathlib import Path

import matplotlib
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from optviz.errors import Unfit
from optviz.render import check
from optviz.render.draw import fonts
from optviz.scene import Look

SIGN = "\N{CUNEIFORM SIGN A}"
NEW = matplotlib.__version_info__[:2] >= (3, 11)


def font(path: Path, letters: str) -> None:
    """Writes a font that has a square for each of the letters."""
    pen = TTGlyphPen(None)
    for move, point in zip("mlll", [(100, 0), (100, 700), (800, 700), (800, 0)], strict=True):
        (pen.moveTo if move == "m" else pen.lineTo)(point)
    pen.closePath()
    square = pen.glyph()
    names = [".notdef", *(f"u{ord(letter):X}" for letter in letters)]
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): f"u{ord(letter):X}" for letter in letters})
    builder.setupGlyf(dict.fromkeys(names, square))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (900, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    path.parent.mkdir(parents=True, exist_ok=True)
    builder.save(path)


def drawn(folder: Path, *options: str) -> tuple[int, str]:
    """The exit status and the messages of a picture with the sign in its title."""
    home = {"MPLCONFIGDIR": str(folder / "cache"), "XDG_DATA_HOME": str(folder / "data")}
    command = [sys.executable, "-m", "optviz", "trace", "-q", "-o", "a.png", "--title", SIGN]
    done = subprocess.run(
        [*command, *options], cwd=folder, env=os.environ | home, capture_output=True, text=True
    )
    return done.returncode, done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="fonts are looked for in XDG_DATA_HOME")
def test_a_font_that_is_new_is_found_and_one_that_is_gone_is_missed_in_one_line(
    tmp_path: Path,
) -> None:
    missing = f"optviz: title: no installed font has {SIGN!r} (Cuneiform Sign A); install one"
    path = tmp_path / "data" / "fonts" / "squares.ttf"
    for _ in range(2):  # without a list of fonts, and with one
        status, messages = drawn(tmp_path)
        assert (status, messages.count("\n")) == (2, 1)
        assert messages.startswith(missing)
    font(path, SIGN)  # which the list does not have
    assert drawn(tmp_path) == (0, "")
    assert drawn(tmp_path, "--font", "squares") == (0, "")
    for listed in (tmp_path / "cache").glob("fontlist*"):
        listed.unlink()
    assert drawn(tmp_path) == (0, "")  # and now the list has it
    path.unlink()
    status, messages = drawn(tmp_path)
    assert (status, messages.count("\n")) == (2, 1)
    assert messages.startswith(missing)


@pytest.mark.parametrize(
    ("letter", "package"),
    [
        ("가", "(Hangul Syllable Ga); install one (fonts-noto-cjk on Debian, "
         "brew install --cask font-noto-sans-cjk on a Mac)"),
        ("降", "(CJK Unified Ideograph-964D); install one (fonts-noto-cjk on Debian"),
        ("カ", "(Katakana Letter Ka); install one (fonts-noto-cjk on Debian"),
        (SIGN, "(Cuneiform Sign A); install one (a Noto font, such as fonts-noto-core on Debian"),
    ],
)  # fmt: skip
def test_the_message_names_the_package(
    letter: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = {name: paths for name, paths in fonts._files().items() if name == fonts.DEFAULT}
    monkeypatch.setattr(fonts, "_files", lambda: own)
    monkeypatch.setattr(fonts, "_look_again", lambda: None)
    with pytest.raises(Unfit) as caught:
        fonts.families([f"a {letter}"], None)
    assert package in str(caught.value)


def test_a_language_without_a_font_is_refused_before_the_first_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = {name: paths for name, paths in fonts._files().items() if name == fonts.DEFAULT}
    monkeypatch.setattr(fonts, "_files", lambda: own)
    monkeypatch.setattr(fonts, "_look_again", lambda: None)
    with pytest.raises(Unfit, match=r"^lang ko: no installed font has .* \(fonts-noto-cjk[^)]*\)$"):
        check(Look(lang="ko"))
    check(Look())


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("경사 하강법", "Noto Sans CJK KR"),
        ("勾配降下法 カタカナ", "Noto Sans CJK JP"),
        ("梯度下降法", "Noto Sans CJK SC"),
    ],
)
def test_east_asian_letters_have_the_forms_of_their_region(
    text: str, family: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [
        "Another Serif CJK",
        *(f"Noto Sans CJK {region}" for region in ("HK", "JP", "KR", "SC")),
    ]
    known = {fonts.DEFAULT: fonts._charset(fonts.DEFAULT)}
    monkeypatch.setattr(fonts, "_files", lambda: dict.fromkeys([*names, fonts.DEFAULT]))
    monkeypatch.setattr(fonts, "_charset", lambda name: known.get(name, frozenset(map(ord, text))))
    assert fonts.families([text], None) == [fonts.DEFAULT, family]


@pytest.mark.parametrize("text", ["تدرج الانحدار", "מורד הגרדיאנט"])
def test_words_that_run_to_the_left_are_written_so_or_refused(text: str) -> None:
    if NEW:
        assert fonts.DEFAULT in fonts.families([text], None)
        return
    with pytest.raises(Unfit, match=r"from left to right; 3\.11 is wanted"):
        fonts.families([text], None)
