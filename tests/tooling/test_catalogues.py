"""The check of the catalogues sees each fault it is there for."""

import pytest
from babel.messages.catalog import Catalog, Message

from tooling.catalogues import fault, reword


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


def test_a_comma_that_moves_keeps_the_translation():
    catalog = Catalog()
    catalog.add("Bonjour %(name)s", "Hello %(name)s")
    catalog.add(("%(num)s jour", "%(num)s jours"), ("%(num)s day", "%(num)s days"))
    assert reword(catalog, "Bonjour %(name)s", "Bonjour, %(name)s")
    assert reword(catalog, "%(num)s jour", "%(num)s journée")
    assert not reword(catalog, "Bonjour %(name)s", "Salut")
    assert catalog.get("Bonjour, %(name)s").string == "Hello %(name)s"
    assert catalog.get("%(num)s journée").string == ("%(num)s day", "%(num)s days")
    assert catalog.get("Bonjour %(name)s") is None
