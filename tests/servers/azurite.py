"""An Azure Blob service with real signatures: Microsoft's Azurite, from npm."""

import base64
import hashlib
import hmac
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import formatdate
from functools import partial
from pathlib import Path
from urllib.request import Request, urlopen

from tests.servers.process import answers, free_port, running
from tooling.npm import from_npm, node_command

# Azurite has this account and no other.
ACCOUNT = "devstoreaccount1"
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
VERSION = "2021-08-06"


@dataclass(frozen=True)
class Azurite:
    """A running Azure Blob service."""

    endpoint: str

    def environment(self) -> dict[str, str]:
        """The variables every tool of Azure reads."""
        return {"AZURE_STORAGE_ACCOUNT_NAME": ACCOUNT, "AZURE_STORAGE_ACCOUNT_KEY": KEY}

    def make_container(self, name: str) -> None:
        """Create a container with a PUT signed by hand: object store libraries cannot make one."""
        date = formatdate(usegmt=True)
        headers = f"x-ms-date:{date}\nx-ms-version:{VERSION}\n"
        text = "PUT" + "\n" * 12 + f"{headers}/{ACCOUNT}/{ACCOUNT}/{name}\nrestype:container"
        signed = base64.b64encode(hmac.digest(base64.b64decode(KEY), text.encode(), hashlib.sha256)).decode()
        given = {"x-ms-date": date, "x-ms-version": VERSION, "Content-Length": "0"}
        given["Authorization"] = f"SharedKey {ACCOUNT}:{signed}"
        url = f"{self.endpoint}/{name}?restype=container"
        urlopen(Request(url, method="PUT", headers=given), timeout=100).close()


def program() -> Path:
    """The script that starts it."""
    return from_npm("azurite") / "azurite" / "dist" / "src" / "blob" / "main.js"


@contextmanager
def azurite() -> Iterator[Azurite]:
    """Run an Azure Blob service without any container until the block ends."""
    home = Path(tempfile.mkdtemp(prefix="guichet-azurite-"))
    port = free_port()
    options = ["--blobPort", str(port), "--location", str(home), "--silent", "--disableTelemetry"]
    command = [node_command(), str(program()), *options, "--skipApiVersionCheck"]  # of a client that is newer
    try:
        with running(command, home / "azurite.log", partial(answers, port), seconds=120):
            yield Azurite(f"http://127.0.0.1:{port}/{ACCOUNT}")
    finally:
        shutil.rmtree(home, ignore_errors=True)
