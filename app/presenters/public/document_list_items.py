"""A supporting document as a list shows it: the name it has on French paper, its translation, what replaces it."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app.domain.journeys.journey import SupportingDocument
from app.domain.text import N_

PHOTO = N_("e-photo")
PHOTO_HINT = N_("Le code de 22 caractères imprimé sur la planche, valable 6 mois.")
PHOTO_INSTEAD = N_(
    "Rien ne la remplace, et elle ne sert qu’une fois. Un code neuf peut mettre 72 heures à être reconnu."
)


@dataclass(frozen=True)
class DocumentListItem:
    """`french` is what is printed on it; `words` its name in the page's language, empty where that is French."""

    french: str
    words: str
    hint: str
    instead: str


def _paper(title: str, hint: str, instead: str, language: str) -> DocumentListItem:
    words = "" if language == "fr" else _(title)
    return DocumentListItem(title, words, _(hint) if hint else "", _(instead) if instead else "")


def document_list_item(document: SupportingDocument, language: str) -> DocumentListItem:
    """A supporting document."""
    return _paper(document.title, document.hint, document.instead, language)


def photo(language: str) -> DocumentListItem:
    """The e-photo, first of every list that has it."""
    return _paper(PHOTO, PHOTO_HINT, PHOTO_INSTEAD, language)


def name(one: DocumentListItem) -> str:
    """Both names on one line, for a plain list."""
    return f"{one.french} / {one.words}" if one.words and one.words != one.french else one.french


def details(one: DocumentListItem) -> str:
    """What must be seen on it and what replaces it, on one line."""
    instead = _("Si vous ne l’avez pas : %(words)s", words=one.instead) if one.instead else ""
    return " ".join(filter(None, (one.hint, instead)))
