"""Kinds of attestation, their titles, and the rights each proves by situation; sentences are in `rights_texts`."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.text import N_
from app.domain.texts.rights_texts import (
    ADDRESS,
    DEPOSIT,
    DEPOSIT_CONTINUED,
    EXTENSION_CONTINUED,
    EXTENSION_FIRST,
    EXTENSION_RENEWAL,
    FAVOURABLE,
    LOSS,
    VALIDATION,
    Rights,
)


class AttestationKind(StrEnum):
    """The attestations that a dossier can give; the values appear in addresses and in storage."""

    DEPOSIT = "depot"
    EXTENSION = "prolongation"
    FAVOURABLE = "favorable"
    VALIDATION = "validation"  # of a visa that counts as a permit
    ADDRESS = "adresse"
    LOSS = "perte"


class Situation(StrEnum):
    """The situation of the holder: first residence permit, or renewal of one."""

    FIRST = "premiere"
    RENEWAL = "renouvellement"
    CONTINUED = "renouvellement-4-ans"  # of a card of four years or more: three more months by law (L.433-3)


@dataclass(frozen=True)
class Title:
    """Name of a document: the French is a msgid, both are printed."""

    french: str
    english: str


# Attestations that end with the permit or visa in the register; the others end as the law says, or with the card.
ENDS_WITH_PERMIT = frozenset({AttestationKind.VALIDATION})
# Attestations that state what was declared and when: they have no period of validity.
UNDATED = frozenset({AttestationKind.ADDRESS, AttestationKind.LOSS})

TITLES = {
    AttestationKind.DEPOSIT: Title(
        N_("Confirmation du dépôt d’une demande de titre de séjour"),
        "Confirmation that a residence permit application was submitted",
    ),
    AttestationKind.EXTENSION: Title(
        N_("Attestation de prolongation d’instruction (ADP, aussi appelée API)"),
        "Extension certificate",
    ),
    AttestationKind.FAVOURABLE: Title(
        N_("Attestation de décision favorable (ADF)"),
        "Certificate of favourable decision",
    ),
    AttestationKind.VALIDATION: Title(
        N_(
            "Confirmation de la validation de l’enregistrement de votre visa long séjour valant titre de séjour"
        ),
        "Confirmation that a long-stay visa serving as a residence permit was validated",
    ),
    AttestationKind.ADDRESS: Title(
        N_("Attestation de changement d’adresse"),
        "Certificate of change of address",
    ),
    AttestationKind.LOSS: Title(
        N_("Attestation de déclaration de perte, de vol ou de détérioration d’un titre de séjour"),
        "Certificate that a residence permit was reported lost, stolen or damaged",
    ),
}

RIGHTS: dict[tuple[AttestationKind, Situation], Rights] = {
    (AttestationKind.DEPOSIT, Situation.FIRST): DEPOSIT,
    (AttestationKind.DEPOSIT, Situation.RENEWAL): DEPOSIT,
    (AttestationKind.EXTENSION, Situation.FIRST): EXTENSION_FIRST,
    (AttestationKind.EXTENSION, Situation.RENEWAL): EXTENSION_RENEWAL,
    (AttestationKind.FAVOURABLE, Situation.FIRST): FAVOURABLE,
    (AttestationKind.FAVOURABLE, Situation.RENEWAL): FAVOURABLE,
    (AttestationKind.DEPOSIT, Situation.CONTINUED): DEPOSIT_CONTINUED,
    (AttestationKind.EXTENSION, Situation.CONTINUED): EXTENSION_CONTINUED,
    (AttestationKind.FAVOURABLE, Situation.CONTINUED): FAVOURABLE,
    (AttestationKind.VALIDATION, Situation.RENEWAL): VALIDATION,
    (AttestationKind.ADDRESS, Situation.RENEWAL): ADDRESS,
    (AttestationKind.LOSS, Situation.RENEWAL): LOSS,
}

# What employers, benefit offices, banks and airlines are shown most, in the order of an application, and which of two
# certificates with the same name it is.
SHOWN_TO_OTHERS = (
    (AttestationKind.DEPOSIT, Situation.RENEWAL, ""),
    (AttestationKind.EXTENSION, Situation.RENEWAL, N_("Pour un renouvellement")),
    (AttestationKind.EXTENSION, Situation.FIRST, N_("Pour une première demande")),
    (AttestationKind.FAVOURABLE, Situation.RENEWAL, ""),
)

# Sentences of the mail about a favourable decision on a permit.
PERMIT_GRANTED = (
    N_("Votre demande de titre de séjour est acceptée. Votre carte va être fabriquée."),
    N_(
        "Une attestation de décision favorable (ADF) vous attend dans votre espace. Elle est valable avec "
        "votre titre précédent, même expiré, jusqu’à la remise de la carte."
    ),
    N_("Nous vous écrivons quand la carte est prête."),
)
