"""Supporting documents as lists show them: French name, translation, substitutes."""

from dataclasses import dataclass

from app.domain.journeys.journey import SupportingDocument
from app.domain.text import N_
from app.languages import language_of
from app.web.localisation.catalogues import plain
from app.web.localisation.language import gettext as _

PHOTO = N_("e-photo")
PHOTO_HINT = N_("Le code de 22 caractères imprimé sur la planche, valable 6 mois.")
PHOTO_INSTEAD = N_(
    "Rien ne la remplace, et elle ne sert qu’une fois. Un code neuf peut mettre 72 heures à être reconnu."
)


@dataclass(frozen=True)
class DocumentListItem:
    """A supporting document; `translation` is its name in the page's language, empty if that is the source's French.

    `when` is the condition, on a list that is not of one case.
    """

    french: str
    translation: str
    hint: str
    instead: str
    when: str = ""


def _item(title: str, hint: str, instead: str, when: str, language: str) -> DocumentListItem:
    spoken = language_of(language)
    translation = "" if spoken.of_source and not spoken.plain else plain(_(title))
    return DocumentListItem(title, translation, *(_(text) if text else "" for text in (hint, instead, when)))


def document_list_item(document: SupportingDocument, language: str, when: str = "") -> DocumentListItem:
    """Return a supporting document as a list item."""
    return _item(document.title, document.hint, document.instead, when, language)


def photo(language: str, when: str = "") -> DocumentListItem:
    """Return the list item of the e-photo."""
    return _item(PHOTO, PHOTO_HINT, PHOTO_INSTEAD, when, language)


def names(item: DocumentListItem) -> tuple[str, str]:
    """Return the French name, which is on the document itself, and the translation; "" where it is the same."""
    return item.french, "" if item.translation == item.french else item.translation


def details(item: DocumentListItem) -> str:
    """Return the condition, the hint and the substitutes on one line."""
    when = f"{item.when.removesuffix('.')}." if item.when else ""
    instead = _("Si vous ne l’avez pas : %(words)s", words=item.instead) if item.instead else ""
    return " ".join(filter(None, (when, item.hint, instead)))
