"""Files in a real browser: what Chromium says of films, and of a picture of two schemes."""

import base64
import io
import json
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from typing import Any

import numpy as np
import pytest
from PIL import Image

from optviz import figures, render, spec
from optviz.scene import Look, Timing

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
KINDS = {"gif": "image/gif", "apng": "image/png", "webp": "image/webp"}
PAGE = """<!doctype html><script>
(async () => {
  const bytes = Uint8Array.from(atob("%s"), c => c.charCodeAt(0));
  const decoder = new ImageDecoder({data: bytes, type: "%s"});
  await decoder.completed; await decoder.tracks.ready;
  const track = decoder.tracks.selectedTrack, lengths = [], inked = [];
  const canvas = document.createElement("canvas"), context = canvas.getContext("2d");
  let width = 0, height = 0;
  for (let i = 0; i < track.frameCount; i++) {
    const {image} = await decoder.decode({frameIndex: i});
    lengths.push(image.duration / 1000); width = image.codedWidth; height = image.codedHeight;
    canvas.width = width; canvas.height = height;
    context.drawImage(image, 0, 0);
    const pixels = context.getImageData(0, 0, width, height).data;
    inked.push(pixels.filter((value, place) => place %% 4 == 3 && value > 0).length);
  }
  return {frames: track.frameCount, repeats: track.repetitionCount, width, height, lengths, inked};
})().catch(error => ({error: String(error)})).then(
  found => fetch("/", {method: "POST", body: JSON.stringify(found)}));
</script>"""
FLAGS = (
    "headless no-sandbox disable-gpu disable-quic no-first-run disable-sync "
    "disable-background-networking disable-component-update"
)


PAPER = """<!doctype html><script>
const picture = new Image();
picture.onload = () => {
  const canvas = document.createElement("canvas"), context = canvas.getContext("2d");
  context.drawImage(picture, 0, 0);
  const paper = [...context.getImageData(2, 2, 1, 1).data];
  fetch("/", {method: "POST", body: JSON.stringify({paper})});
};
picture.src = "data:image/svg+xml;base64,%s";
</script>"""


def shown(page: str, folder: Path, *more: str) -> dict[str, Any]:
    """What the page sends back; from localhost, as ImageDecoder wants a secure place."""
    answers: Queue[bytes] = Queue()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(page.encode())

        def do_POST(self) -> None:
            answers.put(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        flags = [f"--{flag}" for flag in (*FLAGS.split(), *more)]
        place = f"http://127.0.0.1:{server.server_port}/"
        browser = subprocess.Popen(
            [str(CHROMIUM), *flags, f"--user-data-dir={folder / 'profile'}", place],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            return dict(json.loads(answers.get(timeout=90)))
        finally:
            browser.terminate()
            browser.wait(timeout=30)
            server.shutdown()


@pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")
@pytest.mark.parametrize("kind", KINDS)
def test_chromium_decodes_the_film_as_it_was_decided(kind: str, tmp_path: Path) -> None:
    look = Look(size=(320, 240), dpi=50, timing=Timing(duration=2.0, hold=(0.5, 0.5), loop=3))
    runs = [walk.run() for walk in spec.walks(spec.RunSpec())]
    film = tmp_path / f"film.{kind}"
    with film.open("wb") as stream:
        render.write(figures.scene("trace", runs, look), look, kind, stream)
    page = PAGE % (base64.b64encode(film.read_bytes()).decode(), KINDS[kind])
    found = shown(page, tmp_path)
    assert "error" not in found, found
    assert (found["width"], found["height"]) == (320, 240)
    assert found["frames"] == 21
    assert sum(found["lengths"]) == pytest.approx(3000, abs=1)
    # played three times: Chromium counts the repeats after the first
    assert found["repeats"] == 2


@pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")
@pytest.mark.parametrize("fps", [20.0, 50.0])
def test_chromium_clears_what_has_gone_from_a_transparent_film(fps: float, tmp_path: Path) -> None:
    timing = Timing(duration=1.0, hold=(0.2, 0.2), fps=fps)
    look = Look(size=(320, 240), dpi=50, transparent=True, timing=timing)
    runs = [walk.run() for walk in spec.walks(spec.RunSpec())]
    stream = io.BytesIO()
    render.write(figures.scene("rates", runs, look), look, "gif", stream)
    found = shown(PAGE % (base64.b64encode(stream.getvalue()).decode(), "image/gif"), tmp_path)
    with Image.open(stream) as film:
        seen = []
        for index in range(film.n_frames):
            film.seek(index)
            seen.append(int((np.asarray(film.convert("RGBA"))[..., 3] > 0).sum()))
    assert found["inked"] == seen
    assert max(seen) < 320 * 240 / 4


@pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")
@pytest.mark.parametrize(("scheme", "theme"), [("1", "light"), ("0", "dark")])
def test_chromium_shows_the_scheme_of_the_device(scheme: str, theme: str, tmp_path: Path) -> None:
    stream, look = io.BytesIO(), Look(theme="auto")
    runs = [walk.run() for walk in spec.walks(spec.RunSpec())]
    render.write(figures.scene("trace", runs, look), look, "svg", stream)
    page = PAPER % base64.b64encode(stream.getvalue()).decode()
    found = shown(page, tmp_path, f"blink-settings=preferredColorScheme={scheme}")
    paper = {"light": [255, 255, 255, 255], "dark": [0x10, 0x14, 0x1C, 255]}
    assert found["paper"] == paper[theme]
