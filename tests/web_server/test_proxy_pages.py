"""What the shipped proxy says by itself is in the language of the address, with a way out, and needs nothing else."""

import http.client
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.languages import KNOWN, OFFERED
from app.settings import Settings
from app.web.pages import proxy_pages
from tests.servers import nginx
from tests.servers.process import free_port

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def pages(settings: Settings, tmp_path: Path) -> Path:
    """The pages of each language offered."""
    made = replace(settings, static_dir=str(tmp_path / "static"), languages=OFFERED)
    proxy_pages.build(made)
    return proxy_pages.folder(made)


@pytest.fixture
def port(pages: Path) -> Iterator[int]:
    """The proxy before a service that is not there."""
    with nginx.before(free_port(), pages) as found:
        yield found


def asked(port: int, path: str, size: int = 0) -> tuple[int, str, http.client.HTTPMessage]:
    """Ask the proxy for a page, or announce a body of a size to it."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=100)) as connection:
        connection.putrequest("POST" if size else "GET", path)
        connection.putheader("Content-Length", str(size))
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers


def test_each_language_has_its_own_words(pages: Path) -> None:
    for status in proxy_pages.STATUSES:
        said = {code: (pages / code / f"{status}.html").read_text(encoding="utf-8") for code in OFFERED}
        headings = {page.partition("<h1>")[2].partition("</h1>")[0] for page in said.values()}
        assert len(headings) >= len(OFFERED) - 1, "plain French may have the words of French"
        for code, page in said.items():
            assert f'dir="{KNOWN[code].direction}"' in page
            assert "http" not in page.replace("<meta http", ""), "nothing comes from elsewhere"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/en/suivi/", "en"),
        ("/ar", "ar"),
        ("/uk?x=/fr/", "uk"),
        ("/", "fr"),
        ("/xx/y", "fr"),
    ],
)
def test_a_service_that_is_away(port: int, pages: Path, path: str, code: str) -> None:
    status, page, headers = asked(port, path)
    assert status == 502
    assert page == (pages / code / "502.html").read_text(encoding="utf-8")
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_request_that_is_too_large(port: int, pages: Path) -> None:
    status, page, _headers = asked(port, "/es/suivi/", 200_000_000)
    assert (status, page) == (413, (pages / "es" / "413.html").read_text(encoding="utf-8"))
