"""Chromium without a window, driven over pipes by its debugging protocol."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_FLAGS = (
    "headless no-sandbox disable-gpu disable-quic no-first-run disable-sync hide-scrollbars "
    "disable-background-networking disable-component-update remote-debugging-pipe"
)

# Chromium reads from 3 and writes to 4
_BEGIN = """import os, sys
for end, place in zip(sys.argv[1:3], (33, 34)): os.dup2(int(end), place)
os.dup2(33, 3), os.dup2(34, 4)
os.execv(sys.argv[3], sys.argv[3:])"""


class Tab:
    """A page in Chromium: what it asked for and complained of is in `requests` and `errors`."""

    def __init__(self, to: int, answers: int) -> None:
        self._to, self._answers, self._numbers, self._left = to, answers, count(1), b""
        self._session: dict[str, str] = {}
        self.requests: list[str] = []
        self.errors: list[str] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        attached = self.send("Target.attachToTarget", targetId=target, flatten=True)
        self._session = {"sessionId": attached["sessionId"]}
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **params: Any) -> Any:
        """The result of a method of the protocol; events on the way to it are noted."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": params, **self._session}
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while (found := self._next()).get("id") != number:
            self._note(found)
        assert "error" not in found, found
        return found["result"]

    def open(self, path: Path, **media: str) -> None:
        """Opens a file under media features such as `prefers_color_scheme`."""
        features = [{"name": k.replace("_", "-"), "value": v} for k, v in media.items()]
        self.send("Emulation.setEmulatedMedia", features=features)
        self.send("Page.navigate", url=path.as_uri())
        while (found := self._next()).get("method") != "Page.loadEventFired":
            self._note(found)

    def run(self, script: str) -> Any:
        """The value of a script, awaited."""
        found = self.send(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def press(self, key: str) -> None:
        """A key, down and up."""
        codes = {"Tab": 9, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}
        code = {"windowsVirtualKeyCode": codes.get(key, 32), "key": key, "code": key}
        text = {"text": " "} if key == " " else {}
        self.send("Input.dispatchKeyEvent", type="keyDown", **code, **text)
        self.send("Input.dispatchKeyEvent", type="keyUp", **code)

    def _next(self) -> Any:
        while b"\0" not in self._left:
            part = os.read(self._answers, 1 << 16)
            assert part, "Chromium has ended"
            self._left += part
        found, _, self._left = self._left.partition(b"\0")
        return json.loads(found)

    def _note(self, event: Any) -> None:
        method, params = event.get("method"), event.get("params", {})
        if method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif method in ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled"):
            self.errors.append(json.dumps(params))


@contextmanager
def tab(folder: Path, width: int = 800, height: int = 900) -> Iterator[Tab]:
    """A tab of a Chromium of its own, whose profile is in the folder."""
    (read, to), (answers, write) = os.pipe(), os.pipe()

    flags = [f"--{flag}" for flag in _FLAGS.split()]
    flags += [f"--user-data-dir={folder / 'profile'}", f"--window-size={width},{height}"]
    browser = subprocess.Popen(
        [sys.executable, "-c", _BEGIN, str(read), str(write), str(CHROMIUM), *flags],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(read, write),
    )
    os.close(read)
    os.close(write)
    try:
        yield Tab(to, answers)
    finally:
        browser.terminate()
        browser.wait(timeout=30)
        for end in (to, answers):
            os.close(end)
