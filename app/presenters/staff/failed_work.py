"""Sentences about work that failed, for agents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.text import N_
from app.domain.texts.notices import NOTICE_TITLES, NoticeKind
from app.storage import failed_work
from app.storage.applications import notices
from app.web.localisation.language import gettext as _

if TYPE_CHECKING:
    from app.storage.models import Outbox

# By kind of work; `%(title)s` is the title of the message.
SENTENCES: dict[str, str] = {
    "mail_notice": N_(
        "L’usager n’a pas reçu l’e-mail « %(title)s » : son adresse est refusée. Il le lit dans son espace."
    ),
    "sms_notice": N_("L’usager n’a pas reçu le SMS « %(title)s » : son numéro est refusé."),
    "mail_number": N_("L’usager n’a pas reçu la lettre avec son numéro étranger."),
    "print_attestation": N_(
        "Une attestation ne peut pas être imprimée. Sa page, en ligne, dit la même chose."
    ),
    "print_application": N_("La copie de la demande ne peut pas être imprimée."),
    "print_certificate": N_(
        "Une attestation d’impossibilité d’utiliser le service ne peut pas être imprimée."
    ),
    "print_letter": N_("La lettre de la décision ne peut pas être imprimée. L’usager la lit en ligne."),
    "give_number": N_("Le numéro étranger n’a pas pu être attribué."),
    "invalidate_permit": N_("Le titre déclaré perdu ou volé n’a pas pu être signalé au registre."),
    "read_identity": N_("L’état civil n’a pas pu être relu au registre."),
    "scan_document": N_("Un fichier n’a pas pu être vérifié contre les virus : il ne s’ouvre pas."),
    "scan_attachment": N_(
        "Un fichier joint à un message n’a pas pu être vérifié contre les virus : il ne s’ouvre pas."
    ),
    "make_copy": N_("La copie que l’usager a demandée de ses données n’a pas pu être faite."),
    "check_files": N_(
        "Un fichier de ce dossier a changé ou manque dans notre stockage : il ne s’ouvre plus. Redemandez-le."
    ),
}


@dataclass(frozen=True)
class FailedView:
    """A failed piece of work: its number, what happened as a sentence, since when."""

    number: int
    sentence: str
    since: datetime


def of_dossier(dossier_id: int) -> Sequence[FailedView]:
    """Return the failed work about a dossier."""
    return [view(work) for work in failed_work.of_dossier(dossier_id)]


def view(work: "Outbox") -> FailedView:
    """Return a piece of failed work."""
    title = ""
    if "notice" in work.payload and (kind := notices.kind(int(work.payload["notice"]))):
        title = _(NOTICE_TITLES[NoticeKind(kind)])
    return FailedView(work.id, _(SENTENCES[work.kind], title=title), work.failed_at)
