"""Plural forms that differ and are as many as their language counts; plain French in short sentences, and whole."""

import pytest
from babel.messages.catalog import Catalog, Message

from tooling.catalogues import plain
from tooling.catalogues.checks import RIGHT, alike, of_entries


@pytest.mark.parametrize(
    ("code", "written", "right"),
    [
        ("en", ("%(num)s day", "%(num)s day"), False),
        ("en", ("%(num)s day", "%(num)s days"), True),
        ("uk", ("%(num)s день", "%(num)s дні", "%(num)s дні"), True),
        ("uk", ("%(num)s день",) * 3, False),
        (
            "ar",
            ("%(num)s يوم", "%(num)s يوم", "%(num)s أيام", "%(num)s أيام", "%(num)s يوم", "%(num)s يوم"),
            False,
        ),
        (
            "ar",
            ("%(num)s يوم", "%(num)s يوم", "%(num)s يومان", "%(num)s أيام", "%(num)s يوم", "%(num)s يوم"),
            True,
        ),
        ("zh", ("%(num)s 天",), True),
        ("bn", ("%(num)s দিন", "%(num)s দিন"), True),
    ],
)
def test_plural_forms_that_say_the_same_are_seen(code: str, written: tuple[str, ...], right: bool):
    days = Message(("%(num)s jour", "%(num)s jours"))
    assert (alike(code, days, Message(days.id, written)) is None) is right
    assert alike(code, days, Message(days.id, written, user_comments=[RIGHT])) is None


def test_a_plural_has_as_many_forms_as_its_catalogue_counts():
    wanted, kept = Catalog(), Catalog(locale="uk")
    wanted.add(("%(num)s jour", "%(num)s jours"), locations=[("app/templates/aide/index.html", 0)])
    kept.add(("%(num)s jour", "%(num)s jours"), ("%(num)s день", "%(num)s дні"))
    assert "« %(num)s jour » needs 3 plural forms" in of_entries("uk", wanted, kept)


def test_plain_french_has_the_plural_forms_of_french():
    months = Message(("%(num)s mois", "%(num)s mois"))
    assert alike("falc", months, months) is None


def test_a_long_sentence_is_not_plain_french():
    long = "Vous pouvez aussi demander " + "très " * 12 + "longtemps."
    kept = Catalog()
    kept.add(long, long)
    assert "17 words" in next(plain.long_sentences(kept))
    kept.get(long).string = "Vous pouvez demander. Longtemps."
    assert not list(plain.long_sentences(kept))
    typed = "carte perdue, " * 20
    kept.add(typed, typed, auto_comments=["words that people search for, not shown — help"])
    assert not list(plain.long_sentences(kept))
    assert plain.longest("Un mot (article 3 de la loi) : « Mon espace » ici.") == 3


def test_plain_french_lacks_nothing_that_applicants_read():
    wanted, kept = Catalog(), Catalog()
    wanted.add("Vous pouvez payer en ligne.", locations=[("app/templates/aide/index.html", 0)])
    wanted.add("Chercher un dossier", locations=[("app/templates/agents/queue.html", 0)])
    assert list(of_entries("falc", wanted, kept)) == [
        "« Vous pouvez payer en ligne. » is not in the catalogue"
    ]
    assert not list(of_entries("ru", wanted, kept))
    kept.add("Vous pouvez payer en ligne.", "Vous pouvez payer en ligne.")
    assert not list(of_entries("falc", wanted, kept)), "plain already"
