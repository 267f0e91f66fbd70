"""A visitor's page while crowds of slow clients are there, as `serve` stands and behind the proxy that is shipped."""

import http.client
import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from statistics import quantiles

from bench.subject import DRAFTED, service, sign_in
from bench.table import Line
from tests.servers import nginx
from tests.servers.slow_clients import KINDS, Crowd, coming

SECONDS = 4.0
SETTLING = 2.0
ROUNDS = 2
BETWEEN = 0.03  # between two pages of the visitor
WORKERS = 2
PAGE = "/fr/demande/etudiant/motif-de-sejour"
VISITOR = ("127.0.0.2", 0)  # another address than the crowds': the proxy bounds what each address holds

Wait = Callable[[], float]


@contextmanager
def _behind_nginx(port: int) -> Iterator[int]:
    with nginx.before(port) as found:
        yield found


@contextmanager
def _as_it_is(port: int) -> Iterator[int]:
    yield port


PLACES: dict[str, Callable[[int], AbstractContextManager[int]]] = {
    "serve": _as_it_is,
    "behind nginx": _behind_nginx,
}


def speed() -> list[Line]:
    """Measure a signed-in page's 95th percentile with each crowd beside that without, in alternating rounds."""
    lines = []
    with service(WORKERS, served={"TRUSTED_PROXIES": "1"}) as (server, _settings):
        cookie = sign_in(server, DRAFTED).cookie
        for place, before in PLACES.items():
            with before(server.port) as port:
                for name, (act, many) in KINDS.items():
                    crowd = Crowd(port, many, act, file=_style_sheet(port, cookie))
                    ratio = _ratio(crowd, lambda port=port: p95(port, PAGE, cookie))
                    lines.append(Line(f"page with {name}, {place}", "≤ 2", ratio, ratio <= 2))
                    print(lines[-1], flush=True)
    return lines


def _ratio(crowd: Crowd, wait: Wait) -> float:
    """Return the best of some rounds: other programs of the machine only ever make a wait longer."""
    quiet, busy = [], []
    for _ in range(ROUNDS):
        quiet.append(wait())
        crowd.ended.clear()
        with coming(crowd):
            time.sleep(SETTLING)
            busy.append(wait())
    return min(busy) / min(quiet)


def p95(port: int, path: str, cookie: str) -> float:
    """Return the 95th percentile of the seconds that a visitor waits for a page."""
    waited = []
    end = time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        began = time.perf_counter()
        _page(port, path, cookie)
        waited.append(time.perf_counter() - began)
        time.sleep(BETWEEN)
    return quantiles(waited, n=20)[-1]


def _page(port: int, path: str, cookie: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=VISITOR)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"unexpected answer: {answer.status}")
    return text


def _style_sheet(port: int, cookie: str) -> str:
    found = re.search(r"/static/theme\.[0-9a-f]+\.css", _page(port, PAGE, cookie))
    return found.group() if found else "/"
