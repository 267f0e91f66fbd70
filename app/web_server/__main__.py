"""One process of the web server: `python -m app.web_server FD PARENT THREADS MODULE:APPLICATION`."""

import importlib
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

from waitress.adjustments import Adjustments

from app import outside
from app.storage.database import MAX_CONNECTIONS
from app.web.http.sizes import MAX_REQUEST_BYTES, MAX_TEXT_BYTES
from app.web_server.channels import TcpServer, UnixServer, most_connections, with_text_limit
from app.web_server.threads import Threads

GRACE_SECONDS = 3.0  # to finish what is being answered; the rest of an upload does not come in seconds
LOOK_SECONDS = 0.2
HEAD_BYTES = 32_000
ARCHIVE_BYTES = 64_000_000  # of an answer, on the disk, before the thread that makes it waits for the reader


def make_server(application: Any, listening: socket.socket, threads: int) -> Any:
    """Return a server of an application on a socket that listens already; it answers once `serve` is called."""
    dispatcher = Threads(threads, max(threads, MAX_CONNECTIONS))
    outside.lend_threads(dispatcher.lent)
    most = most_connections()
    connections: dict[int, Any] = {}
    adjustments = Adjustments(
        sockets=[listening],
        ident=None,
        # The application believes as many proxies as TRUSTED_PROXIES says, see app.factory.
        clear_untrusted_proxy_headers=False,
        max_request_header_size=HEAD_BYTES,
        max_request_body_size=MAX_REQUEST_BYTES + 1,  # waitress refuses from this length on
        outbuf_high_watermark=ARCHIVE_BYTES,
        connection_limit=most + 100,  # beyond ours: there, it would stop taking connections
        cleanup_interval=1,
        asyncore_use_poll=True,
        backlog=socket.SOMAXCONN,
        log_socket_errors=False,  # a client that goes away is no error
    )
    kind = UnixServer if listening.family == socket.AF_UNIX else TcpServer
    server = kind(
        application,
        map=connections,
        _sock=listening,
        dispatcher=dispatcher,
        adj=with_text_limit(adjustments, MAX_TEXT_BYTES + 1),
        sockinfo=(listening.family, listening.type, listening.proto, listening.getsockname()),
        bind_socket=False,
    )
    server.most, server.connections = most, connections
    return server


def serve(server: Any, told_to_stop: Callable[[], bool]) -> None:
    """Answer until told to stop, then until what is being answered is answered, for some seconds at most."""
    while not told_to_stop():
        server.turn_once(LOOK_SECONDS)
    server.refuse_connections()
    ends = time.monotonic() + GRACE_SECONDS
    while server.busy() and time.monotonic() < ends:
        server.turn_once(LOOK_SECONDS)


def quiet_logs() -> None:
    """Keep addresses, which may hold a token, out of what waitress says, and its notes on queues out of the log."""
    logging.getLogger("waitress").setLevel(logging.WARNING)
    logging.getLogger("waitress").addFilter(without_address)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def without_address(record: logging.LogRecord) -> bool:
    """Cut what a message says from the first slash on."""
    record.msg, record.args = record.getMessage().partition("/")[0].strip(), ()
    return True


def main(descriptor: int, parent: int, threads: int, target: str) -> None:
    """Serve on a socket that was handed over, until SIGTERM; Ctrl-C of the terminal is left to the parent."""
    stop = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    quiet_logs()
    module, _, name = target.partition(":")
    application = getattr(importlib.import_module(module), name)
    # A parent that was killed cannot say so: its next start would find the port taken.
    serve(
        make_server(application, socket.socket(fileno=descriptor), threads),
        lambda: stop.is_set() or os.getppid() != parent,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
