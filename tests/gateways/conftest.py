"""The services of others, played by a real HTTP server."""

from collections.abc import Iterator

import pytest

from tests.gateways.answering import Desk, answering


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A server that answers as the test tells it."""
    with answering() as one:
        yield one
