"""Chromium as a person runs it, told what to do over its own protocol: Playwright keeps a browser from opening pages
ahead, and whether a page was there before it was asked for is what tests and benchmarks of that want to know.

https://chromedevtools.github.io/devtools-protocol/ describes the messages.
"""

import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.viz.browsing import CHROMIUM, WIDE

LISTENS = "DevToolsActivePort"
"""File of the profile in which the browser says where it listens: a port, then a path."""
PATIENCE = 60.0
"""Seconds after which what was waited for will not come."""
POLL, LOOK = 0.01, 0.05
"""Seconds between two looks at what the browser says, and at what a page has come to."""
TABS = [{"type": "tab"}]
PAGES = [{"type": "page"}]


class Tab:
    """One tab: the page that it shows, and those that wait in it to be shown.

    at_start  script that each page runs before any of its own
    """

    def __init__(self, connection: ClientConnection, at_start: str = "") -> None:
        self._connection = connection
        self._at_start = at_start
        self._sent = 0
        self._replies: dict[int, dict[str, Any]] = {}
        self._pages: dict[str, dict[str, Any]] = {}  # session -> what the browser says of its page
        self._sessions: dict[str, str] = {}  # id of a target -> session
        self._addresses: dict[str, str] = {}  # session -> where its page is
        follow = {"autoAttach": True, "flatten": True, "waitForDebuggerOnStart": False, "filter": TABS}
        self._send("Target.setAutoAttach", follow)
        self._until(lambda: self._pages)
        self.evaluate("0")  # once it answers, it has what was asked of it before

    @property
    def waiting(self) -> list[str]:
        """The addresses of the pages that wait to be shown."""
        self._take(0)
        return [self._addresses.get(session, "") for session, page in self._pages.items() if _waits(page)]

    def open(self, url: str) -> None:
        """Go to an address, as by typing it."""
        self._send("Page.navigate", {"url": url}, self._shown)

    def evaluate(self, script: str) -> Any:
        """What an expression gives in the page that is shown. Raises RuntimeError where it fails."""
        asked = {"expression": script, "returnByValue": True, "awaitPromise": True}
        told = self._send("Runtime.evaluate", asked, self._shown)
        if "exceptionDetails" in told:
            raise RuntimeError(f"{script}: {told['exceptionDetails']['text']}")
        return told["result"].get("value")

    def wait(self, script: str) -> Any:
        """The first value of an expression that is true, in whichever page is shown then. Raises TimeoutError."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                found = self.evaluate(script)
            except (RuntimeError, LookupError):  # a page that goes, or none yet
                found = None
            if found:
                return found
            self.pause(LOOK)
        raise TimeoutError(f"{script} did not come true in {PATIENCE:.0f} s")

    def pause(self, seconds: float) -> None:
        """Do nothing, while the browser goes on: a page that begins meanwhile waits for this to take notice of it."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._take(POLL)

    def choose(self, name: str, value: str) -> None:
        """Choose an option of the first filter with this name."""
        self.evaluate(
            f"""(() => {{
              const field = document.querySelector('form[data-filters] [name="{name}"]');
              field.value = {json.dumps(value)};
              field.dispatchEvent(new Event("change", {{ bubbles: true }}));
            }})()"""
        )

    def move(self, selector: str) -> dict[str, Any]:
        """Bring the pointer over the middle of an element; gives where that is."""
        x, y = self.evaluate(
            f"""(() => {{
              const element = document.querySelector({json.dumps(selector)});
              element.scrollIntoView({{ block: "nearest" }});
              const box = element.getBoundingClientRect();
              return [box.x + box.width / 2, box.y + box.height / 2];
            }})()"""
        )
        self._send("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x, "y": y}, self._shown)
        return {"x": x, "y": y, "button": "left", "clickCount": 1}

    def click(self, selector: str) -> None:
        """Press the mouse on an element, without waiting for what comes of it."""
        at = self.move(selector)
        self._send("Input.dispatchMouseEvent", {"type": "mousePressed", **at}, self._shown)
        self._post("Input.dispatchMouseEvent", {"type": "mouseReleased", **at}, self._shown)

    @property
    def _shown(self) -> str:
        self._take(0)
        shown = [session for session, page in self._pages.items() if not _waits(page)]
        if not shown:
            raise LookupError("the tab shows no page")
        return shown[-1]

    def _post(self, method: str, params: Mapping[str, Any], session: str | None = None) -> int:
        self._sent += 1
        message = {"id": self._sent, "method": method, "params": params}
        self._connection.send(json.dumps(message | ({"sessionId": session} if session else {})))
        return self._sent

    def _send(self, method: str, params: Mapping[str, Any], session: str | None = None) -> dict[str, Any]:
        number = self._post(method, params, session)
        self._until(lambda: number in self._replies or (session and session not in self._sessions.values()))
        told = self._replies.pop(number, {"error": {"message": "the page is gone"}})
        if "error" in told:
            raise LookupError(f"{method}: {told['error']['message']}")
        result: dict[str, Any] = told["result"]
        return result

    def _until(self, there: Callable[[], object]) -> None:
        until = time.monotonic() + PATIENCE
        while not there():
            if time.monotonic() > until:
                raise TimeoutError(f"the browser said nothing for {PATIENCE:.0f} s")
            self._take(POLL)

    def _take(self, patience: float) -> None:
        """Take in what the browser has said, and wait so long for it where it has said nothing."""
        while True:
            try:
                message = json.loads(self._connection.recv(timeout=patience))
            except TimeoutError:
                return
            patience = 0
            if "id" in message:
                self._replies[message["id"]] = message
            else:
                self._told(message["method"], message.get("params", {}), message.get("sessionId", ""))

    def _told(self, event: str, params: Mapping[str, Any], within: str) -> None:
        if event == "Target.attachedToTarget":
            session, target = params["sessionId"], params["targetInfo"]
            self._sessions[target["targetId"]] = session
            if target["type"] == "tab":
                follow = {"autoAttach": True, "flatten": True, "waitForDebuggerOnStart": True, "filter": PAGES}
                self._post("Target.setAutoAttach", follow, session)
                return
            self._pages[session] = target
            self._post("Page.enable", {}, session)
            self._post("Page.addScriptToEvaluateOnNewDocument", {"source": self._at_start}, session)
            self._post("Runtime.runIfWaitingForDebugger", {}, session)
        elif event == "Target.targetInfoChanged":
            session = self._sessions.get(params["targetInfo"]["targetId"], "")
            if session in self._pages:
                self._pages[session] = params["targetInfo"]
        elif event == "Page.frameNavigated" and "parentId" not in params["frame"]:
            self._addresses[within] = params["frame"]["url"]
        elif event == "Target.detachedFromTarget":
            self._pages.pop(params["sessionId"], None)
            self._sessions = {t: session for t, session in self._sessions.items() if session != params["sessionId"]}


def _waits(page: Mapping[str, Any]) -> bool:
    return bool(page.get("subtype") == "prerender")


@contextmanager
def browser(flags: Sequence[str], at_start: str = "") -> Iterator[Tab]:
    """The tab of a browser with a profile of its own; `at_start` as Tab has it."""
    with tempfile.TemporaryDirectory(prefix="concert-", ignore_cleanup_errors=True) as profile:
        asked = ["--headless", "--remote-debugging-port=0", f"--user-data-dir={profile}"]
        asked += [f"--window-size={WIDE['width']},{WIDE['height']}", *flags, "about:blank"]
        with subprocess.Popen([CHROMIUM, *asked], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                with connect(_address(Path(profile)), max_size=None, proxy=None) as connection:
                    yield Tab(connection, at_start)
            finally:
                process.terminate()


def _address(profile: Path) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        told = (profile / LISTENS).read_text().split() if (profile / LISTENS).exists() else []
        if len(told) == 2:
            return f"ws://127.0.0.1:{told[0]}{told[1]}"
        time.sleep(LOOK)
    raise TimeoutError(f"the browser did not start in {PATIENCE:.0f} s")
