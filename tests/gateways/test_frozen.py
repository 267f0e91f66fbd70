"""Each gateway while its other side is frozen: nobody else waits, nobody waits twice, and it heals by itself."""

import itertools
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

from app import outside
from app.gateways import antivirus, ephoto, mail, register, sms, stamps, web
from app.gateways.antivirus import Verdict
from app.storage.files import StoreUnavailable, objects
from tests.gateways.answering import Desk, answering
from tests.servers.freezing import Freezing, freezing
from tests.waiting import until

TODAY = date(2026, 11, 23)
LETTER = mail.Mail("a@b.example", "Objet", "Bonjour", "fr", "m-1", datetime(2026, 11, 23, tzinfo=UTC))
SECONDS = 0.3
REST = 1000.0


@dataclass
class Frozen:
    """A gateway behind a proxy, what asks it, and what tells that it is away."""

    part: outside.Part
    ask: Callable[[], Any]
    away: Callable[[], bool]
    proxy: Freezing


def raises(ask: Callable[[], Any], kind: type[Exception]) -> Callable[[], bool]:
    """Return what tells whether asking raises this."""

    def away() -> bool:
        try:
            ask()
        except kind:
            return True
        return False

    return away


def over_http(request: pytest.FixtureRequest, name: str) -> tuple[int, Callable[[int], Any], type[Exception]]:
    """Return the port of a service that answers, what opens its gateway, and the error of one that is away."""
    desk = request.getfixturevalue("desk")
    kinds: dict[str, tuple[Any, Any, type[Exception]]] = {
        "register": (register.WebRegister, {"foreign_number": "9920000137"}, register.RegisterUnavailable),
        "e-photo": (ephoto.WebDesk, {"state": "ready"}, ephoto.PhotoDeskUnavailable),
        "stamps": (
            stamps.WebDesk,
            {"number": "1", "state": "good", "amount": 1},
            stamps.StampDeskUnavailable,
        ),
        "SMS": (sms.WebTexter, None, sms.SmsUnavailable),
    }
    kind, answer, error = kinds[name]
    desk.say(200, answer)
    return urlsplit(desk.url).port or 0, lambda port: kind(f"http://127.0.0.1:{port}/"), error


HTTP: dict[str, Callable[[Any], Any]] = {
    "register": lambda gateway: gateway.invalidate("9920000137", TODAY, TODAY),
    "e-photo": lambda gateway: gateway.look_up("7K2M9QXA41TBZC83WD6R5H", TODAY),
    "stamps": lambda gateway: gateway.look_up("1", TODAY),
    "SMS": lambda gateway: gateway.send(sms.Sms("+33600000000", "Bonjour", "s-1")),
}


@pytest.fixture(params=[*HTTP, "antivirus", "mail", "files"])
def frozen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Frozen]:
    """A gateway whose other side is frozen, with short time-outs."""
    with behind_a_proxy(request, monkeypatch) as found:
        assert not found.away(), "it answers before it freezes"
        for module in (web, mail, antivirus):
            for name in ("CONNECT_SECONDS", "BYTE_SECONDS", "WHOLE_SECONDS"):
                monkeypatch.setattr(module, name, SECONDS, raising=False)
        found.part.slow_seconds, found.part.rest_seconds = SECONDS / 3, REST
        found.proxy.freeze()
        yield found


