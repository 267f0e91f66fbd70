"""A visitor's page while each part outside is frozen, one after the other, and people press what needs it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO

from PIL import Image

from bench.slow import PAGE, WORKERS, p95
from bench.subject import DRAFTED, Browser, service, sign_in
from bench.table import Line
from bench.uploads import multipart
from tests.servers.freezing import Freezing, freezing

PEOPLE = 8
PAUSE = 1.0  # of each, between two tries
SLOT = "/fr/demande/etudiant/pieces/passport"
FORM = "application/x-www-form-urlencoded"
DATES = "valid_from-day=1&valid_from-month=1&valid_from-year=2026&valid_until-day=1&valid_until-month=1"
PERMIT = f"number=9920000137&{DATES}&valid_until-year=2027"
# The setting of each part, and how it is written with a port.
PARTS = {
    "register": ("REGISTER_URL", "http://127.0.0.1:{port}/"),
    "e-photo desk": ("EPHOTO_URL", "http://127.0.0.1:{port}/"),
    "antivirus": ("ANTIVIRUS_URL", "clamd://127.0.0.1:{port}"),
    "file store": ("FILES_URL", "s3://bucket?endpoint=http://127.0.0.1:{port}"),
}

Press = Callable[[Browser, str], None]


def _permit(browser: Browser, token: str) -> None:
    browser.send("POST", "/fr/compte/creer", f"csrf_token={token}&{PERMIT}".encode(), FORM)


def _photo(browser: Browser, token: str) -> None:
    code = "ABCDEFGHIJKLMNOPQRSTUV"
    browser.send("POST", "/fr/demande/etudiant/ephoto", f"csrf_token={token}&code={code}".encode(), FORM)


def _file(browser: Browser, token: str) -> None:
    target = BytesIO()
    Image.new("RGB", (60, 60)).save(target, "JPEG")
    browser.send("POST", SLOT, *multipart(token, "photo.jpg", target.getvalue()))


ACTS: dict[str, Press] = {
    "register": _permit,
    "e-photo desk": _photo,
    "antivirus": _file,
    "file store": _file,
}


@contextmanager
def _pressing(browsers: list[tuple[Browser, str]], press: Press) -> Iterator[None]:
    ended = threading.Event()

    def again(browser: Browser, token: str) -> None:
        while not ended.is_set():
            press(browser, token)
            ended.wait(PAUSE)

    threads = [threading.Thread(target=again, args=pair, daemon=True) for pair in browsers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def speed() -> list[Line]:
    """Measure a page's 95th percentile while a part is frozen beside that of the same server in quiet."""
    lines = []
    for name, (setting, address) in PARTS.items():
        with freezing(1) as proxy:
            proxy.freeze()
            ratio = _ratio(name, {setting: address.format(port=proxy.port)}, proxy)
        lines.append(Line(f"page while people wait for the frozen {name}", "≤ 2", ratio, ratio <= 2))
    return lines


def _ratio(name: str, frozen: dict[str, str], proxy: Freezing) -> float:
    keys = {"AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench"}
    with ExitStack() as stack:
        server, _settings = stack.enter_context(service(WORKERS, served=frozen | keys))
        visitor = sign_in(server, DRAFTED).cookie
        stranger = name == "register"
        people = [Browser(server) if stranger else sign_in(server, DRAFTED) for _ in range(PEOPLE)]
        place = "/fr/compte/creer" if stranger else "/fr/demande/etudiant/justificatifs"
        pairs = [(browser, browser.token(place)) for browser in people]
        quiet = p95(server.port, PAGE, visitor)
        with _pressing(pairs, ACTS[name]):
            busy = p95(server.port, PAGE, visitor)
        if not proxy.came:
            raise SystemExit(f"nobody asked the {name}")
    return busy / quiet
