"""The scanner: a real daemon finds what it must; one that is off or breaks off never says clean."""

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from app.gateways.antivirus import EICAR, TRUST_SECONDS, Trusted, Verdict, from_url, self_check
from app.variables import BadValue
from tests.servers.clamd import MARKER
from tests.servers.tls import CERTIFICATE, server_context


def test_a_real_daemon_tells_bad_from_good(clamd_url):
    scanner = from_url(clamd_url)
    assert self_check(scanner)
    assert scanner.scan(b"before " + MARKER + b" after") is Verdict.INFECTED
    assert scanner.scan(b"x" * 2_000_000) is Verdict.CLEAN


def test_a_daemon_that_is_off_has_not_scanned():
    scanner = from_url("clamd://127.0.0.1:9")
    assert scanner.scan(EICAR) is Verdict.NOT_SCANNED
    assert not self_check(scanner)
    assert from_url("clamd:/nowhere/clamd.socket").scan(b"x") is Verdict.NOT_SCANNED


@contextmanager
def tunnel(*, encrypted: bool = True) -> Iterator[int]:
    """The port of a scanner behind TLS, or of one that speaks in clear there."""

    class Answer(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            line = server_context().wrap_socket(self.request, server_side=True) if encrypted else self.request
            with suppress(OSError), line, line.makefile("rb") as read:
                data = b""
                read.read(len(b"zINSTREAM\0"))
                while size := int.from_bytes(read.read(4)):
                    data += read.read(size)
                line.sendall(b"stream: Eicar FOUND\0" if EICAR in data else b"stream: OK\0")

        def finish(self) -> None:
            """Close without asking what is left to send."""

    class Quiet(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Somebody who does not believe the certificate goes away."""

    with Quiet(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_a_scanner_behind_tls_is_asked_by_its_certificate_alone(monkeypatch):
    with tunnel() as port:
        assert from_url(f"clamds://127.0.0.1:{port}").scan(b"x") is Verdict.NOT_SCANNED, (
            "nobody vouches for it"
        )
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        scanner = from_url(f"clamds://127.0.0.1:{port}")
        assert self_check(scanner)
        assert scanner.scan(b"y" * 500_000) is Verdict.CLEAN
    with tunnel(encrypted=False) as port:
        assert from_url(f"clamds://127.0.0.1:{port}").scan(EICAR) is Verdict.NOT_SCANNED, (
            "in clear: not at all"
        )
    with pytest.raises(BadValue):
        from_url("clamds:/run/clamd.sock")


@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK but not quite\0"]
)
def test_a_daemon_that_breaks_off_or_complains_has_not_scanned(answer):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        scanner = from_url(f"clamd://127.0.0.1:{server.getsockname()[1]}")
        assert scanner.scan(b"y" * 3_000_000) is Verdict.NOT_SCANNED
        thread.join()


def test_clean_counts_only_from_a_scanner_that_finds_a_virus():
    class Blind:
        finds = False

        def scan(self, data):
            return Verdict.INFECTED if self.finds and EICAR in data else Verdict.CLEAN

    blind, at = Blind(), [1.0]
    scanner = Trusted(blind, clock=lambda: at[0])
    assert scanner.scan(b"x") is Verdict.NOT_SCANNED
    blind.finds = True
    assert scanner.scan(b"x") is Verdict.CLEAN
    assert scanner.scan(EICAR) is Verdict.INFECTED
    blind.finds = False
    at[0] += TRUST_SECONDS
    assert scanner.scan(b"x") is Verdict.NOT_SCANNED


def test_the_demonstration_knows_the_sample_alone():
    assert self_check(from_url("demo:"))


def test_another_scheme_is_a_mistake():
    with pytest.raises(ValueError, match="begins with neither"):
        from_url("http://example.org")
