"""One SVG of a light and a dark one: colours are those of the scheme of the reader's device."""

import re

from optviz.render.compact import METADATA

_LOOK = re.compile(r"""style="([^"]*)"|(<image [^>]*/>)""")
_UNSET = {"fill": "#000000", "stroke": "none"}  # what a shape without the property has; others: 1

_END = "\n</svg>\n"

Rules = dict[str, tuple[str, str]]  # by class: what is declared in the light scheme, in the dark


def two_schemes(light: str, dark: str) -> str:
    """A picture that is light or dark as the reader's device is.

    Both have the same shapes in the same order: what differs between them gets classes, with a rule
    for each scheme. Were their shapes not the same, both would be there whole. Programs that know
    of no scheme show the light one. A class is named by both values, so that several pictures may
    stand in one page.
    """
    head, mark, body = light.partition(METADATA)
    bodies = [body, dark.partition(METADATA)[2]]
    rules: Rules = {}
    ours, theirs = (_LOOK.split(each) for each in bodies)
    if ours[::3] == theirs[::3]:
        for i in range(1, len(ours), 3):
            ours[i] = _style(ours[i], theirs[i], rules)
            ours[i + 1] = _either(ours[i + 1], theirs[i + 1])
        body = "".join(filter(None, ours))
    else:
        body = f"{_either(*(each.removesuffix(_END) for each in bodies))}{_END}"
    return head + mark + _sheet(rules) + body


def _style(light: str | None, dark: str | None, rules: Rules) -> str | None:
    """The attributes of a shape: what both schemes have, and the classes of what differs."""
    if light is None or dark is None:
        return None
    one, other = _declared(light), _declared(dark)
    same, classes = [], []
    for name in sorted(one.keys() | other.keys()):
        pair = tuple(each.get(name, _UNSET.get(name, "1")) for each in (one, other))
        if pair[0] == pair[1]:
            same.append(f"{name}:{pair[0]}")
        else:
            classes.append(
                "-".join(re.sub("[^a-z0-9-]", "_", part.lstrip("#")) for part in (name, *pair))
            )
            rules[classes[-1]] = f"{name}:{pair[0]}", f"{name}:{pair[1]}"
    found = {"class": " ".join(classes), "style": ";".join(same)}
    return " ".join(f'{name}="{text}"' for name, text in found.items() if text)


def _declared(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in style.split(";") if part.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


def _either(light: str | None, dark: str | None) -> str | None:
    """What each scheme shows, where they differ."""
    if light == dark:
        return light
    return f'<g class="in-light">{light}</g>\n<g class="in-dark">{dark}</g>'


def _sheet(rules: Rules) -> str:
    """The rules of both schemes as a style sheet."""
    light, dark = (
        "".join(f".{name}{{{pair[i]}}}\n" for name, pair in sorted(rules.items())) for i in (0, 1)
    )
    return (
        f"\n<style>\n{light}.in-dark{{display:none}}\n@media (prefers-color-scheme:dark){{\n"
        f"{dark}.in-light{{display:none}}\n.in-dark{{display:inline}}\n}}\n</style>"
    )
