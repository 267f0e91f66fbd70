"""A request is bounded before it is read, and its text apart from its files."""

from collections.abc import Callable
from io import BytesIO

import pytest

from app.domain.rules.uploads import LIMITS
from app.web.http.sizes import MAX_REQUEST_BYTES, MAX_TEXT_BYTES
from tests import factories
from tests.clients import PageClient

pytestmark = pytest.mark.engines("sqlite")
DOOR = "/fr/compte/connexion"
PHONE = "/fr/suivi/coordonnees"
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


def test_a_part_that_names_no_field_is_none(visitor: Callable[[], PageClient]) -> None:
    """In a page that keeps what was typed, of whoever is signed in."""
    client = visitor().sign_in(factories.account())
    client.get(PHONE)
    parts = "".join(
        f"--x\r\nContent-Disposition: form-data{name}\r\n\r\n{value}\r\n"
        for name, value in [('; name="csrf_token"', client.token), ("", "typed"), ('; name="phone"', "12")]
    )
    kind = "multipart/form-data; boundary=x"
    answer = client.client.post(PHONE, data=f"{parts}--x--\r\n", content_type=kind)
    assert answer.status_code == 422
    assert 'value="12"' in answer.text


@pytest.mark.parametrize("kind", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_text_without_end_is_refused(visitor: Callable[[], PageClient], kind: str) -> None:
    data = {"identifier": "a" * (MAX_TEXT_BYTES + 1), "password": "x"}
    answer = visitor().client.post(DOOR, data=data, content_type=kind)
    assert answer.status_code == 413
    assert TOO_HEAVY in answer.text
