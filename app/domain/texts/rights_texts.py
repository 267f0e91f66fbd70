"""Sentences of attestations: the law's wording, plain French and English.

The law's wording is French in every language of the site: employers and border guards compare it. Plain French and
English are always printed together, so they are constants too; only the short summaries of the check page are msgids.

Sources: the prefectures' public answers on ADP and ADF (mentions "portées explicitement sur le document généré", word
for word, straight apostrophes included); CESEDA R.431-15-1 and R.431-15-2. That the permit *granted* counts too is from
R.431-15-2 as redrafted by décret 2025-539, read in secondary sources only (a service-public page of 26/04/2026).
"""

from dataclasses import dataclass, replace

from app.domain.text import N_


@dataclass(frozen=True)
class Rights:
    """The sentences on what a document proves and does not prove.

    `mentions` are the exact French sentences that it must have (`lang="fr"`, never translated); `plain` and `english`
    say the same in plain words, side by side; `stay`, `work`, `travel` are msgids.
    """

    mentions: tuple[str, ...]
    plain: tuple[str, ...]
    english: tuple[str, ...]
    stay: str
    work: str
    travel: str


_SCHENGEN = "Permet de voyager et d'entrer dans l'espace Schengen quel que soit le point d'entrée"

DEPOSIT = Rights(
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
        "This document proves one thing only: the application was submitted on the date shown.",
        (
            "Until it ends, the current permit or visa is what proves the right to stay, to travel and, "
            "where it allows it, to work."
        ),
        (
            "If the permit or visa ends while the application is under review, the service may issue "
            "an extension certificate (ADP)."
        ),
    ),
    stay=N_("Non prouvé par ce document. Le titre ou le visa actuel le prouve jusqu’à sa date de fin."),
    work=N_("Non autorisé par ce document."),
    travel=N_("Non autorisé par ce document."),
)

EXTENSION_FIRST = Rights(
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

EXTENSION_RENEWAL = Rights(
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

_THREE_MONTHS = "Carte de quatre ans ou plus\u00a0: même expirée, elle suffit trois mois de plus (L. 433-3)."
_THREE_MONTHS_ENGLISH = (
    "A card of four years or more is enough for three more months, even expired (L. 433-3)."
)

DEPOSIT_CONTINUED = replace(
    DEPOSIT, plain=(*DEPOSIT.plain, _THREE_MONTHS), english=(*DEPOSIT.english, _THREE_MONTHS_ENGLISH)
)
EXTENSION_CONTINUED = replace(
    EXTENSION_RENEWAL,
    plain=(*EXTENSION_RENEWAL.plain, _THREE_MONTHS),
    english=(*EXTENSION_RENEWAL.english, _THREE_MONTHS_ENGLISH),
)

FAVOURABLE = Rights(
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
        "Permet de travailler, tant qu’elle est valable, si ce titre le permettait ou si le titre accordé le permet.",
    ),
    english=(
        "Valid only together with the previous residence permit or long-stay visa, even expired.",
        "Maintains every right attached to the previous permit.",
        "Allows the holder to travel and to enter the Schengen area, at any point of entry.",
        "Allows work while it is valid, if that permit did or if the permit granted does.",
    ),
    stay=N_("Régulier, avec le titre ou le visa précédent, même expiré."),
    work=N_("Autorisé si le titre précédent le permettait, ou si le titre accordé le permet."),
    travel=N_("Autorisé, avec le titre ou le visa précédent, même expiré."),
)

VALIDATION = Rights(
    mentions=(
        (
            "Référence (numéro d'enregistrement dans l'application de gestion des dossiers des ressortissants "
            "étrangers en France, à rappeler dans toute correspondance) : {number}"
        ),
        (
            "Le {day}, vous avez validé votre visa de long séjour valant titre de séjour et payé la taxe perçue au "
            "titre de la délivrance d'un premier titre de séjour."
        ),
    ),
    plain=(
        "Le visa est validé : avec cette confirmation, il vaut titre de séjour jusqu’à sa date de fin.",
        "La référence est le numéro étranger : elle sert d’identifiant pour le compte et pour le renouvellement.",
        "Le visa permet de voyager et, s’il le dit, de travailler.",
    ),
    english=(
        "The visa is validated: with this confirmation, it serves as a residence permit until it ends.",
        "The reference is the foreign-national number: it opens the account and serves for the renewal.",
        "The visa allows travel and, where it says so, work.",
    ),
    stay=N_("Régulier, avec le visa, jusqu’à sa date de fin."),
    work=N_("Autorisé si le visa le permet."),
    travel=N_("Autorisé, avec le visa."),
)

ADDRESS = Rights(
    mentions=(
        "Le titulaire a déclaré l'adresse indiquée ci-dessus (article R. 431-23 du CESEDA).",
        "Ce document ne vaut qu'accompagné du titre de séjour, dont il ne change ni les droits ni la durée.",
    ),
    plain=(
        "Prouve la nouvelle adresse, déclarée au service du séjour et vérifiée par lui.",
        "À montrer avec le titre de séjour, sur lequel l’ancienne adresse reste imprimée.",
        "Ne donne aucun droit au séjour ni au travail : c’est le titre qui les donne.",
    ),
    english=(
        "Proves the new address, reported to the immigration service and checked by it.",
        "To be shown with the residence permit, on which the old address stays printed.",
        "Gives no right to stay or to work: the permit does.",
    ),
    stay=N_("Non prouvé par ce document : c’est le titre qui le prouve."),
    work=N_("Non prouvé par ce document : c’est le titre qui le prouve."),
    travel=N_("Non prouvé par ce document : c’est le titre qui le prouve."),
)

LOSS = Rights(
    mentions=(
        "Le titulaire a déclaré la perte, le vol ou la détérioration de son titre de séjour.",
        "Ce titre n'est plus valable à compter de cette déclaration, même s'il est retrouvé.",
        "Ce document ne permet pas de voyager ni d'entrer dans l'espace Schengen.",
    ),
    plain=(
        "Prouve que la déclaration a été faite, à la date indiquée.",
        "Ne remplace pas le titre. Le droit au séjour n’est pas retiré : le service du séjour peut le confirmer.",
        "Pour revenir en France depuis l’étranger, il faut un visa de retour, demandé au consulat.",
    ),
    english=(
        "Proves that the report was made, on the date shown.",
        "Does not replace the permit. The right to stay is not withdrawn: the immigration service can confirm it.",
        "To come back to France from abroad, a return visa from the consulate is needed.",
    ),
    stay=N_(
        "Non prouvé par ce document. Le droit au séjour n’est pas retiré : le service peut le confirmer."
    ),
    work=N_("Non prouvé par ce document. Il n’est pas retiré : le service peut le confirmer."),
    travel=N_("Non autorisé par ce document."),
)
