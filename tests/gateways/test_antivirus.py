"""The scanner: a real daemon finds what it must; one that is off or breaks off never says clean."""

import socket
import threading

import pytest

from app.gateways.antivirus import EICAR, TRUST_SECONDS, Trusted, Verdict, from_url, self_check
from tests.servers.clamd import MARKER


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
