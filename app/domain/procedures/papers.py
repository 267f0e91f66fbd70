"""Supporting documents on identity, family and housing, the same for every ground of stay."""

from collections.abc import Callable

from app.domain.journeys.journey import SupportingDocument
from app.domain.journeys.questions import Case
from app.domain.procedures.permit_sides import is_exempt
from app.domain.rules.parameters import ADDRESS_AGAIN_DAYS
from app.domain.text import N_


def _married(case: Case) -> bool:
    return case.answers.get("family") in ("married", "partner")


def _spouse_unseen(case: Case) -> bool:
    """Return whether the spouse's permit is to be requested; « talent (famille) » of a spouse requests it already."""
    return _married(case) and case.answers.get("kinship") != "spouse"


def _has_children(case: Case) -> bool:
    return case.answers.get("children") == "yes"


def _housed(*kinds: str) -> Callable[[Case], bool]:
    return lambda case: case.answers.get("housing") in kinds


def _owes_commitment(case: Case) -> bool:
    return not is_exempt(case.identity, case.today)


_ADDRESS = ("address", "address_more", "postcode", "commune", "housing")

PERMIT_DOCUMENT = SupportingDocument(
    "permit",
    N_("Titre de séjour actuel, recto et verso"),
    N_("Les deux faces de la carte. Pour un visa : la page du visa et la confirmation de sa validation."),
    again_within=0,  # a renewed permit is another one
    instead=N_(
        "Carte perdue ou volée : la déclaration de perte ou la plainte. Récépissé : le récépissé, recto et verso."
    ),
)

PASSPORT_DOCUMENT = SupportingDocument(
    "passport",
    N_("Passeport"),
    N_("Pages d’identité, de validité, tampons d’entrée et visas."),
    proves=(
        "passport_held",
        "passport_instead",
        "passport_number",
        "passport_from",
        "passport_until",
        "entered_on",
    ),
    instead=N_(
        "Une attestation consulaire avec photo, une carte d’identité, une carte consulaire, ou "
        "un certificat de nationalité de moins de 6 mois avec photo."
    ),
)

PASSPORT_AND_FAMILY = (
    PASSPORT_DOCUMENT,
    SupportingDocument(
        "family",
        N_("Acte de mariage ou attestation de PACS"),
        N_("Avec sa traduction par un traducteur agréé s’il n’est pas en français."),
        _married,
        proves=("family", "usage_name"),
        instead=N_("Le livret de famille, avec sa traduction."),
        when=N_("Si vous vivez en mariage ou en PACS"),
    ),
    SupportingDocument(
        "spouse_identity",
        N_("Pièce d’identité de votre époux, épouse ou partenaire"),
        N_(
            "Son titre de séjour recto et verso, sa carte d’identité, ou la page d’identité de son passeport."
        ),
        _spouse_unseen,
        proves=("family",),
        instead=N_(
            "Son récépissé ou son attestation de prolongation, si son titre est en cours de renouvellement."
        ),
        since=2,
        when=N_("Si vous vivez en mariage ou en PACS"),
    ),
    SupportingDocument(
        "children_births",
        N_("Actes de naissance de vos enfants"),
        N_("Copie intégrale, ou extrait avec les noms des parents, un par enfant."),
        _has_children,
        proves=("children", "children_who"),
        instead=N_(
            "Le livret de famille avec les pages des enfants. S’il n’est pas en français, ajoutez sa traduction par un "
            "traducteur agréé."
        ),
        since=2,
        when=N_("Si vous avez des enfants"),
    ),
)

HOUSING_DOCUMENTS = (
    SupportingDocument(
        "home_bill",
        N_("Justificatif de domicile de moins de 6 mois"),
        N_(
            "Facture d’électricité, de gaz, d’eau, d’internet ou de téléphone fixe, bail ou quittance de loyer."
        ),
        _housed("tenant", "owner"),
        proves=_ADDRESS,
        again_within=ADDRESS_AGAIN_DAYS,
        instead=N_(
            "Un avis de taxe d’habitation ou de taxe foncière. Une facture de téléphone mobile est souvent refusée."
        ),
        when=N_("Si votre logement est à vous, ou loué à votre nom"),
    ),
    SupportingDocument(
        "host_statement",
        N_("Attestation d’hébergement"),
        N_("Datée et signée par la personne qui vous héberge."),
        _housed("hosted"),
        proves=("host", *_ADDRESS),
        again_within=ADDRESS_AGAIN_DAYS,
        instead=N_("Demandez à la personne de l’écrire à la main, de la dater et de la signer."),
        when=N_("Si quelqu’un vous héberge"),
    ),
    SupportingDocument(
        "host_identity",
        N_("Pièce d’identité de la personne qui vous héberge"),
        N_("Carte d’identité, passeport ou titre de séjour."),
        _housed("hosted"),
        proves=("host",),
        again_within=ADDRESS_AGAIN_DAYS,
        instead=N_("Son récépissé, si son titre est en cours de renouvellement."),
        when=N_("Si quelqu’un vous héberge"),
    ),
    SupportingDocument(
        "host_home",
        N_("Justificatif de domicile de la personne qui vous héberge"),
        N_("Facture, bail ou avis d’impôt de moins de 6 mois, à son nom."),
        _housed("hosted"),
        proves=("host", *_ADDRESS),
        again_within=ADDRESS_AGAIN_DAYS,
        instead=N_("Son titre de propriété ou sa taxe foncière."),
        when=N_("Si quelqu’un vous héberge"),
    ),
    SupportingDocument(
        "residence_statement",
        N_("Attestation de la résidence ou du foyer"),
        N_("De moins de 6 mois, signée par la direction."),
        _housed("residence"),
        proves=_ADDRESS,
        again_within=ADDRESS_AGAIN_DAYS,
        instead=N_("Le contrat de résidence, ou la dernière quittance de loyer."),
        when=N_("Si vous habitez une résidence ou un foyer"),
    ),
    SupportingDocument(
        "hotel_statement",
        N_("Attestation de l’hôtel et dernière facture"),
        N_("L’attestation de l’hôtelier et la facture du dernier mois."),
        _housed("hotel"),
        proves=_ADDRESS,
        again_within=ADDRESS_AGAIN_DAYS,
        instead=N_("La facture du dernier mois, si l’hôtel y écrit votre nom et vos dates."),
        when=N_("Si vous habitez à l’hôtel"),
    ),
    SupportingDocument(
        "domicile_election",
        N_("Attestation de domiciliation (adresse donnée par une association ou un CCAS)"),
        N_("Donnée par l’association ou le centre communal d’action sociale, en cours de validité."),
        _housed("domiciled"),
        proves=("domiciled_by", *_ADDRESS),
        again_within=ADDRESS_AGAIN_DAYS,
        instead=N_("Demandez-la à l’association, ou au centre communal d’action sociale de votre ville."),
        when=N_("Si une association ou un centre d’action sociale vous donne une adresse"),
    ),
)

COMMITMENT_DOCUMENT = SupportingDocument(
    "commitment",
    N_("Contrat d’engagement à respecter les principes de la République"),
    N_("Daté et signé, dans sa version française."),
    _owes_commitment,
    instead=N_(
        "Le modèle est sur le site de votre préfecture. Certaines nationalités en sont "
        "dispensées, et il ne leur est pas demandé."
    ),
    when=N_("Sauf nationalité algérienne, suisse, monégasque, ou d’un pays de l’Espace économique européen"),
)
