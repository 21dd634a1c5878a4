"""What can be known of a look before there is anything to draw: theme, font, letters, formulas."""

from collections.abc import Iterable
from dataclasses import replace

from optviz import phrases
from optviz.errors import BadValue, Unfit
from optviz.render.draw import backend
from optviz.render.draw.line_colours import themed
from optviz.render.format import AUTO, SCHEMES, Format
from optviz.scene import Look, Panel, Scene
from optviz.text.numbers import typed


def check(look: Look, formats: Iterable[type[Format]] = ()) -> None:
    """Raises what drawing would raise, whatever the scene.

    `UnknownName` for the theme; `BadValue` or `Unfit` for a colour that cannot be read, a font that
    is not there, a letter of a text or of the language that no font has, a formula that cannot be
    set, or what one of the formats cannot keep.
    """
    for kind in formats:
        kind.check(look)
    for name in SCHEMES if look.theme == AUTO else (look.theme,):
        themed(replace(look, theme=name))
    if look.theme == AUTO:
        look = replace(look, theme=None)
    for option, text in (*([("font", "")] if look.font else []), *look.captions):
        if option == "font" or not text.isascii() or "$" in text:
            _set(look, option, typed(text))
    _check_language(look.lang)


def _check_language(code: str) -> None:
    """Raises `Unfit` where no font has the letters of the language."""
    with phrases.language(code):
        word = phrases.say("start")
    if not word.isascii():
        backend.ready()
        from optviz.render.draw.fonts import families

        try:
            families([word], None)
        except Unfit as error:
            raise Unfit(f"lang {code}: {str(error).partition(', or ')[0]}") from None


def _set(look: Look, option: str, text: str) -> None:
    """Sets a text as the title of an empty figure. Raises `BadValue`, `Unfit`."""
    backend.ready()
    from optviz.render.draw.figure import paper, settings

    scene = Scene(text, "", (Panel((), (0.0, 1.0), (0.0, 1.0), "", ""),), "")
    alone = replace(look, font=look.font if option == "font" else None, counter=False)
    with settings():
        try:
            paper(scene, alone).measure(text)
        except BadValue as error:
            raise BadValue(option, error.value, error.expected) from None
        except Unfit as error:
            raise Unfit(f"{option}: {error}") from None
