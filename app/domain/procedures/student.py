"""Étudiant (CESEDA L.422-1): first application and renewal."""

from app.domain.journeys.journey import Journey, Purpose, SupportingDocument
from app.domain.journeys.questions import Case
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
from app.domain.procedures.permit_sides import NATIONALITY
from app.domain.procedures.personal import PERSONAL
from app.domain.procedures.resources import STUDENT_RESOURCES, exempted
from app.domain.procedures.student_studies import ENROLMENT_PROVES, STUDIES
from app.domain.rules.calendar import Delay
from app.domain.rules.deadlines import ARRIVAL
from app.domain.rules.fees import Operation, Rate
from app.domain.rules.mentions import STUDENT_MENTIONS
from app.domain.rules.permits import Grantable
from app.domain.rules.rights import Situation
from app.domain.text import N_

ANSWER = Delay(days=90)  # R.422-5

_STUDIES_DOCUMENTS = (
    SupportingDocument(
        "apprentice_contract",
        N_("Contrat d’alternance"),
        N_("Toutes les pages, signées."),
        answered("apprentice", "yes"),
        proves=("employer",),
        instead=N_("Une attestation de l’employeur, avec une lettre."),
        when=N_("Si vous êtes en alternance"),
    ),
    SupportingDocument(
        "internship_agreement",
        N_("Convention de stage"),
        N_("Toutes les pages, signées par l’établissement, l’entreprise et vous."),
        answered("apprentice", "internship"),
        proves=("apprentice",),
        instead=N_("Une lettre qui dit quand elle sera signée."),
        when=N_("Si vous faites un stage"),
    ),
    SupportingDocument(
        "mobility_proof",
        N_("Preuve du programme de mobilité"),
        N_("L’attestation du programme, ou la convention entre les établissements."),
        answered("mobility", "yes"),
        proves=("mobility", "mobility_programme"),
        instead=N_("La lettre d’admission, si elle nomme le programme et les pays."),
        since=2,
        when=N_("Si vous suivez un programme de mobilité"),
    ),
    SupportingDocument(
        "exemption_proof",
        N_("Preuve de la dispense de ressources"),
        N_(
            "La notification de la bourse du gouvernement français, l’attestation de l’établissement sur la convention "
            "ou le concours, ou le baccalauréat avec les certificats de scolarité."
        ),
        lambda case: exempted(case.answers),
        proves=("exemption",),
        instead=N_(
            "Une lettre qui dit pourquoi. Si l’agent ne peut pas retenir la dispense, il vous demandera vos ressources."
        ),
        since=2,
        when=N_("Si un cas de dispense de ressources vous concerne"),
    ),
    SupportingDocument(
        "scholarship_statement",
        N_("Attestation de bourse"),
        N_("Avec le montant et la durée."),
        lives_on("scholarship"),
        proves=("scholarship_amount",),
        instead=N_("La lettre d’attribution, ou vos relevés bancaires qui montrent les versements."),
        when=N_("Si vous vivez d’une bourse"),
    ),
    PAYSLIPS,
    GUARANTOR,
    BANK_STATEMENT,
    COMMITMENT_DOCUMENT,
)


def _mention(case: Case) -> str:
    """Return the mention granted: students of a mobility programme have one of their own (CESEDA L.422-5, L.422-6)."""
    return "etudiant-mobilite" if case.answers.get("mobility") == "yes" else "etudiant"


STUDENT_RENEWAL = Journey(
    slug="etudiant",
    title=N_("Renouvellement, étudiant"),
    english="renewal, student",
    purpose=Purpose.RENEWAL,
    audience=N_(
        "Vous avez un titre de séjour, un visa VLS-TS validé ou un récépissé « étudiant », et vous en demandez "
        "le renouvellement."
    ),
    answer_within=lambda case: ANSWER,
    mentions=frozenset(STUDENT_MENTIONS),
    granted_mention=_mention,
    takes_others=True,
    rate=lambda case: Rate.REDUCED,  # L.436-1
    grants=(Grantable("CST", 12), Grantable("CSP", 24)),
    refusals=("studies",),
    turns_on=(NATIONALITY,),
    steps=(PERSONAL, STUDIES, STUDENT_RESOURCES, *CLOSING_STEPS),
    documents=(
        *RENEWAL_IDENTITY,
        *HOUSING_DOCUMENTS,
        SupportingDocument(
            "enrolment",
            N_("Certificat de scolarité de l’année en cours"),
            N_("Pas une préinscription. Pour un doctorat, ajoutez la lettre de la direction de thèse."),
            proves=ENROLMENT_PROVES,
            instead=N_("Une préinscription, avec une lettre : le certificat vous sera demandé ensuite."),
        ),
        SupportingDocument(
            "transcripts",
            N_("Relevés de notes et dernier diplôme obtenu en France"),
            N_("De l’année passée. Ajoutez une attestation d’assiduité si vous l’avez."),
            proves=("last_diploma", "earlier_1", "earlier_1_result", "change_of_course"),
            instead=N_(
                "Une attestation de l’établissement, avec une lettre, si les notes ne sont pas encore données."
            ),
        ),
        *_STUDIES_DOCUMENTS,
    ),
)

STUDENT_FIRST = Journey(
    slug="etudiant-premiere",
    title=N_("Première demande, étudiant"),
    english="first application, student",
    purpose=Purpose.FIRST,
    audience=N_(
        "Vous êtes en France avec un visa de long séjour « étudiant » qui dit « carte de séjour à "
        "solliciter »."
    ),
    answer_within=lambda case: ANSWER,
    deadline=ARRIVAL,
    holders=frozenset({"VLS"}),
    mentions=frozenset(STUDENT_MENTIONS),
    granted_mention=_mention,
    operation=lambda case: Operation.FIRST,
    rate=lambda case: Rate.REDUCED,  # L.436-1
    grants=(Grantable("CST", 12), Grantable("CSP", 24)),
    refusals=("studies",),
    situation=Situation.FIRST,
    turns_on=(NATIONALITY,),
    steps=(PERSONAL, STUDIES, STUDENT_RESOURCES, *CLOSING_STEPS),
    documents=(
        *FIRST_IDENTITY,
        *HOUSING_DOCUMENTS,
        SupportingDocument(
            "enrolment",
            N_("Certificat de scolarité, ou lettre d’admission"),
            N_("Une préinscription suffit pour déposer ; le certificat suivra."),
            proves=ENROLMENT_PROVES,
            instead=N_("La preuve du paiement de l’inscription, avec une lettre."),
        ),
        *_STUDIES_DOCUMENTS,
    ),
)
