"""Step 1, the same for every ground of stay: who the person is and where they live (domain reference §3.1)."""

from collections.abc import Callable

from app.domain.checks import (
    not_after_today,
    not_before_today,
    passport_number,
    some_words,
    within_years,
)
from app.domain.journey import Case, Kind, Option, Question, Step, SupportingDocument, When
from app.domain.text import N_

YES_NO = (Option("yes", N_("Oui")), Option("no", N_("Non")))

PERSONAL = Step(
    "informations-personnelles",
    N_("Informations personnelles"),
    N_("Vérifiez les informations relatives à votre état civil et votre adresse."),
    (
        Question(
            "identity_right",
            Kind.CHOICE,
            N_("Les informations ci-dessus sont-elles exactes ?"),
            short=N_("Informations du titre exactes"),
            options=(
                Option("yes", N_("Oui, tout est exact")),
                Option("no", N_("Non, une information est fausse")),
            ),
        ),
        Question(
            "identity_error",
            Kind.LONG_TEXT,
            N_("Quelle information est fausse, et que faut-il écrire ?"),
            hint=N_("Un agent la corrigera. Cela ne retarde pas votre dépôt."),
            short=N_("Correction demandée"),
            when=When("identity_right", "no"),
            checks=(some_words,),
            max_length=1000,
        ),
        Question(
            "usage_name",
            Kind.TEXT,
            N_("Nom d’usage"),
            hint=N_("Par exemple le nom de votre époux ou épouse, si vous le portez."),
            required=False,
            width="w20",
            autocomplete="family-name",
        ),
        Question(
            "family",
            Kind.CHOICE,
            N_("Situation familiale"),
            options=(
                Option("single", N_("Célibataire")),
                Option("married", N_("Marié(e)")),
                Option("partner", N_("Pacsé(e)")),
                Option("divorced", N_("Divorcé(e) ou séparé(e)")),
                Option("widowed", N_("Veuf ou veuve")),
            ),
        ),
        Question(
            "passport_number",
            Kind.TEXT,
            N_("Numéro de passeport"),
            hint=N_("En haut à droite de la page avec votre photo."),
            checks=(passport_number,),
            width="w10",
            max_length=20,
        ),
        Question(
            "passport_until",
            Kind.DATE,
            N_("Passeport valable jusqu’au"),
            hint=N_("Par exemple : 31 01 2029"),
            checks=(not_before_today, within_years(20)),
        ),
        Question(
            "entered_on",
            Kind.DATE,
            N_("Date de votre première entrée en France pour ce séjour"),
            hint=N_("Le tampon d’entrée est dans votre passeport."),
            short=N_("Entrée en France"),
            checks=(not_after_today, within_years(80)),
        ),
        Question(
            "housing",
            Kind.CHOICE,
            N_("Comment êtes-vous logé(e) ?"),
            short=N_("Logement"),
            options=(
                Option("tenant", N_("Locataire")),
                Option("owner", N_("Propriétaire")),
                Option("hosted", N_("Hébergé(e) chez quelqu’un")),
                Option(
                    "residence",
                    N_("En résidence étudiante ou en foyer"),
                    N_("CROUS, résidence privée, foyer"),
                ),
                Option("hotel", N_("À l’hôtel")),
                Option(
                    "domiciled",
                    N_("Sans logement stable, domicilié(e)"),
                    N_("par une association ou un centre communal d’action sociale"),
                ),
            ),
        ),
        Question(
            "host",
            Kind.TEXT,
            N_("Nom de la personne qui vous héberge"),
            when=When("housing", "hosted"),
            checks=(some_words,),
            width="w20",
        ),
        Question(
            "domiciled_by",
            Kind.TEXT,
            N_("Nom de l’organisme qui vous domicilie"),
            when=When("housing", "domiciled"),
            checks=(some_words,),
            width="w20",
        ),
        Question(
            "address",
            Kind.TEXT,
            N_("Numéro et nom de la rue"),
            hint=N_("Par exemple : 29 rue du Professeur-Rochaix"),
            checks=(some_words,),
            autocomplete="address-line1",
        ),
        Question(
            "address_more",
            Kind.TEXT,
            N_("Complément d’adresse"),
            hint=N_("Bâtiment, chambre, « chez… », nom sur la boîte aux lettres."),
            required=False,
            autocomplete="address-line2",
        ),
        Question(
            "postcode",
            Kind.POSTCODE,
            N_("Code postal"),
            width="w10",
            max_length=5,
            autocomplete="postal-code",
        ),
        Question(
            "commune",
            Kind.COMMUNE,
            N_("Commune"),
            hint=N_("Écrivez le nom de la ville, sans abréviation."),
            width="w20",
            autocomplete="address-level2",
        ),
        Question(
            "phone",
            Kind.PHONE,
            N_("Téléphone"),
            hint=N_("Un SMS vous préviendra quand la carte sera prête. Par exemple : 06 12 34 56 78"),
            width="w20",
            max_length=30,
            autocomplete="tel",
        ),
    ),
)


