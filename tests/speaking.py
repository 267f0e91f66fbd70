"""A request in a language, for sentences that a test translates by itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, g


@contextmanager
def speaking(app: Flask, lang: str) -> Iterator[None]:
    """Translate into a language until the block ends."""
    with app.test_request_context(f"/{lang}/"):
        g.language = lang
        yield
