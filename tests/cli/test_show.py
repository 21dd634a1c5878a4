"""`--show` at a pseudo terminal: what arrives there is decoded, and is the picture."""

import base64
import io
import os
import re
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from optviz import cli
from optviz.cli import _terminal

pty = pytest.importorskip("pty", reason="no pseudo terminals here")

KITTY = {"TERM": "xterm-kitty"}
ITERM = {"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}
PLAIN = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
VARIABLES = [sign.variable for sign in (*_terminal.PICTURES, *_terminal.COLOURS)]
VARIABLES += ["NO_COLOR", "FORCE_COLOR"]
FIGURE = ("trace", "--opt", "adagrad", "--opt", "adam:eta=0.3", "--size", "480x360", "-q")
END = "\0"  # nothing that a figure writes
Terminal = Callable[..., tuple[int, str]]


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Terminal:
    """Runs a command at a terminal of 60 x 40 characters: its status, and what arrives there."""
    monkeypatch.chdir(tmp_path)
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("LINES", "40")

    def run(
        environment: dict[str, str], *arguments: str, across: int = 0, encoding: str = "utf-8"
    ) -> tuple[int, str]:
        import fcntl
        import struct
        import termios

        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 60, across, 0))
        with monkeypatch.context() as patch, ThreadPoolExecutor() as pool:
            for name, value in environment.items():
                patch.setenv(name, value)
            received = pool.submit(_received, ours)
            with os.fdopen(theirs, "w", encoding=encoding) as screen:
                patch.setattr(sys, "stdout", screen)
                patch.setattr(sys, "stderr", screen)
                status = cli.main(list(arguments))
                screen.write(END)
                screen.flush()
                return status, received.result()  # what is not read when it closes may be lost

    return run


def _received(terminal: int) -> str:
    """What arrives at a pseudo terminal before the end mark."""
    text = b""
    while not text.endswith(END.encode()):
        text += os.read(terminal, 65536)
    os.close(terminal)
    return text.decode().removesuffix(END).replace("\r\n", "\n")


def written(folder: Path, *more: str) -> bytes:
    """The same figure as a file."""
    assert cli.main([*FIGURE, *more, "-o", str(folder / "file.png")]) == 0
    return (folder / "file.png").read_bytes()


def test_kitty_receives_the_bytes_of_the_png_in_chunks(
    at_terminal: Terminal, tmp_path: Path
) -> None:
    status, text = at_terminal(KITTY, *FIGURE, "--show")
    assert status == 0
    chunks = re.findall(r"\x1b_G([^;]*);([A-Za-z0-9+/=]*)\x1b\\", text)
    assert chunks[0][0] == "a=T,f=100,q=2,m=1"
    assert [keys for keys, _ in chunks[1:]] == ["m=1"] * (len(chunks) - 2) + ["m=0"]
    assert max(len(data) for _, data in chunks) <= 4096
    assert base64.b64decode("".join(data for _, data in chunks)) == written(tmp_path)


def test_iterm2_receives_the_bytes_of_the_png(at_terminal: Terminal, tmp_path: Path) -> None:
    status, text = at_terminal(ITERM, *FIGURE, "--show")
    match = re.fullmatch(r"\x1b\]1337;File=inline=1;size=(\d+):([^\x07]*)\x07\n", text)
    assert status == 0
    assert match
    data = base64.b64decode(match[2])
    assert data == written(tmp_path)
    assert int(match[1]) == len(data)


@pytest.mark.parametrize(("across", "narrow"), [(0, False), (479, True), (480, False)])
def test_a_picture_wider_than_the_terminal_is_made_as_wide(
    across: int, narrow: bool, at_terminal: Terminal
) -> None:
    kitty = at_terminal(KITTY, *FIGURE, "--show", across=across)[1]
    assert (",c=60," in kitty[:40]) == narrow
    iterm = at_terminal(ITERM, *FIGURE, "--show", across=across)[1]
    assert (";width=60:" in iterm[:60]) == narrow


def cells(text: str) -> np.ndarray:
    """The pixels of half blocks in 24-bit colour: (2·lines, columns, 3)."""
    rows: list[list[tuple[int, ...]]] = []
    for line in text.splitlines():
        front: tuple[int, ...] = (0, 0, 0)
        back, upper, lower = front, list[tuple[int, ...]](), list[tuple[int, ...]]()
        for codes, sign in re.findall(r"\x1b\[([0-9;]*)m|(.)", line):
            for ground, *rgb in re.findall(r"(38|48);2;(\d+);(\d+);(\d+)", codes):
                colour = tuple(map(int, rgb))
                front, back = (colour, back) if ground == "38" else (front, colour)
            if sign:
                assert sign == "▀"
                upper.append(front)
                lower.append(back)
        rows += [upper, lower]
    return np.array(rows)


