"""README and the pages of the gallery: what they say to type works, and what they link to is there.

Their figures and printed results are checked by `optviz book --check`, in `.ci/run`.
"""

import contextlib
import io
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

import pytest
import trainings
from markdown_it import MarkdownIt
from markdown_it.token import Token
from PIL import Image

from optviz import cli

ROOT = Path(__file__).parent.parent
GALLERY = ROOT / "gallery"
PAGES = ["README.md", *sorted(f"gallery/{path.name}" for path in GALLERY.glob("*.md"))]
# Logs that the Python of a page writes, where it cannot run for want of PyTorch.
LOGS = {"gallery/training.md": ("adam.jsonl", "adam-large.jsonl")}
IMAGE = r'(?:!\[[^\]]*\]\(([^)]+)\)|<img [^>]*src="([^"]+)")'


@cache
def tokens(page: str) -> list[Token]:
    reader = MarkdownIt("gfm-like", {"linkify": False})
    return reader.parse((ROOT / page).read_text(encoding="utf-8"))


def fences(page: str, language: str) -> list[str]:
    """What is to be typed: the fences of a language, in order."""
    return [
        t.content for t in tokens(page) if t.type == "fence" and t.info.split()[:1] == [language]
    ]


def lines(page: str) -> list[str]:
    """The command lines of a page, one that ends in a backslash with the next.

    Those of other programs, as pip and pandoc, are tested elsewhere or not at all.
    """
    joined = "".join(fences(page, "sh")).replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.startswith(("optviz ", "printf "))]


def run(line: str, folder: Path) -> tuple[int, str]:
    """Status and standard error of a line; in this process if it has no need of a shell."""
    words = shlex.split(line)
    if words[0] == "optviz" and not {"|", ">", "||", "&&"} & set(words):
        errors = io.StringIO()
        with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(io.StringIO()):
            status = cli.main(words[1:])
        return status, errors.getvalue()
    script = f'optviz() {{ "{sys.executable}" -m optviz "$@"; }}\nset -o pipefail\n{line}'
    done = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True)
    return done.returncode, done.stderr


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to type in, with a cache of its own and without worker processes."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("OPTVIZ_JOBS", "1")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    return tmp_path / "empty"


def lay_out(page: str, folder: Path) -> None:
    """Puts the data that lie beside a page into a folder."""
    if page != "README.md":
        for path in [*GALLERY.glob("*.csv"), *GALLERY.glob("*.jsonl")]:
            shutil.copy(path, folder)
    for name in LOGS.get(page, ()):
        shutil.copy(GALLERY / "digits-adam.jsonl", folder / name)


def name(line: str) -> str:
    """The file that a line writes at its end."""
    return line.rsplit(maxsplit=1)[-1]


def drawn_below(page: str) -> list[tuple[str, str]]:
    """Pictures with the line of the fence right below them, if it ends in an output like them."""
    text = (ROOT / page).read_text(encoding="utf-8")
    pairs = re.findall(rf"^{IMAGE}.*\n\n```sh\n(.+ -o \S+)\n", text, re.M)
    found = [(plain or html, line) for plain, html, line in pairs]
    return [(one, line) for one, line in found if Path(one).suffix == Path(name(line)).suffix]


@pytest.mark.parametrize("page", [page for page in PAGES if lines(page)])
def test_every_line_of_a_page_can_be_typed_in_its_order(page: str, folder: Path) -> None:
    lay_out(page, folder)
    if page.endswith("real-training.md"):  # whose Python makes the log
        trainings.write_examples(folder)
    for line in lines(page):
        status, said = run(line, folder)
        if "no installed font has" in said:
            continue  # this machine has no letters of the language
        assert (status, "Traceback" in said) == (0, False), (line, said)
    for picture, line in drawn_below(page):
        with Image.open((ROOT / page).parent / picture) as shown, Image.open(name(line)) as typed:
            key = "Description" if picture.endswith(".png") else "comment"
            assert (shown.info[key], shown.size) == (typed.info[key], typed.size)


@pytest.mark.parametrize("page", [page for page in PAGES if fences(page, "python")])
def test_the_python_of_a_page_runs_as_one_program(page: str, folder: Path) -> None:
    code = "\n".join(fences(page, "python"))
    if "torch" in code and find_spec("torch") is None:
        pytest.skip("PyTorch is not installed")
    program = [sys.executable, "-W", "error", "-c", f"import matplotlib as m\nm.use('agg')\n{code}"]
    done = subprocess.run(program, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@cache
def anchors(page: str) -> list[str]:
    """The anchors of a page; the second of a name would have another."""
    found = tokens(page)
    titles = [found[i + 1] for i, token in enumerate(found) if token.type == "heading_open"]
    texts = ["".join(t.content for t in title.children or ()) for title in titles]
    return [slug(text) for text in texts]


def links(page: str) -> list[str]:
    """The targets of all links and pictures, also of those in HTML, but for those in the web."""
    found = []
    for token in tokens(page):
        for part in (token, *(token.children or ())):
            found += [str(part.attrs[key]) for key in ("href", "src") if key in part.attrs]
            if part.type in ("html_block", "html_inline") and not part.content.startswith("<!--"):
                found += re.findall(r'(?:href|src|srcset)="([^"]+)"', part.content)
    return [unquote(link) for link in found if not link.startswith(("http://", "https://"))]


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    for link in links(page):
        name, _, anchor = link.partition("#")
        target = ((ROOT / page).parent / name).resolve() if name else ROOT / page
        assert target.exists(), link
        if anchor:
            assert anchors(str(target.relative_to(ROOT))).count(anchor) == 1, link


def test_the_index_of_the_gallery_leads_to_every_page() -> None:
    targets = {link.partition("#")[0] for link in links("gallery/README.md")}
    assert {path.name for path in GALLERY.glob("*.md")} - {"README.md"} <= targets


def test_the_thumbnails_are_those_of_the_pictures() -> None:
    script = runpy.run_path(str(GALLERY / "thumbnails.py"))
    same = script["index"]() == (GALLERY / "README.md").read_text(encoding="utf-8")
    assert same, "run: python gallery/thumbnails.py"


def test_the_reference_is_what_the_program_prints(capsys: pytest.CaptureFixture[str]) -> None:
    pages = [str(path) for path in sorted(GALLERY.glob("reference*.md"))]
    assert cli.main(["book", "--check", *pages]) == 0, capsys.readouterr().out