@contextmanager
def behind_a_proxy(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Frozen]:
    """Open the gateway of the test's parameter through a proxy."""
    name: str = request.param
    if name in HTTP:
        port, opened, error = over_http(request, name)
        with freezing(port) as proxy:
            gateway = opened(proxy.port)
            ask = lambda: HTTP[name](gateway)  # noqa: E731 – a name for each way to ask
            yield Frozen(gateway.part, ask, raises(ask, error), proxy)
    elif name == "antivirus":
        with freezing(urlsplit(request.getfixturevalue("clamd_url")).port or 0) as proxy:
            scanner = antivirus.Clamd(host="127.0.0.1", port=proxy.port)
            ask = lambda: scanner.scan(b"x")  # noqa: E731 – a name for each way to ask
            yield Frozen(scanner.part, ask, lambda: ask() is Verdict.NOT_SCANNED, proxy)
    elif name == "mail":
        with freezing(request.getfixturevalue("smtp").port) as proxy:
            mailer = mail.SmtpMailer("127.0.0.1", proxy.port, "", "", "none", "a@guichet.example")
            ask = lambda: mailer.send(LETTER)  # noqa: E731 – a name for each way to ask
            yield Frozen(mailer.part, ask, raises(ask, mail.MailUnavailable), proxy)
    else:
        monkeypatch.setattr(objects, "CONNECT", objects.CONNECT / 10)
        monkeypatch.setattr(objects, "WHOLE", objects.WHOLE / 20)
        url = request.getfixturevalue("s3_url")
        with freezing(urlsplit(request.getfixturevalue("swift").endpoint).port or 0) as proxy:
            store = objects.ObjectStore.from_url(f"{url}?endpoint=http://127.0.0.1:{proxy.port}")
            yield Frozen(store.part, store.check, raises(store.check, StoreUnavailable), proxy)


def test_a_frozen_part_holds_nobody(frozen: Frozen, monkeypatch: pytest.MonkeyPatch) -> None:
    lent = threading.Semaphore(0)

    @contextmanager
    def counted() -> Iterator[None]:
        lent.release()
        yield

    monkeypatch.setattr(outside.Lender, "lent", staticmethod(counted))
    frozen.part.failures = 3
    with ThreadPoolExecutor(3) as people:
        asked = [people.submit(frozen.away) for _ in range(3)]
        assert all(lent.acquire(timeout=100) for _ in asked), "the thread of each is lent while it waits"
        assert all(person.result() for person in asked)
    came = frozen.proxy.all_that_came()
    assert all(frozen.away() for _ in range(20))
    assert frozen.proxy.all_that_came() == came, "after three that waited, it is not even asked"
    frozen.proxy.thaw()
    assert frozen.away(), "it rests"
    clock = frozen.part.clock
    rests = itertools.count(1)

    def answers_after_a_rest() -> bool:
        passed = next(rests) * (REST + 1)
        frozen.part.clock = lambda: clock() + passed
        return not frozen.away()

    # More than once: on a busy machine even a sound answer may come after so short a time-out.
    until(answers_after_a_rest)
    assert frozen.part.asked_again_at is None


def test_nobody_connects_through_a_line_that_loses_packets(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.say(200, {"foreign_number": "9920000137"})
    with freezing(urlsplit(desk.url).port or 0) as proxy:
        gateway = register.WebRegister(f"http://127.0.0.1:{proxy.port}/")
        gateway.invalidate("9920000137", TODAY, TODAY)
        proxy.part()
        with monkeypatch.context() as patch:
            patch.setattr(web, "CONNECT_SECONDS", SECONDS)
            with pytest.raises(register.RegisterUnavailable, match="TimeoutError"):
                gateway.invalidate("9920000137", TODAY, TODAY)
        assert len(desk.questions) == 1, "it never came"
        proxy.mend()
        gateway.invalidate("9920000137", TODAY, TODAY)


def test_what_refuses_is_asked_each_time() -> None:
    with answering() as desk:
        gateway = sms.WebTexter(desk.url)
        desk.say(503, {})
        for _ in range(10):
            with pytest.raises(sms.SmsUnavailable):
                gateway.send(sms.Sms("+33600000000", "Bonjour", "s-1"))
        desk.say(200, {})
        gateway.send(sms.Sms("+33600000000", "Bonjour", "s-1"))


def test_what_drips_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte now and then renews the time-out of a socket for ever."""
    import socket

    monkeypatch.setattr(web, "WHOLE_SECONDS", SECONDS)
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            client, _address = listening.accept()
            with client:
                while not ended.wait(0.02):
                    client.send(b"H")

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        with pytest.raises(web.NoAnswer):
            web.ask(outside.Part("desk"), f"http://127.0.0.1:{listening.getsockname()[1]}/", {})
        ended.set()
        until(lambda: not thread.is_alive())
