"""The demonstration in this process, and a browser that is answered by it without a network."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route
from werkzeug.test import TestResponse

from tests.clients import PageClient

ORIGIN = "http://localhost"


class Shown:
    """A browser's page that shows what one client of the service is answered."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.client: PageClient | None = None
        self.answers: dict[str, TestResponse] = {}
        page.route("**/*", self._answer)

    def _answer(self, route: Route) -> None:
        request = route.request
        parts = urlsplit(request.url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        assert self.client is not None
        answer = self.answers.pop(path, None) or self.client.client.open(
            path, method=request.method, data=request.post_data_buffer,
            headers={"Content-Type": request.headers.get("content-type", ""), "Sec-Fetch-Site": "same-origin"},
            follow_redirects=True,
        )  # fmt: skip
        headers = {name: value for name, value in answer.headers if name != "Set-Cookie"}
        route.fulfill(status=answer.status_code, headers=headers, body=answer.get_data())
        answer.close()  # a file of the folder of static files

    def open(self, path: str, client: PageClient) -> None:
        """Go to an address as this client."""
        self.client = client
        self.page.goto(f"{ORIGIN}{path}")

    def show(self, answer: TestResponse, path: str, client: PageClient) -> None:
        """Show an answer that was given already, such as a refused form, at its address."""
        self.answers[path] = answer
        self.open(path, client)


@pytest.fixture
def shown(browser: Browser, seeded: Flask) -> Iterator[Shown]:
    """A browser's page on the demonstration."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield Shown(context.new_page())
    context.close()


Visitors = Callable[[], PageClient]