def test_elsewhere_half_blocks_have_the_colours_of_the_picture(
    at_terminal: Terminal, tmp_path: Path
) -> None:
    status, text = at_terminal(PLAIN, *FIGURE, "--show")
    title, *lines, names = text.splitlines()
    assert status == 0
    assert title == "AdaGrad and Adam, 20 steps each"
    drawn = cells("\n".join(lines))
    assert drawn.shape == (44, 60, 3)  # 480x360 in 60 columns, two pixels a line
    with Image.open(io.BytesIO(written(tmp_path))) as picture:
        whole = np.asarray(picture.convert("RGB")).astype(float)
    edges_y, edges_x = (np.linspace(0, n, k + 1) for n, k in ((360, 44), (480, 60)))
    for y, x in ((0, 0), (20, 30), (30, 12), (22, 27), (43, 59)):
        top, bottom = edges_y[[y, y + 1]].round().astype(int)
        left, right = edges_x[[x, x + 1]].round().astype(int)
        mean = whole[top:bottom, left:right].mean(axis=(0, 1))
        assert drawn[y, x] == pytest.approx(mean, abs=12)
    assert re.sub(r"\x1b\[[0-9;]*m", "", names) == "▄▄ AdaGrad, η = 0.4   ▄▄ Adam, η = 0.3"
    assert "38;2;224;78;16m" in names  # the theme's first colour


def test_alone_it_writes_no_file_and_with_o_it_does_both(
    at_terminal: Terminal, tmp_path: Path
) -> None:
    text = at_terminal(KITTY, *FIGURE, "--show")[1]
    assert list(tmp_path.iterdir()) == []
    film = at_terminal(KITTY, *FIGURE, "--show", "-o", "a.gif", "-o", "a.csv")[1]
    assert {path.name for path in tmp_path.iterdir()} == {"a.gif", "a.csv"}
    assert film.endswith("a.gif\na.csv\n")
    assert film.startswith(text)  # of a film the last frame, which is the still picture


@pytest.mark.parametrize(
    "line",
    ["plot loss log.jsonl -q", "explain --diff adam gd -q", "compare -n 3 -q", "inspect -q",
     "sweep --over eta=[0.1,0.2] -q"],
)  # fmt: skip
def test_every_command_that_draws_shows_its_picture(
    line: str, at_terminal: Terminal, tmp_path: Path
) -> None:
    assert cli.main(["run", "-q", "-o", "log.jsonl"]) == 0
    status, text = at_terminal(KITTY, *line.split(), "--show")
    assert status == 0
    assert text.count("\x1b_Ga=T,") == 1
    assert "m=0;" in text
    assert [path.name for path in tmp_path.iterdir()] == ["log.jsonl"]


def test_the_verdict_is_printed_beside_its_picture(at_terminal: Terminal) -> None:
    text = at_terminal(KITTY, "inspect", "--show")[1]
    assert text.startswith("\x1b_Ga=T,")
    assert "eigenvalue" in text


@pytest.mark.parametrize(
    ("environment", "more", "reason"),
    [
        ({"TERM": "dumb"}, [], "TERM=dumb"),
        ({"TERM": "vt100"}, [], "vt100"),
        (PLAIN | {"NO_COLOR": "1"}, [], "NO_COLOR"),
        (PLAIN, ["--no-color"], "--no-color"),
        (KITTY, ["--json"], "both want standard output"),
        (KITTY, ["-o", "-", "--format", "csv"], "both want standard output"),
    ],
)
def test_what_cannot_be_shown_is_refused_before_anything_runs(
    environment: dict[str, str], more: list[str], reason: str, at_terminal: Terminal, tmp_path: Path
) -> None:
    status, text = at_terminal(environment, *FIGURE, "--show", *more)
    assert status == 2
    assert reason in text
    assert text.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_blocks_want_an_encoding_that_has_them(at_terminal: Terminal) -> None:
    status, text = at_terminal(PLAIN, *FIGURE, "--show", encoding="ascii")
    assert status == 2
    assert "standard output is in ascii" in text


@pytest.mark.parametrize("command", ["trace", "inspect", "plot trace", "explain --diff adam gd"])
def test_it_never_goes_into_a_pipe(
    command: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main([*command.split(), "--show"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "standard output is none" in err
    assert list(tmp_path.iterdir()) == []


def test_from_the_environment_it_is_dropped_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPTVIZ_SHOW", "1")
    assert cli.main(["trace", "-q"]) == 0
    assert capsys.readouterr().out == "trace.png\n"


@pytest.mark.parametrize(
    ("environment", "protocol", "colours"),
    [
        ({"TERM": "xterm-kitty", "COLORTERM": "truecolor"}, "kitty", "24-bit"),
        ({"TERM": "xterm-ghostty"}, "kitty", ""),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, "kitty", "256"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "iterm2", "256"),
        ({"TERM": "xterm-256color", "LC_TERMINAL": "iTerm2"}, "iterm2", "256"),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "220401"}, "iterm2", "24-bit"),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "211203"}, "blocks", "24-bit"),
        ({"TERM": "tmux-256color", "TMUX": "s", "KITTY_WINDOW_ID": "1"}, "blocks", "256"),
        ({"TERM": "screen", "STY": "1", "LC_TERMINAL": "iTerm2"}, "blocks", ""),
        (
            {"TERM": "xterm-256color", "TERM_PROGRAM": "vscode", "KITTY_WINDOW_ID": "1"},
            "blocks",
            "24-bit",
        ),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, "blocks", "256"),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7003"}, "blocks", "24-bit"),
        ({}, "blocks", ""),
    ],
)
def test_a_terminal_is_known_by_its_environment(
    environment: dict[str, str], protocol: str, colours: str
) -> None:
    assert _terminal.terminal(environment) == (protocol, colours)
