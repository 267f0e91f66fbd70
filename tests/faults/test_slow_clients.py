"""Every kind of slow client at once, as many as `make bench ARGS=slow` brings, for as long as deadlines take twice."""

import threading
from pathlib import Path

import pytest

from app import serving
from app.settings import Settings
from tests.operations.test_cli import environment
from tests.servers.process import running
from tests.servers.slow_clients import KINDS, Crowd, coming
from tests.waiting import until
from tests.web_server.test_crowds import page

MINUTE = 60  # three times the longest that a client may keep a connection without anything moving


@pytest.mark.engines("sqlite")
def test_pages_are_answered_whoever_is_slow(app: object, settings: Settings, tmp_path: Path) -> None:
    with serving.listen("127.0.0.1:0") as listening:
        port = listening.getsockname()[1]
        server = running(
            serving.web_command(listening, settings),
            tmp_path / "log",
            lambda: page(port) == 200,
            environment=environment(settings),
            descriptors=(listening.fileno(),),
        )
        with server:
            crowds = [Crowd(port, many, act) for act, many in KINDS.values()]
            minute = threading.Event()
            threading.Timer(MINUTE, minute.set).start()
            asked, answered = 0, 0
            with coming(*crowds):
                until(lambda: sum(crowd.open for crowd in crowds) > 500)
                while not minute.wait(0.1):
                    asked, answered = asked + 1, answered + (page(port) == 200)
    closed = sum(crowd.closed for crowd in crowds)
    print(f"{asked} pages asked, {answered} answered; {closed} slow connections were closed by the server")
    assert answered == asked
    assert closed > 500, "nobody is let go"
