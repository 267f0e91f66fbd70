"""The words that a language never uses are seen, and so are labels that sentences quote and no page has."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tooling.catalogues import wording
from tooling.catalogues.extraction import TRANSLATIONS
from tooling.catalogues.files import languages
from tooling.parts import ROOT

FRENCH = wording.read(TRANSLATIONS)
FOLDERS = [path.parent.parent for path in languages()]
TABLE = (ROOT / "docs" / "translators.md").read_text(encoding="utf-8")


def catalog(*pairs: tuple[str, str]) -> Catalog:
    """A catalogue of sentences and their translations."""
    made = Catalog()
    for source, translation in pairs:
        made.add(source, translation)
    return made


@pytest.mark.parametrize(
    ("sentence", "seen"),
    [
        ("Êtes-vous logé(e) ?", "é(e)"),
        ("Voici pourquoi : il manque un document.", ":"),
        ("Votre titre de séjour finit bientôt.", "titre de séjour finit"),
        ("Vous êtes prévenu par mail.", "mail"),
        ("Les attestations partent toutes seules.", "toutes seules"),
        ("Ce code ne vaut plus.", "ne vaut plus"),
        ("Ouvrez «\u00a0Mon coin\u00a0».", "Mon coin"),
    ],
)
def test_a_wrong_word_of_the_code_is_seen(sentence: str, seen: str) -> None:
    faults = list(wording.source_faults(catalog((sentence, "")), FRENCH))
    assert any(f"« {seen} »" in fault for fault in faults), faults


def test_labels_values_and_known_quotations_may_be_quoted() -> None:
    good = (
        "Ouvrez «\u00a0Aide\u00a0», puis «\u00a0%(name)s\u00a0»\u00a0: un titre «\u00a0étudiant\u00a0».",
        "",
    )
    assert not list(wording.source_faults(catalog(good, ("Aide", "")), FRENCH))


@pytest.mark.parametrize(
    ("sentence", "seen"),
    [
        ("You file your application.", "file your"),
        ("A certificate of extension.", "certificate of extension"),
        ("Buy an electronic stamp.", "electronic stamp"),
        ("Open “My space”.", "My account"),
        ("An agent reads it: %(agent)s.", "agent"),
        ("Report « it ».", "«"),
        ("You asked for nothing? Do nothing.", "You asked for nothing?"),
    ],
)
def test_a_wrong_word_of_english_is_seen(sentence: str, seen: str) -> None:
    english = wording.read(TRANSLATIONS / "en")
    faults = list(wording.translation_faults(catalog(("Phrase", sentence)), FRENCH, english))
    assert any(f"« {seen} »" in fault or seen in fault for fault in faults), faults


def test_a_label_is_quoted_as_its_page_writes_it() -> None:
    english = wording.read(TRANSLATIONS / "en")
    label, sentence = (
        ("Déposer ma demande", "Submit my application"),
        "Appuyez sur «\u00a0Déposer ma demande\u00a0».",
    )
    right, wrong = (sentence, "Press “Submit my application”."), (sentence, "Press “File”.")
    assert not list(wording.translation_faults(catalog(label, right), FRENCH, english))
    faults = list(wording.translation_faults(catalog(label, wrong), FRENCH, english))
    assert len(faults) == 2, "a label that is not there, and the right one missing"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_translators_read_every_term(folder: Path) -> None:
    for term in wording.read(folder).terms:
        assert f"| {term.source} | {term.say} |" in TABLE


FRENCH_SIGNS = re.compile(r"(?:>|\}\})[ \u00a0][:;!?»]|[«»]")


def test_no_template_writes_the_signs_of_one_language() -> None:
    """A colon after a space, or « », between two entries would be read in every language."""
    for path in sorted((ROOT / "app" / "templates").rglob("*.*")):
        if path.parent.name == "dev":
            continue
        outside = re.sub(
            r"\{#.*?#\}|\"[^\"]*\"|'[^']*'", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        assert not FRENCH_SIGNS.search(outside), path
