"""What each attestation proves, by situation: the law's wording, plain French and English.

The law's wording stays French on every page and in every language: it is what an employer or a border
guard compares. Plain French and English are always printed together, so they are constants as well;
only the short summaries of the public check page go through the catalogues.

Sources: the prefecture's public answers on ADP and ADF (mentions "portées explicitement sur le document
généré", word for word, straight apostrophes included); CESEDA R.431-15-1 and R.431-15-2.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.text import N_


class AttestationKind(StrEnum):
    """The three documents a dossier gives right to; the values appear in addresses and in storage."""

    DEPOSIT = "depot"
    EXTENSION = "prolongation"
    FAVOURABLE = "favorable"


class Situation(StrEnum):
    """Whether the person asks for a first residence permit or for the renewal of one."""

    FIRST = "premiere"
    RENEWAL = "renouvellement"


@dataclass(frozen=True)
class Title:
    """Name of a document: the French is a msgid, both are printed."""

    french: str
    english: str


@dataclass(frozen=True)
class Rights:
    """What a document proves and does not prove.

    `mentions` are the exact French sentences the document must carry (`lang="fr"`, never translated);
    `plain` and `english` say the same simply, side by side; `stay`, `work`, `travel` are msgids.
    """

    mentions: tuple[str, ...]
    plain: tuple[str, ...]
    english: tuple[str, ...]
    stay: str
    work: str
    travel: str


TITLES = {
    AttestationKind.DEPOSIT: Title(
        N_("Confirmation du dépôt d’une demande de titre de séjour"),
        "Confirmation that a residence permit application was filed",
    ),
    AttestationKind.EXTENSION: Title(
        N_("Attestation de prolongation d’instruction (ADP, aussi appelée API)"),
        "Certificate of extension of processing",
    ),
    AttestationKind.FAVOURABLE: Title(
        N_("Attestation de décision favorable (ADF)"),
        "Certificate of favourable decision",
    ),
}

_SCHENGEN = "Permet de voyager et d'entrer dans l'espace Schengen quel que soit le point d'entrée"

_DEPOSIT = Rights(
    mentions=(
        "Ce document ne justifie pas de la régularité du séjour de son titulaire.",
        "Il ne permet pas de travailler.",
        "Il ne permet pas de voyager ni d'entrer dans l'espace Schengen.",
    ),
    plain=(
        "Ce document prouve une seule chose\u00a0: la demande a été déposée à la date indiquée.",
        (
            "Jusqu’à sa date de fin, c’est le titre ou le visa actuel qui prouve le droit de séjourner, "
            "de voyager et, s’il le permet, de travailler."
        ),
        (
            "Si le titre ou le visa prend fin pendant l’instruction, le service peut remettre "
            "une attestation de prolongation d’instruction (ADP)."
        ),
    ),
    english=(
        "This document proves one thing only: the application was filed on the date shown.",
        (
            "Until it ends, the current permit or visa is what proves the right to stay, to travel and, "
            "where it allows it, to work."
        ),
        (
            "If the permit or visa ends while the application is being processed, the service may issue "
            "a certificate of extension (ADP)."
        ),
    ),
    stay=N_("Non prouvé par ce document. Le titre ou le visa actuel le prouve jusqu’à sa date de fin."),
    work=N_("Non autorisé par ce document."),
    travel=N_("Non autorisé par ce document."),
)

_EXTENSION_FIRST = Rights(
    mentions=(
        "Ne permet pas de voyager et d'entrer dans l'espace Schengen quel que soit le point d'entrée",
        "Elle ne permet pas d'acquérir de nouveaux droits (sauf exception mentionnée sur le document).",
    ),
    plain=(
        (
            "Avec le visa ou le titre déjà détenu, même expiré, prouve que le séjour est régulier "
            "pendant la durée indiquée."
        ),
        "Ne permet ni de voyager, ni d’entrer dans l’espace Schengen, quel que soit le point d’entrée.",
        "Ne donne pas de nouveau droit, par exemple celui de travailler, sauf si ce document le dit.",
    ),
    english=(
        (
            "Together with the visa or permit already held, even expired, proves that the stay is lawful "
            "for the period shown."
        ),
        "Does not allow the holder to travel or to enter the Schengen area, at any point of entry.",
        "Gives no new right, such as the right to work, unless this document says so.",
    ),
    stay=N_("Régulier, avec le visa ou le titre déjà détenu, même expiré."),
    work=N_("Aucun nouveau droit de travailler, sauf mention sur le document."),
    travel=N_("Non autorisé."),
)

_EXTENSION_RENEWAL = Rights(
    mentions=(
        (
            "N'est valable qu'accompagnée du titre de séjour (carte de séjour ou visa) précédemment détenu "
            "(même s'il est arrivé à expiration)"
        ),
        _SCHENGEN,
        (
            "Justifie le maintien de l'ensemble des droits ouverts en raison du titre de séjour précédemment "
            "détenu. Si ce titre permettait d'exercer une activité professionnelle, celle-ci peut se "
            "poursuivre pendant la durée de validité de cette attestation."
        ),
    ),
    plain=(
        "Valable seulement avec le titre de séjour ou le visa précédent, même expiré.",
        "Permet de voyager et d’entrer dans l’espace Schengen, quel que soit le point d’entrée.",
        "Maintient tous les droits du titre précédent.",
        (
            "Si ce titre permettait de travailler, le travail peut continuer pendant la validité "
            "de cette attestation."
        ),
    ),
    english=(
        "Valid only together with the previous residence permit or visa, even expired.",
        "Allows the holder to travel and to enter the Schengen area, at any point of entry.",
        "Maintains every right attached to the previous permit.",
        "If that permit allowed work, work may continue while this certificate is valid.",
    ),
    stay=N_("Régulier, avec le titre précédent, même expiré."),
    work=N_("Autorisé si le titre précédent le permettait."),
    travel=N_("Autorisé, avec le titre précédent, même expiré."),
)

_FAVOURABLE = Rights(
    mentions=(
        (
            "L'ADF n'est valable qu'accompagnée du titre ou visa de long séjour précédemment détenu, "
            "même s'il est arrivé à expiration."
        ),
        (
            "Justifie le maintien de l'ensemble des droits ouverts en raison du titre de séjour précédemment "
            "détenu"
        ),
        _SCHENGEN,
        (
            "Si votre titre permettait d'exercer une activité professionnelle, celle-ci peut se poursuivre "
            "pendant la durée de validité de cette attestation."
        ),
    ),
    plain=(
        "Valable seulement avec le titre ou le visa de long séjour précédent, même expiré.",
        "Maintient tous les droits du titre précédent.",
        "Permet de voyager et d’entrer dans l’espace Schengen, quel que soit le point d’entrée.",
        (
            "Si ce titre permettait de travailler, le travail peut continuer pendant la validité "
            "de cette attestation."
        ),
    ),
    english=(
        "Valid only together with the previous residence permit or long-stay visa, even expired.",
        "Maintains every right attached to the previous permit.",
        "Allows the holder to travel and to enter the Schengen area, at any point of entry.",
        "If that permit allowed work, work may continue while this certificate is valid.",
    ),
    stay=N_("Régulier, avec le titre ou le visa précédent, même expiré."),
    work=N_("Autorisé si le titre précédent le permettait."),
    travel=N_("Autorisé, avec le titre ou le visa précédent, même expiré."),
)

RIGHTS: dict[tuple[AttestationKind, Situation], Rights] = {
    (AttestationKind.DEPOSIT, Situation.FIRST): _DEPOSIT,
    (AttestationKind.DEPOSIT, Situation.RENEWAL): _DEPOSIT,
    (AttestationKind.EXTENSION, Situation.FIRST): _EXTENSION_FIRST,
    (AttestationKind.EXTENSION, Situation.RENEWAL): _EXTENSION_RENEWAL,
    (AttestationKind.FAVOURABLE, Situation.FIRST): _FAVOURABLE,
    (AttestationKind.FAVOURABLE, Situation.RENEWAL): _FAVOURABLE,
}

# What the letter of a favourable decision on a permit says.
PERMIT_GRANTED = (
    N_("Votre demande de titre de séjour est acceptée. Votre carte va être fabriquée."),
    N_(
        "Une attestation de décision favorable (ADF) vous attend dans votre espace. Elle est valable avec "
        "votre titre précédent, même expiré, jusqu’à la remise de la carte."
    ),
    N_("Nous vous écrivons quand la carte est prête."),
)
