"""Supporting documents as lists show them: French name, translation, substitutes."""

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
    """A supporting document; `translation` is its name in the page's language, empty if that is French."""

    french: str
    translation: str
    hint: str
    instead: str


def _item(title: str, hint: str, instead: str, language: str) -> DocumentListItem:
    translation = "" if language == "fr" else _(title)
    return DocumentListItem(title, translation, _(hint) if hint else "", _(instead) if instead else "")


def document_list_item(document: SupportingDocument, language: str) -> DocumentListItem:
    """Return a supporting document as a list item."""
    return _item(document.title, document.hint, document.instead, language)


def photo(language: str) -> DocumentListItem:
    """Return the list item of the e-photo."""
    return _item(PHOTO, PHOTO_HINT, PHOTO_INSTEAD, language)


def name(item: DocumentListItem) -> str:
    """Return both names on one line, for a list in plain text."""
    return (
        f"{item.french} / {item.translation}"
        if item.translation and item.translation != item.french
        else item.french
    )


def details(item: DocumentListItem) -> str:
    """Return the hint and the substitutes on one line."""
    instead = _("Si vous ne l’avez pas : %(words)s", words=item.instead) if item.instead else ""
    return " ".join(filter(None, (item.hint, instead)))
