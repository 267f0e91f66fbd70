"""Seals: ours, for one purpose, for a while."""

from datetime import timedelta

import pytest

from app.services.access.signed_tokens import sign, verify
from tests.fixtures import NOON

LIFE = timedelta(minutes=30)


def test_a_value_comes_back_as_it_was():
    text = sign([b"secret"], "kept", {"path": "/fr/", "fields": [["name", "Ánh"]]}, NOON)
    assert verify([b"secret"], "kept", text, LIFE, NOON) == {"path": "/fr/", "fields": [["name", "Ánh"]]}


@pytest.mark.parametrize("minutes", [0, 29, 30])
def test_it_lives_as_long_as_told(minutes: int):
    text = sign([b"secret"], "kept", [1], NOON)
    assert verify([b"secret"], "kept", text, LIFE, NOON + timedelta(minutes=minutes)) == [1]


def test_it_dies_by_the_clock_of_the_service():
    text = sign([b"secret"], "kept", [1], NOON)
    assert verify([b"secret"], "kept", text, LIFE, NOON + LIFE + timedelta(seconds=1)) is None


@pytest.mark.parametrize(
    ("secret", "purpose", "change"),
    [("other", "kept", ""), ("secret", "verify", ""), ("secret", "kept", "x")],
)
def test_another_secret_purpose_or_letter_breaks_it(secret: str, purpose: str, change: str):
    text = sign([b"secret"], "kept", [1], NOON)
    assert verify([secret.encode()], purpose, change + text, LIFE, NOON) is None


@pytest.mark.parametrize("text", ["", ".", "..", "a.b.c", "é", "\x00", "A" * 10_000])
def test_garbage_is_nothing(text: str):
    assert verify([b"secret"], "kept", text, LIFE, NOON) is None
