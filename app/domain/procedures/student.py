"""Étudiant (CESEDA L.422-1; domain reference §3.4): six steps, first application and renewal."""

from app.domain.calendar import Delay
from app.domain.checks import after, some_words, within_years
from app.domain.deadlines import ARRIVAL
from app.domain.fees import Operation
from app.domain.journey import Journey, Purpose, Step, SupportingDocument
from app.domain.permits import Grantable
from app.domain.procedures.closing import CLOSING_STEPS
from app.domain.procedures.grounds import (
    BANK_STATEMENT,
    FIRST_IDENTITY,
    GUARANTOR,
    PAYSLIPS,
    RENEWAL_IDENTITY,
    answered,
    lives_on,
)
from app.domain.procedures.papers import COMMITMENT_DOCUMENT, HOUSING_DOCUMENTS
from app.domain.procedures.personal import PERSONAL, YES_NO
from app.domain.procedures.resources import STUDENT_RESOURCES
from app.domain.questions import Kind, Option, Question, When
from app.domain.rights import Situation
from app.domain.text import N_

ANSWER = Delay(days=90)  # R.422-5

_RESULTS = (
    Option("passed", N_("Année validée")),
    Option("repeat", N_("Année non validée")),
    Option("changed", N_("Changement d’études")),
    Option("other", N_("Autre, ou pas d’études cette année-là")),
)

_EARLIER_LABELS = (
    (N_("L’an dernier : établissement et diplôme"), N_("L’an dernier : résultat")),
    (N_("Il y a deux ans : établissement et diplôme"), N_("Il y a deux ans : résultat")),
    (N_("Il y a trois ans : établissement et diplôme"), N_("Il y a trois ans : résultat")),
)


def _earlier_year(place: int) -> tuple[Question, Question]:
    """What was studied so many years ago, and with what result: optional, one pair a year."""
    school, result = _EARLIER_LABELS[place]
    key = f"earlier_{place + 1}"
    return (
        Question(key, Kind.TEXT, school, required=False, width="w20"),
        Question(f"{key}_result", Kind.SELECT, result, required=False, options=_RESULTS, width="w20"),
    )


_ENROLMENT_PROVES = ("school", "degree", "degree_year", "year_starts", "year_ends")

STUDIES = Step(
    "motif-de-sejour",
    N_("Motif de séjour"),
    N_("Décrivez votre projet."),
    (
        Question(
            "school_type",
            Kind.CHOICE,
            N_("Où étudiez-vous ?"),
            hint=N_("Regardez le haut de votre certificat de scolarité."),
            short=N_("Type d’établissement"),
            options=(
                Option("university", N_("À l’université"), N_("publique, y compris IUT et doctorat")),
                Option(
                    "grande_ecole", N_("Dans une grande école"), N_("ingénieurs, commerce, architecture, art")
                ),
                Option("private", N_("Dans un établissement privé")),
                Option("other", N_("Ailleurs")),
            ),
        ),
        Question(
            "school_other",
            Kind.TEXT,
            N_("Type d’établissement"),
            when=When("school_type", "other"),
            checks=(some_words,),
            width="w20",
        ),
        Question(
            "school",
            Kind.TEXT,
            N_("Nom de l’établissement"),
            hint=N_("Écrivez le nom complet, sans sigle."),
            checks=(some_words,),
        ),
        Question(
            "school_city",
            Kind.TEXT,
            N_("Ville de l’établissement"),
            checks=(some_words,),
            width="w20",
        ),
        Question(
            "degree",
            Kind.SELECT,
            N_("Diplôme préparé"),
            width="w20",
            options=(
                Option("licence", N_("Licence")),
                Option("master", N_("Master")),
                Option("doctorate", N_("Doctorat")),
                Option("bts_but", N_("BTS ou BUT")),
                Option("engineer", N_("Diplôme d’ingénieur")),
                Option("business", N_("Diplôme d’école de commerce")),
                Option("prep", N_("Classe préparatoire")),
                Option("french", N_("Cours de français")),
                Option("other", N_("Autre diplôme")),
            ),
        ),
        Question(
            "degree_year",
            Kind.SELECT,
            N_("Année dans ce diplôme"),
            width="w10",
            options=tuple(
                Option(str(year), label)
                for year, label in enumerate(
                    (N_("1re année"), N_("2e année"), N_("3e année"), N_("4e année"), N_("5e année ou plus")),
                    1,
                )
            ),
        ),
        Question(
            "year_starts",
            Kind.DATE,
            N_("Début de l’année d’études"),
            hint=N_("Par exemple : 7 09 2026"),
            checks=(within_years(2),),
        ),
        Question(
            "year_ends",
            Kind.DATE,
            N_("Fin de l’année d’études"),
            hint=N_("Par exemple : 30 06 2027"),
            checks=(within_years(3), after("year_starts")),
        ),
        Question(
            "apprentice",
            Kind.CHOICE,
            N_("Êtes-vous en alternance ?"),
            hint=N_("Alternance : vous travaillez dans une entreprise pendant vos études, avec un contrat."),
            short=N_("Alternance"),
            options=YES_NO,
        ),
        Question(
            "employer",
            Kind.TEXT,
            N_("Nom de l’employeur"),
            hint=N_("Comme sur votre contrat."),
            when=When("apprentice", "yes"),
            checks=(some_words,),
            width="w20",
        ),
        *_earlier_year(0),
        *_earlier_year(1),
        *_earlier_year(2),
        Question(
            "change_of_course",
            Kind.LONG_TEXT,
            N_("Avez-vous changé d’études ou redoublé ?"),
            hint=N_(
                "Expliquez en deux ou trois phrases. C’est fréquent et cela ne suffit pas à refuser une demande."
            ),
            short=N_("Changement d’études"),
            required=False,
            max_length=2000,
        ),
    ),
)


