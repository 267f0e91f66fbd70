"""Messages about e-photo codes (FAQ; domain reference §5)."""

from app.domain.text import N_
from app.gateways.ephoto import EPhotoState


def accepted(state: str) -> str:
    """Return the message for the state of a code that was accepted."""
    return ACCEPTED[EPhotoState(state)]


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
}

ACCEPTED: dict[EPhotoState, str] = {
    EPhotoState.READY: N_("Code accepté : la photo et la signature sont arrivées."),
    EPhotoState.NOT_ARRIVED: N_(
        "Code enregistré. La photo n’est pas encore arrivée : cela prend jusqu’à 72 h. Vous pouvez continuer et déposer."
    ),
}
