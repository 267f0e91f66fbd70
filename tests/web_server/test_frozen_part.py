"""More people than threads wait for a register that hangs: others are answered, and they read what to do."""

import http.client
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest

from app import serving
from app.settings import Settings
from tests.operations.test_cli import environment
from tests.servers.freezing import Freezing, freezing
from tests.servers.process import free_port, running
from tests.waiting import until
from tests.web.accounts import TYPED

pytestmark = [pytest.mark.slow, pytest.mark.engines("sqlite")]
IDENTIFY = "/fr/compte/creer"
PEOPLE = 4


@pytest.fixture
def frozen() -> Iterator[Freezing]:
    """What stands where the register is, and answers nothing."""
    with freezing(free_port()) as proxy:
        proxy.freeze()
        yield proxy


@pytest.fixture
def port(app: object, settings: Settings, frozen: Freezing, tmp_path: Path) -> Iterator[int]:
    """A process of the web server with one thread."""
    given = environment(settings, WEB_THREADS="1") | {"REGISTER_URL": f"http://127.0.0.1:{frozen.port}/"}
    with serving.listen("127.0.0.1:0") as listening:
        found = listening.getsockname()[1]
        command = [*serving.web_command(listening, settings)[:-2], "1", "tests.web_server.long_waits:app"]
        with running(
            command,
            tmp_path / "log",
            lambda: ask(found, "GET", "/fr/")[0] == 200,
            environment=given,
            descriptors=(listening.fileno(),),
        ):
            yield found


def ask(port: int, method: str, path: str, body: str = "", cookie: str = "") -> tuple[int, str, str]:
    """Return the status, the text and the cookie of an answer; status 0 where there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=100)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    try:
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        given = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        return answer.status, answer.read().decode(), given
    except OSError:
        return 0, "", ""
    finally:
        connection.close()


def test_others_are_answered_while_people_wait_for_the_register(port: int, frozen: Freezing) -> None:
    forms = []
    for number in range(PEOPLE):
        _status, page, cookie = ask(port, "GET", IDENTIFY)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token
        forms.append(
            (urlencode({**TYPED, "number": f"99200001{number}3", "csrf_token": token.group(1)}), cookie)
        )
    with ThreadPoolExecutor(PEOPLE) as people:
        sent = [people.submit(ask, port, "POST", IDENTIFY, body, cookie) for body, cookie in forms]
        until(lambda: frozen.came == PEOPLE)
        assert ask(port, "GET", "/fr/")[0] == 200
        assert not any(person.done() for person in sent), "all of them are still waiting"
        frozen.fail("cut")
        answers = [person.result() for person in sent]
    for status, page, _cookie in answers:
        assert status == 503
        assert "Le registre des titres ne répond pas" in page
    frozen.mend()
    status, page, _cookie = ask(port, "POST", IDENTIFY, *forms[0])
    assert (status, frozen.all_that_came()) == (503, PEOPLE), "the next one is told without waiting"
