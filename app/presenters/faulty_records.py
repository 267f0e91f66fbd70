"""What cannot be read of a record of the permit register, in words."""

from app.domain.text import N_
from app.web.localisation.language import gettext as _

# What of a record cannot be read, after « nous ne pouvons pas lire ».
_PARTS = {
    "name": N_("le nom"),
    "number": N_("le numéro étranger"),
    "birth": N_("la date de naissance"),
    "validity": N_("les dates de validité"),
    "record": N_("une information"),
}


def faulty_part(part: str) -> str:
    """Return the words for the part of a record that cannot be read; KeyError for an unknown part."""
    return _(_PARTS[part])
