"""The check of the catalogues sees each fault it is there for."""

import pytest
from babel.messages.catalog import Message

from tooling.catalogues import fault


def test_a_good_translation_has_no_fault():
    assert fault(Message("Bonjour %(name)s"), Message("Bonjour %(name)s", "Hello %(name)s")) is None


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        (None, "not in the catalogue"),
        (Message("Bonjour %(name)s", ""), "not translated"),
        (Message("Bonjour %(name)s", "Hello %(name)s", flags=["fuzzy"]), "fuzzy"),
        (Message("Bonjour %(name)s", "Hello %(nom)s"), "must hold exactly %(name)s"),
        (Message("Bonjour %(name)s", "Hello"), "must hold exactly %(name)s"),
    ],
    ids=["absent", "empty", "fuzzy", "renamed", "forgotten"],
)
def test_each_fault_is_seen(kept, words):
    assert words in fault(Message("Bonjour %(name)s"), kept)


def test_every_plural_form_is_wanted():
    days = ("%(num)d jour", "%(num)d jours")
    assert fault(Message(days), Message(days, ("%(num)d day", ""))) == "is not translated"
    assert fault(Message(days), Message(days, ("one day", "%(num)d days"))) is None
