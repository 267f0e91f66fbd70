"""Messages about e-photo codes, before and after the filing (FAQ; domain reference §5)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.rules.ephotos import EPhoto, EPhotoState
from app.domain.text import N_
from app.forms.views import FieldView
from app.services.applications import photos
from app.storage.applications import dossiers
from app.web.localisation.language import gettext as _

if TYPE_CHECKING:
    from app.storage.models import Dossier

REFUSED: dict[EPhotoState, str] = {
    EPhotoState.USED: N_(
        "Ce code a déjà servi pour une autre démarche. Un code sert une seule fois : refaites une e-photo."
    ),
    EPhotoState.EXPIRED: N_("Ce code a plus de 6 mois : il n’est plus valable. Refaites une e-photo."),
    EPhotoState.UNSIGNED: N_(
        "La signature manque sur cette e-photo. Retournez à la cabine ou chez le photographe pour signer, ou refaites-la."
    ),
    EPhotoState.REFUSED: N_(
        "Cette photo a été refusée : elle ne suit pas les règles des photos d’identité. Refaites une e-photo."
    ),
    EPhotoState.NEVER_ARRIVED: N_(
        "La photo n’est pas arrivée avec ce code. Vérifiez chaque lettre du code. S’il est juste, "
        "demandez au photographe ou à l’exploitant de la cabine si la photo est partie, ou refaites une e-photo."
    ),
}

ACCEPTED: dict[EPhotoState, str] = {
    EPhotoState.READY: N_("Code accepté : la photo et la signature sont arrivées."),
    EPhotoState.NOT_ARRIVED: N_(
        "Code enregistré. La photo n’est pas encore arrivée : cela prend jusqu’à 72 h. Vous pouvez continuer et déposer."
    ),
}

NO_CODE = N_("Nous n’avons pas de code pour votre e-photo.")
LOOKED_FOR = N_("La photo n’est pas encore arrivée : nous la cherchons encore.")


def of_draft(state: str) -> str:
    """Return the message for the last code of a draft."""
    found = EPhotoState(state)
    return _((ACCEPTED | REFUSED)[found])


def symbol(state: str) -> str:
    """Return the name of the symbol for the last code of a draft."""
    symbols = {EPhotoState.READY: "check", EPhotoState.NOT_ARRIVED: "clock"}
    return symbols.get(EPhotoState(state), "alert")


@dataclass(frozen=True)
class PhotoView:
    """The e-photo of a filed application: a sentence, whether another code is needed, until when it is looked for."""

    code: str
    sentence: str
    arrived: bool
    fault: bool
    until: datetime | None


def awaited(dossier: "Dossier", now: datetime) -> PhotoView | None:
    """Return the e-photo that a filed application still waits for; None if it is waived, or not required."""
    whole = dossiers.whole(dossier.id)
    required = photos.required(whole)
    if required is None or required.waived or not photos.can_give(whole, required):
        return None
    return of_filed(required, now)


def of_filed(photo: EPhoto, now: datetime) -> PhotoView:
    """Return the e-photo of a filed application for its applicant; a date that is past is not shown."""
    until = photo.until if photo.until and photo.until > now else None
    if photo.state is None:
        sentence = _(NO_CODE)
    elif photo.state is EPhotoState.NOT_ARRIVED:
        sentence = _(LOOKED_FOR)
    else:
        sentence = of_draft(photo.state)
    return PhotoView(photo.code, sentence, photo.arrived, photo.fault, until)


def error_fields(sentence: str) -> list[FieldView]:
    """Return the field of the code with its error, for the error summary; none without an error."""
    return [FieldView("code", "text", _("Code de la planche photo"), error=sentence)] if sentence else []
