"""Where each part of the cluster is: its port, its folder, the account that it runs under."""

import shutil
import socket
from dataclasses import dataclass
from pathlib import Path

from app.settings import ROOT
from tests.servers.postgres import unprivileged_user

HOST = "127.0.0.1"
BASE_PORT = 18100
WEB, WORKERS, POOLERS, STORES = 3, 2, 2, 2
DATABASES, ETCD, DEVICES = 3, 3, 3  # a majority of three goes on without one
SECRET = "secret-of-the-cluster"  # of the three databases: invented people only, on the loopback address

_PORTS = (
    "people", "web", "primary", "replicas", "pooler", "files", "outside", "mail",
    *(f"{kind}{number}" for kind in ("web", "db", "rest", "etcd", "peer") for number in (1, 2, 3)),
    *(f"{kind}{number}" for kind in ("pooler", "store") for number in (1, 2)),
    *(f"{kind}{number}" for kind in ("account", "container", "object") for number in (1, 2, 3)),
)  # fmt: skip


class Refused(Exception):
    """Raised when the cluster cannot start; the message says what to do."""


@dataclass(frozen=True)
class Layout:
    """Ports from `base` on, and folders under `home`."""

    home: Path
    base: int = BASE_PORT

    @property
    def user(self) -> str | None:
        """The account of the databases and poolers, which refuse root; None when this is not root."""
        return unprivileged_user()

    def port(self, name: str) -> int:
        """The port of a part."""
        return self.base + _PORTS.index(name)

    def at(self, name: str) -> str:
        """The address of a part, `host:port`."""
        return f"{HOST}:{self.port(name)}"

    def folder(self, name: str, user: str | None = None) -> Path:
        """The folder of a part, made if it is missing, closed to other accounts."""
        made = self.home / name
        made.mkdir(mode=0o700, parents=True, exist_ok=True)
        if user:
            own(made, user)
        return made

    def write(self, name: str, text: str, user: str | None = None) -> Path:
        """Write a file under `home`, for one account."""
        path = self.home / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        if user:
            own(path, user)
        return path

    def refuse_taken_ports(self) -> None:
        """Raise Refused if another program listens where a part would."""
        for name in _PORTS:
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind((HOST, self.port(name)))
                except OSError:
                    raise Refused(
                        f"Port {self.port(name)} is taken: end what listens there, or give another --port."
                    ) from None


def own(path: Path, user: str) -> None:
    """Give a file to an account."""
    shutil.chown(path, user, user)


def default_home(user: str | None) -> Path:
    """Return `var/cluster`; Refused where the account of the databases cannot reach it."""
    if user and not all(parent.stat().st_mode & 0o001 for parent in (ROOT, *ROOT.parents)):
        raise Refused(
            f"PostgreSQL refuses root, and its account ({user}) cannot enter {ROOT}: run as an ordinary user, or move "
            "the code to a folder that others may enter."
        )
    return ROOT / "var" / "cluster"
