"""A page while a crowd of slow clients is there: as `serve` stands, and behind the proxy that is shipped.

The waiting times are compared by `make bench ARGS=slow`; here, a page answers at all.
"""

import http.client
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app import serving
from app.settings import Settings
from tests.operations.test_cli import environment
from tests.servers import nginx
from tests.servers.process import running
from tests.servers.slow_clients import Crowd, coming, silent, slow_file, slow_head
from tests.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.engines("sqlite")]


@pytest.fixture(params=["serve", "nginx"])
def port(request: pytest.FixtureRequest, app: object, settings: Settings, tmp_path: Path) -> Iterator[int]:
    """A process of the web server, with fewer threads than any crowd has clients."""
    with ExitStack() as stack:
        listening = stack.enter_context(serving.listen("127.0.0.1:0"))
        found = listening.getsockname()[1]
        command = serving.web_command(listening, settings)
        server = running(
            command,
            tmp_path / "log",
            lambda: page(found) == 200,
            environment=environment(settings, TRUSTED_PROXIES="1"),
            descriptors=(listening.fileno(),),
        )
        stack.enter_context(server)
        yield stack.enter_context(nginx.before(found)) if request.param == "nginx" else found


def page(port: int) -> int:
    """What a visitor from another address gets: the proxy bounds what each address may hold."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=100, source_address=("127.0.0.2", 0))
    try:
        connection.request("GET", "/fr/")
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def test_a_page_is_there_whoever_is_slow(port: int) -> None:
    crowds = [Crowd(port, 40, act) for act in (silent, slow_head, slow_file)]
    with coming(*crowds):
        until(lambda: sum(crowd.open for crowd in crowds) == 120)
        assert [page(port) for _ in range(5)] == [200] * 5


def test_the_proxy_takes_the_configuration_that_is_shipped(tmp_path: Path) -> None:
    checked = nginx.check(tmp_path)
    assert checked.returncode == 0, checked.stderr
    assert "warn" not in checked.stderr


def test_the_proxy_takes_whole_requests_and_whole_answers() -> None:
    text = nginx.SHIPPED.read_text(encoding="utf-8")
    for line in ("proxy_request_buffering on;", "proxy_buffering on;", "X-Forwarded-For $remote_addr;"):
        assert f" {line}" in text