_STUDIES_DOCUMENTS = (
    SupportingDocument(
        "apprentice_contract",
        N_("Contrat d’alternance"),
        N_("Toutes les pages, signées."),
        answered("apprentice", "yes"),
        proves=("employer",),
        instead=N_("Une attestation de l’employeur, avec une lettre."),
    ),
    SupportingDocument(
        "scholarship_statement",
        N_("Attestation de bourse"),
        N_("Avec le montant et la durée."),
        lives_on("scholarship"),
        proves=("scholarship_amount",),
        instead=N_("La lettre d’attribution, ou vos relevés bancaires qui montrent les versements."),
    ),
    PAYSLIPS,
    GUARANTOR,
    BANK_STATEMENT,
    COMMITMENT_DOCUMENT,
)

STUDENT_RENEWAL = Journey(
    slug="etudiant",
    version=1,
    title=N_("Renouvellement, étudiant"),
    english="renewal, student",
    purpose=Purpose.RENEWAL,
    audience=N_(
        "Vous avez un titre de séjour, un visa VLS-TS validé ou un récépissé « étudiant », et vous en demandez "
        "le renouvellement."
    ),
    answer_within=lambda case: ANSWER,
    mentions=frozenset({"etudiant"}),
    takes_others=True,
    reduced_fee=lambda case: True,  # L.436-1
    grants=(Grantable("CST", 12), Grantable("CSP", 24)),
    refusals=("studies",),
    steps=(PERSONAL, STUDIES, STUDENT_RESOURCES, *CLOSING_STEPS),
    documents=(
        *RENEWAL_IDENTITY,
        *HOUSING_DOCUMENTS,
        SupportingDocument(
            "enrolment",
            N_("Certificat de scolarité de l’année en cours"),
            N_("Pas une préinscription. Pour un doctorat, ajoutez la lettre de la direction de thèse."),
            proves=_ENROLMENT_PROVES,
            instead=N_("Une préinscription, avec une lettre : le certificat vous sera demandé ensuite."),
        ),
        SupportingDocument(
            "transcripts",
            N_("Relevés de notes et dernier diplôme obtenu en France"),
            N_("De l’année passée. Ajoutez une attestation d’assiduité si vous l’avez."),
            proves=("earlier_1", "earlier_1_result", "change_of_course"),
            instead=N_(
                "Une attestation de l’établissement, avec une lettre, si les notes ne sont pas encore données."
            ),
        ),
        *_STUDIES_DOCUMENTS,
    ),
)

STUDENT_FIRST = Journey(
    slug="etudiant-premiere",
    version=1,
    title=N_("Première demande, étudiant"),
    english="first application, student",
    purpose=Purpose.FIRST,
    audience=N_(
        "Vous êtes arrivé(e) avec un visa de long séjour « étudiant » qui dit « carte de séjour à solliciter »."
    ),
    answer_within=lambda case: ANSWER,
    deadline=ARRIVAL,
    holders=frozenset({"VLS"}),
    mentions=frozenset({"etudiant"}),
    operation=lambda case: Operation.FIRST,
    reduced_fee=lambda case: True,  # L.436-1
    grants=(Grantable("CST", 12), Grantable("CSP", 24)),
    refusals=("studies",),
    situation=Situation.FIRST,
    steps=(PERSONAL, STUDIES, STUDENT_RESOURCES, *CLOSING_STEPS),
    documents=(
        *FIRST_IDENTITY,
        *HOUSING_DOCUMENTS,
        SupportingDocument(
            "enrolment",
            N_("Certificat de scolarité, ou lettre d’admission"),
            N_("Une préinscription suffit pour déposer ; le certificat suivra."),
            proves=_ENROLMENT_PROVES,
            instead=N_("La preuve du paiement de l’inscription, avec une lettre."),
        ),
        *_STUDIES_DOCUMENTS,
    ),
)
