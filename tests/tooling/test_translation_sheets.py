"""Sheets show what no page does: every sentence of the code has its place in a picture."""

import re

from babel.messages.catalog import Catalog

from tooling.catalogues.exchange import key
from tooling.translation_sheets import sheets

LETTER = "app/templates/mail/notices/filed.txt"
SUBJECT, LINE = "Demande %(reference)s bien arrivée", "Vous n’avez rien à faire."


def wanted() -> Catalog:
    """A letter's subject and line, with an entry that a page shows too."""
    catalog = Catalog()
    catalog.add(LINE, locations=[(LETTER, 0)], auto_comments=["sentence of an e-mail — e-mails"])
    catalog.add(SUBJECT, locations=[(LETTER, 0)], auto_comments=["subject of an e-mail — e-mails"])
    catalog.add("Bonjour", locations=[("app/templates/base.html", 0)], auto_comments=["heading — every page"])
    return catalog


def keys(catalog: Catalog) -> dict[str, str]:
    """The key of each sentence."""
    return {str(message.id): key(message) for message in catalog if message.id}


def test_what_was_not_seen_stands_on_the_sheet_of_its_file():
    catalog = wanted()
    named = keys(catalog)
    (sheet,) = sheets(catalog, None, {named["Bonjour"]}, "fr", "ltr")
    assert sheet.title == "mail/notices/filed.txt (1–2)"
    assert set(re.findall(r'data-entry="(\w+)"', sheet.html)) == {named[SUBJECT], named[LINE]}
    assert f'<h2 data-entry="{named[SUBJECT]}">' in sheet.html
    assert "%(reference)s" not in sheet.html  # an example, or the name of the value
    assert len(list(sheets(catalog, None, set(), "fr", "ltr"))) == 2
    assert not list(sheets(catalog, None, set(named.values()), "fr", "ltr"))


def test_a_sheet_is_in_the_language_asked_for():
    kept = Catalog()
    kept.add(LINE, "لا شيء عليكم القيام به.")
    (sheet, _other) = sheets(wanted(), kept, set(), "ar", "rtl")
    assert '<html lang="ar" dir="rtl">' in sheet.html
    assert "لا شيء عليكم القيام به." in sheet.html
