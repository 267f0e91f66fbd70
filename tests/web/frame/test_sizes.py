"""A request is bounded before it is read, and its text apart from its files."""

from collections.abc import Callable
from io import BytesIO

import pytest

from app.domain.rules.uploads import LIMITS
from app.web.http.sizes import MAX_REQUEST_BYTES, MAX_TEXT_BYTES
from tests.clients import PageClient

pytestmark = pytest.mark.engines("sqlite")
DOOR = "/fr/compte/connexion"
TOO_HEAVY = "L’envoi est trop lourd"


def test_a_slot_may_be_filled_in_one_go_and_no_more_than_that() -> None:
    assert LIMITS.max_bytes * LIMITS.max_files_a_slot == MAX_REQUEST_BYTES


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
def test_a_body_that_says_it_is_too_long_is_not_read(visitor: Callable[[], PageClient], kind: str) -> None:
    body, said = BytesIO(b"a=b"), {"CONTENT_LENGTH": str(MAX_REQUEST_BYTES + 1)}
    answer = visitor().client.post(DOOR, input_stream=body, environ_overrides=said, content_type=kind)
    assert answer.status_code == 413
    assert TOO_HEAVY in answer.text
    assert body.tell() == 0


@pytest.mark.parametrize("kind", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_text_without_end_is_refused(visitor: Callable[[], PageClient], kind: str) -> None:
    data = {"identifier": "a" * (MAX_TEXT_BYTES + 1), "password": "x"}
    answer = visitor().client.post(DOOR, data=data, content_type=kind)
    assert answer.status_code == 413
    assert TOO_HEAVY in answer.text
