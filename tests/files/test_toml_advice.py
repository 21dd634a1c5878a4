"""A line that is not TOML is answered with the line that is."""

import tomllib

import pytest

from optviz.files import parse

MENDED = [
    ("opt = adam", 'opt = "adam"'),
    ("opt = adam:eta=0.1", 'opt = "adam:eta=0.1"'),
    ("opt = adam # the best", 'opt = "adam"'),
    ("\topt\t=\tadam", 'opt = "adam"'),
    ('opt = "adam', 'opt = "adam"'),
    ('opt = adam"', 'opt = "adam"'),
    ("opt = 'adam\"", 'opt = "adam"'),
    ("opt = “adam”", 'opt = "adam"'),
    ('opt "adam"', 'opt = "adam"'),
    ('opt: "adam"', 'opt = "adam"'),
    ("opt: adam", 'opt = "adam"'),
    ('opt == "adam"', 'opt = "adam"'),
    ('"opt": "adam",', 'opt = "adam"'),
    ('opt = "adam";', 'opt = "adam"'),
    ('opt = ["adam", "gd"', 'opt = ["adam", "gd"]'),
    ("opt = [adam, gd]", 'opt = ["adam", "gd"]'),
    ("opt = 'adam', 'gd'", "opt = ['adam', 'gd']"),
    ('opt = "adam", eta = 0.1', 'opt = "adam", then eta = 0.1'),
    ('opt = "adam" eta = 0.1', 'opt = "adam", then eta = 0.1'),
    ("transparent = True", "transparent = true"),
    ("transparent = yes", "transparent = true"),
    ("eta = .1", "eta = 0.1"),
    ("eta = 1.", "eta = 1.0"),
    ("eta = 0,4", "eta = 0.4"),
    ("eta = −1", "eta = -1"),
    ("seed = 020", "seed = 20"),
    ("start = -5,-2", 'start = "-5,-2"'),
    ("size = 960x720", 'size = "960x720"'),
    ("objective = 0.1x1^2", 'objective = "0.1x1^2"'),
    (r'title = "$\eta$"', r"title = '$\eta$'"),
    ("[my figure]", '["my figure"]'),
    ("[a", "[a]"),
    ('[a] opt = "adam"', '[a], then opt = "adam"'),
    ("a:", "[a]"),
    ("// a remark", "# a remark"),
]


@pytest.mark.parametrize(("line", "better"), MENDED)
def test_a_line_is_mended(line: str, better: str) -> None:
    with pytest.raises(parse.Malformed) as caught:
        parse.toml_table(f"[defaults]\nsteps = 3\n\n{line}\n")
    assert (caught.value.line, caught.value.reason.partition("; write ")[2]) == (4, better)
    for one in better.split(", then "):
        tomllib.loads(one)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[a]\n[a]\n", 2, "[a] stands twice; each figure has a name of its own"),
        ("[a]\neta = 1\neta = 2\n", 3, "eta is given twice; leave one out"),
        ("[a]\neta =\n", 2, "no value: leave the line out, or write one after ="),
        ("[a]\neta = None\n", 2, "no value: leave the line out, or write one after ="),
        ('{"a": {}}', 1, "this is JSON; the name of such a file ends in .json"),
        ('[a]\nopt = ["gd"\nsteps = 3\n', 2, 'a bracket is not closed; write opt = ["gd"]'),
        ("[a]\n= 3\n", 2, "not TOML: invalid statement"),
        ("trace -f d2l\n", 1, "not TOML: expected '='"),
    ],
)
def test_what_cannot_be_mended_is_said(text: str, line: int, said: str) -> None:
    with pytest.raises(parse.Malformed) as caught:
        parse.toml_table(text)
    assert caught.value.line == line
    assert caught.value.reason.startswith(said)
