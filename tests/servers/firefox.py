"""Firefox, driven through Marionette, the protocol that it speaks itself: no driver besides it is needed."""

import json
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.servers.process import answers, free_port, running
from tests.servers.windows import Window
from tooling.parts import MissingPart, from_debian

NAMES = ("firefox-esr", "firefox")
# Nothing is fetched but what a test asks for, and nobody is greeted.
PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.safebrowsing.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "startup.homepage_welcome_url": "",
    "toolkit.telemetry.enabled": False,
}


def program() -> str:
    """Firefox, from the PATH or Debian's package as root."""
    if found := _found():
        return found
    if from_debian("--no-install-recommends", "firefox-esr") and (found := _found()):
        return found
    raise MissingPart("Firefox is missing: install firefox-esr.")


def _found() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Firefox(Window):
    """A window of the browser."""

    def __init__(self, port: int) -> None:
        self.line = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.incoming = self.line.makefile("rb")
        self.count = 0
        self._read()  # it says its name first
        self._ask("WebDriver:NewSession")

    def _read(self) -> Any:
        """The next message: its length, a colon, and that many bytes."""
        length = b""
        while not length.endswith(b":"):
            read = self.incoming.read(1)
            assert read, "Firefox has hung up"
            length += read
        return json.loads(self.incoming.read(int(length[:-1])))

    def _ask(self, command: str, **given: Any) -> Any:
        self.count += 1
        message = json.dumps([0, self.count, command, given]).encode()
        self.line.sendall(b"%d:%s" % (len(message), message))
        _kind, number, error, result = self._read()
        assert number == self.count
        assert error is None, f"{command}: {error}"
        return result["value"] if isinstance(result, dict) and "value" in result else result

    def open(self, address: str) -> None:
        self._ask("WebDriver:Navigate", url=address)

    def run(self, script: str, *given: Any) -> Any:
        return self._ask("WebDriver:ExecuteScript", script=script, args=list(given))

    def press(self, element: str) -> None:
        self._ask("WebDriver:ElementClick", id=element)

    def type_into(self, element: str, text: str) -> None:
        self._ask("WebDriver:ElementSendKeys", id=element, text=text)

    def place(self) -> str:
        return str(self._ask("WebDriver:GetCurrentURL"))

    def close(self) -> None:
        self._ask("Marionette:Quit", flags=["eForceQuit"])
        self.incoming.close()
        self.line.close()


@contextmanager
def firefox() -> Iterator[Firefox]:
    """Run the browser until the block ends."""
    browser, port = program(), free_port()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        chosen = {**PREFERENCES, "marionette.port": port}
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in chosen.items()]
        (home / "user.js").write_text("".join(lines), encoding="utf-8")
        command = [browser, "--headless", "--marionette", "--no-remote", "--profile", folder]
        with running(
            command, home / "firefox.log", lambda: answers(port), environment={"HOME": folder}, seconds=90
        ):
            window = Firefox(port)
            yield window
            window.close()
