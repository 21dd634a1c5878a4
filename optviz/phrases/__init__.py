"""The phrases that optviz puts into pictures and their descriptions, one file a language.

A phrase is a template with named places: `say("steps", count=20)` is `20 steps`. One that differs
for one and for many is a pair, and `count` chooses.
"""

from optviz.phrases import en

__all__ = ["PHRASES", "say"]

PHRASES = en.PHRASES


def say(key: str, **values: object) -> str:
    """The phrase with its places filled. Raises `KeyError` for a place without a value."""
    template = PHRASES[key]
    if isinstance(template, tuple):
        template = template[0] if str(values["count"]) == "1" else template[1]
    return template.format(**values)
