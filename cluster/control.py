"""How another process asks a running cluster: a line over a socket in its folder, one answer."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import AF_UNIX, SOCK_STREAM, socket
from typing import Any

from cluster import database
from cluster.layout import Layout, Refused
from cluster.supervisor import Supervisor

ORDERS = ("kill", "down", "freeze", "back")


def status(supervisor: Supervisor) -> dict[str, Any]:
    """Return each part as it is, and how the databases follow each other."""
    parts = {}
    for name, part in supervisor.parts.items():
        state = (
            "frozen"
            if part.frozen
            else "down"
            if not part.runs()
            else "answers"
            if part.ready()
            else "silent"
        )
        parts[name] = {"state": state, "process": part.process.pid if part.process else 0}
    return {
        "parts": parts,
        "primary": supervisor.primary(),
        "standbys": database.standbys(supervisor.layout),
        "whole": supervisor.whole(),
    }


@contextmanager
def listening(supervisor: Supervisor, stop: threading.Event) -> Iterator[None]:
    """Take orders until the block ends."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            order, _, name = self.rfile.readline().decode().strip().partition(" ")
            try:
                answer = {"answer": _obey(supervisor, stop, order, name)}
            except Refused as refusal:
                answer = {"refused": str(refusal)}
            self.wfile.write(json.dumps(answer).encode())

    path = _path(supervisor.layout)
    path.unlink(missing_ok=True)
    with socketserver.ThreadingUnixStreamServer(str(path), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        try:
            yield
        finally:
            server.shutdown()
            path.unlink(missing_ok=True)


def _obey(supervisor: Supervisor, stop: threading.Event, order: str, name: str) -> Any:
    if order == "stop":
        stop.set()
    elif order == "status":
        return status(supervisor)
    elif order == "down":
        supervisor.kill(name, stays_down=True)
    elif order in ORDERS:
        getattr(supervisor, order)(name)
    else:
        raise Refused(f"{order} is no order: {', '.join(ORDERS)}, status, stop.")
    return "done"


def ask(layout: Layout, order: str, name: str = "") -> Any:
    """Give an order to the running cluster of a folder and return its answer; Refused without one."""
    try:
        with socket(AF_UNIX, SOCK_STREAM) as line:
            line.settimeout(60)
            line.connect(str(_path(layout)))
            line.sendall(f"{order} {name}\n".encode())
            answer = json.loads(line.makefile().read())
    except OSError as error:
        raise Refused(
            f"No cluster runs in {layout.home}: make cluster ({error.strerror or error})."
        ) from None
    if "refused" in answer:
        raise Refused(answer["refused"])
    return answer["answer"]


def _path(layout: Layout) -> Path:
    return layout.home / "orders"
