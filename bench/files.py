"""Hostile files and everybody else: pages and an honest photo while eight files made to take long are examined."""

import contextlib
import statistics
import threading
import time
from collections.abc import Callable
from http.client import HTTPException
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name

from bench.applicants import numbers
from bench.subject import Browser, service, sign_in
from bench.table import Line
from bench.uploads import multipart, photo

HOSTILE = 8  # of as many people
WAVES = 6  # of strangers who send their first file at the same instant
PAGES, PHOTOS = 40, 8  # measured in each part
ROOT = "/fr/demande/etudiant"
MOST = 2.0


def endless() -> bytes:
    """Return a PDF of two kilobytes that takes all the processor time a process may have: a billion tiles."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(200, 300))
    tile = made.make_stream(b"0 0 1 1 re f")
    tile.update(
        Dictionary(
            Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, BBox=Array([0, 0, 1, 1]),
            XStep=0.001, YStep=0.001, Resources=Dictionary(),
        )
    )  # fmt: skip
    page.Resources = Dictionary(Pattern=Dictionary(P1=tile))
    page.Contents = made.make_stream(b"/Pattern cs /P1 scn 0 0 200 300 re f")
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def speed() -> list[Line]:
    """Measure both in one run, on a quiet server and under the hostile files, and return the ratios."""
    people = numbers(HOSTILE * (1 + WAVES) + 1)
    with service(2, applicants=len(people)) as (server, _settings):
        honest, *everybody = [sign_in(server, number) for number in people]
        others, strangers = everybody[:HOSTILE], everybody[HOSTILE:]
        _send(honest, photo(1))  # the first of each process starts what examines
        _send(honest, photo(1))
        quiet = _measured(honest)
        stop = threading.Event()
        threads = [threading.Thread(target=_attack, args=(browser, stop)) for browser in others]
        for thread in threads:
            thread.start()
        try:
            stop.wait(2)
            loud = _measured(honest)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        first = _first_files(honest, strangers)
    lines = []
    for name, crowd, took in [(name, "eight hostile files", took) for name, took in loud.items()] + [
        ("an honest photo", "eight strangers’ first files, all hostile", first)
    ]:
        ratio = took / quiet[name]
        print(f"  {name}: {1000 * quiet[name]:.0f} ms quiet, {1000 * took:.0f} ms under {crowd}")
        lines.append(Line(f"{name} under {crowd}, against quiet", f"≤ {MOST:.0f} ×", ratio, ratio <= MOST))
    return lines


def _first_files(honest: Browser, strangers: list[Browser]) -> float:
    """Return the median seconds of an honest photo beside the first files of strangers."""
    took, picture, content = [], photo(2), endless()
    for wave in range(WAVES):
        threads = [
            threading.Thread(target=_attack_once, args=(browser, content))
            for browser in strangers[wave * HOSTILE : (wave + 1) * HOSTILE]
        ]
        for thread in threads:
            thread.start()
        threading.Event().wait(0.2)  # so that they are there first
        took.append(_timed(lambda: _send(honest, picture)))
        for thread in threads:
            thread.join()
    return statistics.median(took)


def _measured(browser: Browser) -> dict[str, float]:
    """Return the median seconds of a page and of an honest photo."""
    picture = photo(2)
    return {
        "a page": statistics.median(_timed(lambda: browser.send("GET", "/fr/suivi/")) for _ in range(PAGES)),
        "an honest photo": statistics.median(_timed(lambda: _send(browser, picture)) for _ in range(PHOTOS)),
    }


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _send(browser: Browser, content: bytes, name: str = "photo.jpg", right: int = 303) -> int:
    token = browser.token(f"{ROOT}/justificatifs")
    body, kind = multipart(token, name, content)
    status, text, place = browser.send("POST", f"{ROOT}/pieces/passport", body, kind)
    if status != right or "connexion" in place:
        raise SystemExit(f"a file was answered {status} {place}: {_wrong(text)}")
    _remove(browser)
    return status


def _remove(browser: Browser) -> None:
    """Take the file out again: a document holds ten."""
    page = browser.send("GET", f"{ROOT}/justificatifs")[1]
    token = browser.token(f"{ROOT}/justificatifs")
    for part in page.split('action="')[1:]:
        path = part.partition('"')[0]
        if "/retirer/" in path:
            browser.post(path, token)


def _attack(browser: Browser, stop: threading.Event) -> None:
    """Send a hostile file again and again."""
    content = endless()
    while not stop.is_set():
        _attack_once(browser, content)


def _attack_once(browser: Browser, content: bytes) -> None:
    with contextlib.suppress(OSError, HTTPException):
        token = browser.token(f"{ROOT}/justificatifs")
        browser.send("POST", f"{ROOT}/pieces/passport", *multipart(token, "facture.pdf", content))


def _wrong(page: str) -> str:
    """Return the error that a page shows."""
    return page.partition('class="error"')[2][:400] or page[:300]
