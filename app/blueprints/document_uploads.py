"""Files and explanations of one request: stored through the services, with the refusals for the page."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.blueprints import sent_files
from app.domain.rules.uploads import Refusal, Refused
from app.domain.text import clean
from app.presenters.applicants.slots import Refusals
from app.services.applications import documents
from app.services.applications.documents import Also
from app.services.received_files import Sent
from app.web.current import gateways, now
from app.web.localisation.language import gettext as _
from app.web.localisation.language import ngettext

if TYPE_CHECKING:
    from app.storage.models import Dossier

EXPLANATION_LENGTH = 2000


def receive(
    dossier: "Dossier",
    slot: str,
    sent: Sequence[Sent],
    *,
    letter: bool = False,
    also: Also | None = None,
) -> Refusals:
    """Store every accepted file of a slot; return the refusals of the others.

    `letter` marks the files as a letter that explains why the document is missing; `also` is done with the change.
    """
    if not sent:
        return Refusals(files={slot: [("", Refused(Refusal.NOTHING_CHOSEN))]})
    outside = gateways()
    attached = documents.attach(
        dossier, slot, sent, outside.scanner, outside.files, now(), letter=letter, also=also
    )
    sent_files.tell_wait(refused for _name, refused in attached.refused)
    return Refusals(files={slot: attached.refused} if attached.refused else {})


def explain(
    dossier: "Dossier", slot: str, why: str, letters: Sequence[Sent], also: Also | None = None
) -> Refusals:
    """Store a written reason, letters or both; refuse if there is neither, or over 2000 characters."""
    text = clean(why)
    if len(text) > EXPLANATION_LENGTH:
        sentence = ngettext(
            "Votre explication est trop longue : %(num)s caractère au plus.",
            "Votre explication est trop longue : %(num)s caractères au plus.",
            EXPLANATION_LENGTH,
        )
        return Refusals(explanations={slot: (sentence, text)})
    if not text and not letters:
        return Refusals(explanations={slot: (_("Écrivez une raison ou joignez une lettre."), "")})
    if text:
        documents.explain(dossier, slot, text, now(), also)
    return receive(dossier, slot, letters, letter=True, also=also) if letters else Refusals()
