"""A real browser for tests: Chromium, told what to do through two pipes."""

import json
import os
import select
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "headless no-sandbox disable-gpu disable-quic no-first-run disable-sync hide-scrollbars "
    "disable-background-networking disable-component-update remote-debugging-pipe"
)
KEYS = {
    "ArrowDown": 40, "ArrowLeft": 37, "ArrowRight": 39, "ArrowUp": 38, "End": 35, "Enter": 13,
    "Escape": 27, "Home": 36, "PageDown": 34, "PageUp": 33, "Tab": 9,
}  # fmt: skip


# What the DevTools protocol calls the sources of log entries, and issues, that a page causes. The
# others are Chromium's own: advice, deprecations, and remarks about the machine that it runs on.
SOURCES = {"xml", "javascript", "network", "storage", "security"}
ISSUES = {
    "ContentSecurityPolicyIssue",
    "MixedContentIssue",
    "BlockedByResponseIssue",
    "CorsIssue",
    "StylesheetLoadingIssue",
    "CookieIssue",
}


def caused(event: dict[str, Any]) -> bool:
    """Whether an event tells of something wrong that the page has done."""
    params = event.get("params", {})
    match event.get("method"):
        case "Runtime.exceptionThrown":
            return True
        case "Log.entryAdded":
            entry = params["entry"]
            return entry["source"] in SOURCES and entry["level"] in ("warning", "error")
        case "Audits.issueAdded":
            return params["issue"]["code"] in ISSUES
    return False


class Browser:
    """Chromium with one tab, by the DevTools protocol; `events` is all that it has told."""

    def __init__(self, folder: Path) -> None:
        (theirs, self._to), (self._from, ours) = os.pipe(), os.pipe()
        flags = [f"--{flag}" for flag in FLAGS.split()]
        wired = f'exec "$@" 3<&{theirs} 4>&{ours}'  # the protocol wants these two numbers
        self._process = subprocess.Popen(
            ["bash", "-c", wired, "bash", str(CHROMIUM), *flags, f"--user-data-dir={folder}"],
            pass_fds=(theirs, ours),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs)
        os.close(ours)
        self._left, self._count, self.session = b"", 0, ""
        self.events: list[dict[str, Any]] = []
        tab = self.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.send("Target.attachToTarget", targetId=tab, flatten=True)["sessionId"]
        for part in ("Page", "Runtime", "Log", "Network", "Audits"):
            self.send(f"{part}.enable")

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Sends one command and returns its result."""
        self._count += 1
        session = {"sessionId": self.session} if self.session else {}
        message = {"id": self._count, "method": method, "params": params, **session}
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != self._count:
            self.events.append(answer)
        assert "error" not in answer, (method, answer)
        return dict(answer["result"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._left:
            ready, _, _ = select.select([self._from], [], [], 60)
            part = os.read(self._from, 1 << 20) if ready else b""
            assert part, "the browser has died, or hangs"
            self._left += part
        one, _, self._left = self._left.partition(b"\0")
        return dict(json.loads(one))

    def wait(self, method: str) -> dict[str, Any]:
        """The next event of that name."""
        while (event := self._next()).get("method") != method:
            self.events.append(event)
        self.events.append(event)
        return dict(event["params"])

    def open(self, address: str) -> None:
        """Goes to a page, by way of an empty one, and waits until it has loaded."""
        self.send("Page.navigate", url="about:blank")
        self.wait("Page.loadEventFired")
        self.events.clear()
        self.send("Page.navigate", url=address)
        self.wait("Page.loadEventFired")

    def run(self, script: str) -> Any:
        """The value of an expression in the page, a promise waited for; as if a user had acted."""
        how = {"returnByValue": True, "awaitPromise": True, "userGesture": True}
        answer = self.send("Runtime.evaluate", expression=script, **how)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def settle(self) -> None:
        """Waits until the page has drawn itself twice."""
        self.run("new Promise(f => requestAnimationFrame(() => requestAnimationFrame(f)))")

    def press(self, *keys: str) -> None:
        """Presses keys, one after the other."""
        for key in keys:
            told: dict[str, Any] = {"key": key}
            if key in KEYS:
                told |= {"code": key, "windowsVirtualKeyCode": KEYS[key]}
            typed = (
                {"text": "\r" if key == "Enter" else key}
                if key not in KEYS or key == "Enter"
                else {}
            )
            self.send("Input.dispatchKeyEvent", type="keyDown", **told, **typed)
            self.send("Input.dispatchKeyEvent", type="keyUp", **told)
        self.settle()

    def complaints(self) -> list[dict[str, Any]]:
        """Errors, warnings and broken rules that the page has caused since it was opened."""
        return [event for event in self.events if caused(event)]

    def close(self) -> None:
        """Ends the browser."""
        self._process.terminate()
        self._process.wait(timeout=30)
        os.close(self._to)
        os.close(self._from)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests; skips where there is none."""
    if not CHROMIUM:
        pytest.skip("chromium is not installed")
    made = Browser(tmp_path_factory.mktemp("profile"))
    yield made
    made.close()
