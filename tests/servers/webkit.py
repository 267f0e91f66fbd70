"""WebKit, the engine of every iPhone, driven by WebDriver: Debian’s driver and small browser on an own screen."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.servers.process import answers, free_port, running
from tests.servers.windows import Window
from tooling.parts import MissingPart, from_debian

PACKAGES = ("webkit2gtk-driver", "xvfb")
USER = "nobody"  # WebKit refuses to be root
SCREEN = 77


def programs() -> tuple[str, str, str]:
    """The driver, the browser and the screen, from the PATH or Debian's packages as root."""
    if found := _found():
        return found
    if from_debian("--no-install-recommends", *PACKAGES) and (found := _found()):
        return found
    raise MissingPart(f"WebKit is missing: install {' and '.join(PACKAGES)}.")


def _found() -> tuple[str, str, str] | None:
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browsers = sorted(Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser"))
    return (driver, str(browsers[-1]), screen) if driver and screen and browsers else None


class WebKit(Window):
    """A window of the browser."""

    def __init__(self, port: int, browser: str) -> None:
        self.address = f"http://127.0.0.1:{port}"
        options = {"binary": browser, "args": ["--automation"]}
        wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        self.address += f"/session/{self._send('POST', '/session', wanted)['sessionId']}"

    def _send(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.address + path, data, {"Content-Type": "application/json"}, method=method)
        with urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def open(self, address: str) -> None:
        self._send("POST", "/url", {"url": address})

    def run(self, script: str, *given: Any) -> Any:
        return self._send("POST", "/execute/sync", {"script": script, "args": list(given)})

    def press(self, element: str) -> None:
        self._send("POST", f"/element/{element}/click", {})

    def type_into(self, element: str, text: str) -> None:
        self._send("POST", f"/element/{element}/value", {"text": text})

    def place(self) -> str:
        return str(self._send("GET", "/url"))

    def close(self) -> None:
        self._send("DELETE", "")


@contextmanager
def webkit() -> Iterator[WebKit]:
    """Run the browser until the block ends."""
    driver, browser, screen = programs()
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o777)
        given = {
            "HOME": folder, "XDG_RUNTIME_DIR": folder, "DISPLAY": f":{SCREEN}", "GDK_BACKEND": "x11",
            "LIBGL_ALWAYS_SOFTWARE": "1", "WEBKIT_DISABLE_COMPOSITING_MODE": "1", "PATH": "/usr/bin:/bin",
        }  # fmt: skip
        socket = Path(f"/tmp/.X11-unix/X{SCREEN}")
        with (
            running([screen, f":{SCREEN}", "-screen", "0", "800x900x24"], home / "screen.log", socket.exists),
            running(
                [driver, f"--port={port}"],
                home / "driver.log",
                lambda: answers(port),
                user=USER,
                environment=given,
            ),
        ):
            window = WebKit(port, browser)
            yield window
            window.close()
