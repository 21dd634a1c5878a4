"""Whatever reads a text takes a time that goes with its length, and ends in a value or a sentence.

Each reader meets what makes a careless pattern go back on itself: blanks, digits, brackets, quotes,
signs without end. No doubling may take more than thrice the time of the half.
"""

from collections.abc import Callable
from time import process_time

import pytest
from matplotlib.backends.backend_agg import RendererAgg

from optviz import documents, errors, gradients, objectives, optimizers, records, render, spec
from optviz.batch import _matrix, _spec_file
from optviz.documents import _content
from optviz.files import _reading, parse
from optviz.objectives import bare_matrix, dataset_file, expression, matrix_market, quadratic_file
from optviz.optimizers import _external
from optviz.records import _gradient_log
from optviz.records._monitored_names import meanings_of
from optviz.records._training_columns import of_training
from optviz.render.draw import typeset
from optviz.render.formats import frames, svg
from optviz.studies import grid
from optviz.text.numbers import typed
from optviz.text.options import numbers

Reader = Callable[[str], object]
LENGTHS = [250 * 2**power for power in range(5)]
NOTHING = 0.03  # seconds: what takes less at 4000 letters is no trap at a million
BANNER = "%%MatrixMarket matrix"
REFUSED = (errors.OptvizError, parse.Malformed)


def in_lines(text: str) -> str:
    """The text in lines of ten letters."""
    kind = typeset.Type(("DejaVu Sans",), 10.0, "normal", 100.0)
    shown = "".join(letter for letter in text if letter.isprintable())
    return typeset.wrapped(shown, 10 * kind.em, kind, RendererAgg(1, 1, 100))


# Each reader, and what stands before and after the text: enough to get into each of its parts.
READERS: dict[str, tuple[Reader, tuple[str, ...]]] = {
    "an optimizer": (optimizers.read, ("adam:…", "adam(…)", "adam:eta=cosine(…)")),
    "a script": (
        optimizers.read,
        (
            "torch.optim.SGD(…)",
            "torch.optim.SGD([{…}], lr=0.1)",
            "x = SGD(…",
            "a.b…",
            "return …",
            "…\ntorch.optim.SGD(p, lr=1)",
            "optax.chain(…)",
            "m.compile(optimizer=…)",
        ),
    ),
    "what is printed": (
        optimizers.read,
        ("Adam (Parameter Group 0 …)", "Adam (Parameter Group 0 lr: …)", "{'name': 'adam', …}"),
    ),
    "optimizers": (lambda text: optimizers.read_all([text]), ("…,adam", "adam …!")),
    "foreign": (lambda text: optimizers.foreign([text]), ("a…:C!", "a.b:C(…")),
    "outside": (lambda text: _external.split(text, optimizers.registry), ("a…!", "a:C…!")),
    "a document": (
        documents.blocks,
        ("…", "```optviz …\n```", "<!-- optviz …", "```optviz\n```\n![…](a)", "- …", "<img …>"),
    ),
    "a block": (_content.words, ("…", "trace # …\n!", "trace '…'", 'trace "…', "trace\n…")),
    "a table": (_content.is_table, ("…", "a…=", "'…'=", "a.…!")),
    "arguments": (lambda text: _external.arguments(text, text), ("…", "a=…")),
    "an objective": (objectives.read, ("f…=", "f(…)=", "quadratic(Q=…)", "x1…!")),
    "an expression": (expression.read, ("…", "1…x1", r"\frac{…", "f(…)=x1", "lambda …: x")),
    "a matrix": (bare_matrix.read, ("[…", "[[1 …]]", "[1 2;…", "np.array([…", r"\begin{bmatrix}…")),
    "Matrix Market": (
        lambda text: matrix_market.read("q.mtx", text.encode()),
        (
            "…",
            f"{BANNER} array real general\n2 2\n…",
            f"{BANNER} coordinate real general\n2 2 9\n…",
        ),
    ),
    "a gradient": (gradients.read, ("log(…x", "log…!", "noise(…)", 'log({"name":…})')),
    "an axis": (grid.read, ("eta=…", "eta=lin(…)", "eta=[…]")),
    "a start": (spec.placed, ("1…!", "grid(…x", "grid(1,2,3,4,…x3)")),
    "starts": (lambda text: spec.count_starts([text]), ("grid(…x", "grid(1,2,3,4,…x3)")),
    "numbers": (lambda text: numbers("xlim", text), ("…", "1,…", "1…!")),
    "a size": (lambda text: spec.pixels(text, 120), ("…", "1x…", "…x1!")),
    "bytes": (spec.octets, ("…", "1…!")),
    "a title": (lambda text: spec.look(spec.LookSpec(title=text)), ("…",)),
    "JSON": (parse.json_value, ("…", '{"a": …}')),
    "JSON values": (lambda text: list(parse.json_values(text)), ("…", "[1] …")),
    "TOML": (parse.toml_table, ("…", "a = …", "[…]", "a = {…}")),
    "captions": (_spec_file._captions, ("# a\n[…!", "# a\n…")),
    "about": (_spec_file._about, ("# a…",)),
    "a name": (_matrix.slug, ("…",)),
    "data": (
        lambda text: dataset_file.read("a.csv", text.encode()),
        ("a,…\n1,1", "a,b\n…", "a\n1…!", "a b\n1 2…\n3 4", "# …\n1 2", '"…\n1;2\n3;4'),
    ),
    "gradients": (lambda text: _gradient_log.read(text.encode(), "a"), ("…\n1,1", "a;b\n1;…")),
    "a table of a training": (
        lambda text: records.trainings(text.encode(), "a.csv"),
        ("step,loss,…\n1,2,3", "step,loss\n1,…", "step,… - loss\n1,2", "…,loss\n1,2"),
    ),
    "names of a training": (
        lambda text: [meanings_of({text: kind}) for kind in (False, True)],
        ("…", "lr…", "…/grad_norm/a", "gradients/…"),
    ),
    "names of training": (lambda text: of_training([text]), ("…", "train/…", "a - …")),
    "an encoding": (lambda text: _reading.decoded(text.encode("cp1252", "replace"), "a"), ("é…",)),
    "steps": (lambda text: records.read(text.encode(), "a.csv"), ("…", "step,x1\n0,…")),
    "jsonl": (lambda text: records.read(text.encode(), "a.jsonl"), ("…", '{"x": …')),
    "training": (lambda text: records.training(text.encode(), "a"), ('{"kind": "training"…',)),
    "a typed title": (typed, ("…", "$…")),
    "a title in lines": (in_lines, ("…", "$…")),
    "frames": (frames.is_meant, ("…", "%…!")),
    "SVG": (lambda text: svg.source(text.encode()), ("<dc:source>…</dc:source>",)),
    "a pdf": (lambda text: render.registry["pdf"].recipe(text.encode()), ("%PDF/Keywords (…",)),
    "a gif": (lambda text: render.registry["gif"].recipe(text.encode()), ("GIF89a1234567!…",)),
    "a webp": (lambda text: render.registry["webp"].recipe(text.encode()), ("RIFF1234WEBP…",)),
    "an unknown word": (lambda text: str(errors.UnknownName("word", text, ("eta",))), ("…",)),
}

