"""A browser without a screen, which checks every page it sees."""

import re
import secrets
from typing import Any

import brotli
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.web.access.letter_links import OPENED
from app.web.http.compression import LEAST_BYTES
from tests.sound_pages import check_page

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
HTML = "{http://www.w3.org/1999/xhtml}"


BROWSER = {"HTTP_ACCEPT_ENCODING": "br", "HTTP_SEC_FETCH_SITE": "same-origin"}


def _as_a_browser(options: dict[str, Any]) -> dict[str, Any]:
    """What a browser says of a link or a form of ours, unless the request says otherwise."""
    return {**options, "environ_base": {**BROWSER, **options.get("environ_base", {})}}


class ThroughProxy(FlaskClient):
    """A client whose requests come through one reverse proxy, as those of production must."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.environ_base |= {"HTTP_X_FORWARDED_FOR": "192.0.2.1", "HTTP_X_FORWARDED_PROTO": "https"}


class PageClient:
    """Requests like a browser's: cookies, the form's token, and the duties of every page checked on the way."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.token = ""
        self.sent = 0  # bytes of the last answer's body, as it was sent

    def get(self, path: str, **options: Any) -> TestResponse:
        """Open a page."""
        answer = self.client.get(path, **_as_a_browser(options))
        if answer.status_code == 303 and f"/{OPENED}" in answer.location:
            answer = self.client.get(answer.location, **_as_a_browser(options))  # a letter's link
        return self.checked(answer)

    def open(self, path: str, method: str) -> TestResponse:
        """Send a request without a token."""
        return self.checked(self.client.open(path, method=method, **_as_a_browser({})))

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form with the token of the last page."""
        fields = {"csrf_token": self.token, **(data or {})}
        answer = self.client.post(path, data=fields, **_as_a_browser(options))
        answer.request.environ["wsgi.input"].close()  # a large body is a file on disk
        return self.checked(answer)

    def sign_in(self, account: Any, path: str = "/fr/compte/connexion") -> "PageClient":
        """Sign an applicant in through the page."""
        from tests.factories import PASSWORD

        self.make_known(account)
        self.get(path)
        answer = self.post(
            path, {"identifier": account.foreign_number or account.email, "password": PASSWORD}
        )
        assert answer.status_code == 303, answer.text
        self.get(answer.location)
        return self

    def make_known(self, person: Any) -> None:
        """Make this a browser in which a person signed in before: signing in again is told by no letter."""
        from app.services.access import known_browsers
        from app.services.access.origins import Origin
        from app.web.access.browsers import COOKIE

        cookie = self.app.extensions["settings"].cookie(COOKIE)
        known = self.client.get_cookie(cookie)
        token = known.value if known else secrets.token_urlsafe(32)
        self.client.set_cookie(cookie, token)
        known_browsers.remember(person, Origin(browser=token), self.app.extensions["clock"]())

    def _decode(self, response: TestResponse) -> None:
        body = response.get_data()
        self.sent = len(body)
        if response.headers.get("Content-Encoding") == "br":
            del response.headers["Content-Encoding"]
            response.set_data(brotli.decompress(body))
        elif response.mimetype == "text/html":
            assert len(body) < LEAST_BYTES or response.status_code not in (200, 422), (
                "every page is compressed"
            )

    def checked(self, response: TestResponse) -> TestResponse:
        """Return an answer, decoded, once its headers and its page are found right; keep the token of its form."""
        self._decode(response)
        policy = response.headers.get("Content-Security-Policy", "")
        assert "default-src 'none'" in policy, "every answer carries the policy"
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.status_code < 500 or response.status_code == 503, response.text[:2000]
        if response.mimetype == "text/html" and response.status_code not in (302, 303):
            text = response.get_data(as_text=True)
            if found := _TOKEN.search(text):
                self.token = found.group(1)
            if "<html" in text:
                check_page(text)
        return response
