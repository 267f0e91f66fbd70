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
        (Message("Bonjour %(name)s", "100 % hello %(name)s"), "has a % that is not a value"),
    ],
    ids=["absent", "empty", "fuzzy", "renamed", "forgotten", "bare percent"],
)
def test_each_fault_is_seen(kept, words):
    assert words in fault(Message("Bonjour %(name)s"), kept)


def test_every_plural_form_is_wanted_with_its_number():
    days = ("%(num)s jour", "%(num)s jours")
    assert fault(Message(days), Message(days, ("%(num)s day", ""))) == "is not translated"
    assert fault(Message(days), Message(days, ("%(num)s day", "%(num)s days"))) is None
    assert fault(Message(days), Message(days, ("%(nun)s day", "%(num)s days"))) == "must hold exactly %(num)s"
    glued = ("un jour", "%(num)s jours")
    assert "in each of its forms" in fault(Message(glued), Message(glued, ("%(num)s day", "%(num)s days")))
