"""One SVG of a light and a dark one: colours are those of the scheme of the reader's device."""

import re
from hashlib import sha256

from optviz.render.compact import METADATA
from optviz.render.format import KNOWS_BOTH

_LOOK = re.compile(r"""style="([^"]*)"|(<image [^>]*/>)""")
_UNSET = {"fill": "#000000", "stroke": "none"}  # what a shape without the property has; others: 1
_COLOUR = re.compile("(fill|stroke):#")

_END = "\n</svg>\n"

Rules = dict[str, tuple[str, str]]  # by class: what is declared in the light scheme, in the dark


def two_schemes(light: str, dark: str, *, hosted: bool = False) -> str:
    """A picture that is light or dark as the reader's device is, or as the page around it.

    Both have the same shapes in the same order: what differs between them gets classes, with a rule
    for each scheme. Were their shapes not the same, both would be there whole. A class is named by
    both values, so that several pictures may stand in one page; one that is `hosted` by a page has
    short names.
    """
    head, mark, body = light.partition(METADATA)
    bodies = [body, dark.partition(METADATA)[2]]
    rules: Rules = {}
    ours, theirs = (_LOOK.split(each) for each in bodies)
    if ours[::3] == theirs[::3]:
        for i in range(1, len(ours), 3):
            ours[i] = _style(ours[i], theirs[i], rules, hosted)
            ours[i + 1] = _either(ours[i + 1], theirs[i + 1])
        body = "".join(filter(None, ours))
    else:
        body = f"{_either(*(each.removesuffix(_END) for each in bodies))}{_END}"
    sheet = _by_host(rules) if hosted else _by_device(rules)
    return f"{head}{mark}\n<style>\n{sheet}\n</style>{body}"


def _style(light: str | None, dark: str | None, rules: Rules, short: bool) -> str | None:
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
            classes.append(_class(name, *pair, short=short))
            rules[classes[-1]] = f"{name}:{pair[0]}", f"{name}:{pair[1]}"
    found = {"class": " ".join(classes), "style": ";".join(same)}
    return " ".join(f'{name}="{text}"' for name, text in found.items() if text)


def _class(name: str, light: str, dark: str, *, short: bool) -> str:
    parts = (re.sub("[^a-z0-9-]", "_", part.lstrip("#")) for part in (name, light, dark))
    text = "-".join(parts)
    return f"s{sha256(text.encode()).hexdigest()[:4]}" if short else text


def _declared(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in style.split(";") if part.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


def _either(light: str | None, dark: str | None) -> str | None:
    """What each scheme shows, where they differ."""
    if light == dark:
        return light
    return f'<g class="in-light">{light}</g>\n<g class="in-dark">{dark}</g>'


def _by_device(rules: Rules) -> str:
    """The rules of a picture of its own: programs that know of no scheme show the light one."""
    light, dark = (_declarations(rules, i) for i in (0, 1))
    return (
        f"{light}.in-dark{{display:none}}\n@media (prefers-color-scheme:dark){{\n"
        f"{dark}.in-light{{display:none}}\n.in-dark{{display:inline}}\n}}"
    )


def _by_host(rules: Rules) -> str:
    """The rules of a picture within a page: its colours follow the `color-scheme` around it.

    What is no colour cannot, and follows the device. Older browsers show the light scheme.
    """
    colours = {name: pair for name, pair in rules.items() if all(map(_COLOUR.match, pair))}
    others = {name: pair for name, pair in rules.items() if name not in colours}
    light, dark = _declarations(rules, 0), _declarations(others, 1)
    pairs = sorted(colours.items())
    both = "".join(f".{name}{{{_either_colour(*pair)}}}\n" for name, pair in pairs)
    return (
        f"svg:root{{color-scheme:light dark}}\n"  # where it is taken out of the page
        f"{light}.in-dark{{display:none}}\n{KNOWS_BOTH}{{\n{both}}}\n"
        f"@media (prefers-color-scheme:dark){{\n"
        f"{dark}.in-light{{display:none}}\n.in-dark{{display:inline}}\n}}"
    )


def _declarations(rules: Rules, scheme: int) -> str:
    """The rules of one scheme, a line each."""
    return "".join(f".{name}{{{pair[scheme]}}}\n" for name, pair in sorted(rules.items()))


def _either_colour(light: str, dark: str) -> str:
    """A declaration of both colours, of which a browser takes that of the scheme around it."""
    name, _, colour = light.partition(":")
    return f"{name}:light-dark({colour},{dark.partition(':')[2]})"
