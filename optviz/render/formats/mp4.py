"""MP4: a film for slides and video, encoded by ffmpeg."""

import importlib.util
import shutil
import subprocess
from typing import IO

import numpy as np

from optviz.errors import NoEffect, WorldError
from optviz.files import atomic
from optviz.render.format import Moving, Watch
from optviz.scene import Look
from optviz.scene.film import Film

_RATE = 30  # frames a second: what every player and slide program takes


class Mp4(Moving):
    """H.264 at 30 frames a second; needs ffmpeg on the PATH, or `pip install 'optviz[mp4]'`."""

    suffix = ".mp4"
    says = "video for slides; needs ffmpeg, or optviz[mp4]"
    resolution = False

    @classmethod
    def check(cls, look: Look) -> None:
        super().check(look)
        if look.transparent:
            reason = "a video has a background; leave it out, or take gif, apng or webp"
            raise NoEffect("transparent", reason)
        ffmpeg()

    def encode(self, made: Film, look: Look, stream: IO[bytes], watch: Watch) -> None:
        from optviz.render.draw.figure import settings

        program = ffmpeg()
        with settings(), atomic.scratch() as folder:
            target = folder / "film.mp4"  # ffmpeg wants to seek in what it writes
            with (folder / "said").open("w+b") as said:
                process = subprocess.Popen(
                    [program, *_arguments(look, made.scene.alt), str(target)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=said,
                )
                try:
                    _feed(process, made, look, watch)
                finally:
                    process.kill() if process.poll() is None else None
                said.seek(0)
                if process.returncode != 0:
                    why = said.read().decode(errors="replace").strip().splitlines()
                    raise WorldError("encode", "the film", why[-1] if why else "ffmpeg failed")
            with target.open("rb") as done:
                shutil.copyfileobj(done, stream)


def ffmpeg() -> str:
    """The path of ffmpeg. Raises `WorldError` where there is none."""
    if found := shutil.which("ffmpeg"):
        return found
    if importlib.util.find_spec("imageio_ffmpeg"):
        import imageio_ffmpeg

        return str(imageio_ffmpeg.get_ffmpeg_exe())
    raise WorldError("make", "an mp4", "there is no ffmpeg; install it, or pip install optviz[mp4]")


def _arguments(look: Look, alt: str) -> list[str]:
    width, height = look.size
    return [
        "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgba", "-s", f"{width}x{height}",
        "-r", str(_RATE), "-i", "-", "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2:color=white",
        "-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-pix_fmt", "yuv420p",
        "-threads", "4", "-movflags", "+faststart", "-map_metadata", "-1", "-fflags", "+bitexact",
        "-flags:v", "+bitexact", "-metadata", f"comment={alt[:1000]}",
    ]  # fmt: skip


def _feed(process: "subprocess.Popen[bytes]", made: Film, look: Look, watch: Watch) -> None:
    """Each frame as often as its time asks for at a steady rate."""
    from optviz.render.fast.stage import Stage

    assert process.stdin
    ends = np.round(np.cumsum(made.milliseconds) * _RATE / 1000).astype(int)
    times = np.diff(np.concatenate([[0], ends]))
    times[-1] = max(times[-1], 1)
    try:
        for index, frame in enumerate(Stage(made, look).frames()):
            watch(index + 1, len(made))
            data = frame.pixels.tobytes()
            for _ in range(int(times[index])):
                process.stdin.write(data)
        process.stdin.close()
    except BrokenPipeError:
        pass  # ffmpeg has gone: what it said is the reason
    process.wait()