def _married(case: Case) -> bool:
    return case.answers.get("family") in ("married", "partner")


def _housed(*kinds: str) -> Callable[[Case], bool]:
    return lambda case: case.answers.get("housing") in kinds


def _owes_commitment(case: Case) -> bool:
    return case.identity.get("nationality") not in COMMITMENT_EXEMPT


_ADDRESS = ("address", "address_more", "postcode", "commune", "housing")

PERMIT_DOCUMENT = SupportingDocument(
    "permit",
    N_("Titre de séjour actuel, recto et verso"),
    N_("Les deux faces de la carte. Pour un visa : la page du visa et la confirmation de sa validation."),
    instead=N_(
        "Carte perdue ou volée : la déclaration de perte ou la plainte. Récépissé : le récépissé, recto et verso."
    ),
)

PASSPORT_AND_FAMILY = (
    SupportingDocument(
        "passport",
        N_("Passeport"),
        N_("Pages d’identité, de validité, tampons d’entrée et visas."),
        proves=("passport_number", "passport_until", "entered_on"),
        instead=N_(
            "Une attestation consulaire avec photo, une carte d’identité, une carte consulaire, ou "
            "un certificat de nationalité de moins de 6 mois avec photo."
        ),
    ),
    SupportingDocument(
        "family",
        N_("Acte de mariage ou attestation de PACS"),
        N_("Avec sa traduction par un traducteur agréé s’il n’est pas en français."),
        _married,
        proves=("family", "usage_name"),
        instead=N_("Le livret de famille, avec sa traduction."),
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
        instead=N_(
            "Un avis de taxe d’habitation ou de taxe foncière. Une facture de téléphone mobile est souvent refusée."
        ),
    ),
    SupportingDocument(
        "host_statement",
        N_("Attestation d’hébergement"),
        N_("Datée et signée par la personne qui vous héberge."),
        _housed("hosted"),
        proves=("host", *_ADDRESS),
        instead=N_("Demandez à la personne de l’écrire à la main, de la dater et de la signer."),
    ),
    SupportingDocument(
        "host_identity",
        N_("Pièce d’identité de la personne qui vous héberge"),
        N_("Carte d’identité, passeport ou titre de séjour."),
        _housed("hosted"),
        proves=("host",),
        instead=N_("Son récépissé, si son titre est en cours de renouvellement."),
    ),
    SupportingDocument(
        "host_home",
        N_("Justificatif de domicile de la personne qui vous héberge"),
        N_("Facture, bail ou avis d’impôt de moins de 6 mois, à son nom."),
        _housed("hosted"),
        proves=("host", *_ADDRESS),
        instead=N_("Son titre de propriété ou sa taxe foncière."),
    ),
    SupportingDocument(
        "residence_statement",
        N_("Attestation de la résidence ou du foyer"),
        N_("De moins de 6 mois, signée par la direction."),
        _housed("residence"),
        proves=_ADDRESS,
        instead=N_("Le contrat de résidence, ou la dernière quittance de loyer."),
    ),
    SupportingDocument(
        "hotel_statement",
        N_("Attestation de l’hôtel et dernière facture"),
        N_("L’attestation de l’hôtelier et la facture du dernier mois."),
        _housed("hotel"),
        proves=_ADDRESS,
        instead=N_("La facture du dernier mois, si l’hôtel y écrit votre nom et vos dates."),
    ),
    SupportingDocument(
        "domicile_election",
        N_("Attestation d’élection de domicile"),
        N_("Donnée par l’association ou le centre communal d’action sociale, en cours de validité."),
        _housed("domiciled"),
        proves=("domiciled_by", *_ADDRESS),
        instead=N_("Demandez-la à l’association, ou au centre communal d’action sociale de votre ville."),
    ),
)

# Who does not sign it, by nationality: Algerians (their agreement with France), and citizens of the European
# Economic Area, of Switzerland and of Monaco (CESEDA L.412-7, R.413-2; page of the ministry).
COMMITMENT_EXEMPT = frozenset(
    "DZA AUT BEL BGR CHE CYP CZE DEU DNK ESP EST FIN GRC HRV HUN IRL ISL ITA LIE LTU LUX LVA MCO MLT NLD NOR "
    "POL PRT ROU SVK SVN SWE".split()
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
)