THINGS = (
    " ", "1", "9.", "a", "_", "-", "+", "(", "[", "{", ")", ",", ":", ";", "=", ".", "$", '"', "'",
    "%", "\\", "/", "#", "\n", "\t", "@", "^", "a,", "a ", "1,", "1 ", "x1+", "x1", "x1 ", "1\n",
    "a\n", "a=", "a:", "a@a ,", "(1,", "[1,", "{1:", '"a', '""', '"a",', "a.", "#\n", "[a]\n", "$a",
    "$ ", "$a$", "{}", '{"a":', '{"a":1}', "log(", "1e", "1e1", "&#1", "\\u", "١", "é", "%0",
    "/Keywords (", "\\frac", "{}", "_{", "^{", "½", "θ", "x[0]", "1;", "\\left(", "w1", ".T",
)  # fmt: skip


def took(work: Callable[[int], object], size: int) -> float:
    """The processor's time for a size, the least of three where it is worth it."""
    spent: list[float] = []
    while len(spent) < 3:
        before = process_time()
        try:
            work(size)
        except REFUSED as error:
            assert str(error)
        spent.append(process_time() - before)
        if spent[0] < NOTHING:
            break
    return min(spent)


def refuse_growth(work: Callable[[int], object], sizes: list[int], what: str) -> None:
    """Fails where the work for a size takes more than thrice that for half of it, three times."""
    before = took(work, sizes[0])
    for size in sizes[1:]:
        spent, tries = took(work, size), 1
        while spent >= max(3 * before, NOTHING) and tries < 3:  # the machine may have been busy
            before, spent, tries = took(work, size // 2), took(work, size), tries + 1
        assert spent < max(3 * before, NOTHING), f"{what}, {size}"
        before = spent


@pytest.mark.parametrize("name", READERS)
def test_twice_the_text_takes_about_twice_the_time(name: str) -> None:
    read, frames_ = READERS[name]
    for opening, end in (frame.split("…") for frame in frames_):
        for thing in THINGS:
            texts = {size: opening + thing * (size // len(thing)) + end for size in LENGTHS}
            what = f"{thing!r} between {opening!r} and {end!r}"
            refuse_growth(lambda size: read(texts[size]), LENGTHS, what)  # noqa: B023


MANY: dict[str, Callable[[int], object]] = {
    "keys of an objective": lambda n: quadratic_file.from_json("q.json", _keys(n).encode()),
    "keys of JSON": lambda n: parse.json_value(_keys(n)),
    "keys of TOML": lambda n: parse.toml_table("".join(f"k{i} = 1\n" for i in range(n))),
    "declared names": lambda n: expression.read(_declared(n)),
    "columns of data": lambda n: dataset_file.read("a.csv", _columns("a", n)),
    "columns of steps": lambda n: records.read(_columns("x", n), "a.csv"),
    "optimizers of a text": lambda n: optimizers.apart(["gd," * n]),
}


def _keys(count: int) -> str:
    return "{" + ",".join(f'"k{i}": 1' for i in range(count)) + "}"


def _declared(count: int) -> str:
    names = [f"a{i}_b" for i in range(min(count, 900))]
    return f"f({','.join(names)}) = {'+'.join(names[i % 900] for i in range(count // 2))}"


def _columns(letter: str, count: int) -> bytes:
    names = ",".join(f"{letter}{i + 1}" for i in range(count))
    return f"{names}\n{','.join('1' * count)}\n{','.join('2' * count)}\n".encode()


@pytest.mark.parametrize("name", MANY)
def test_twice_the_names_take_about_twice_the_time(name: str) -> None:
    refuse_growth(MANY[name], [1000, 2000, 4000, 8000, 16_000], name)
