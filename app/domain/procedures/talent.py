"""Talent (CESEDA L.421-9 to L.421-21): first application and renewal; the contract proves the pay."""

from app.domain.journeys.journey import Journey, Purpose, SupportingDocument
from app.domain.journeys.questions import Case
from app.domain.procedures.closing import CLOSING_STEPS
from app.domain.procedures.grounds import FIRST_IDENTITY, RENEWAL_IDENTITY, answered
from app.domain.procedures.papers import COMMITMENT_DOCUMENT, HOUSING_DOCUMENTS
from app.domain.procedures.permit_sides import NATIONALITY
from app.domain.procedures.personal import PERSONAL
from app.domain.procedures.talent_activity import ACTIVITY, RESEARCH
from app.domain.rules.calendar import Delay
from app.domain.rules.deadlines import ARRIVAL
from app.domain.rules.fees import Operation
from app.domain.rules.mentions import TALENT_MENTIONS
from app.domain.rules.permits import Grantable
from app.domain.rules.rights import Situation
from app.domain.text import N_

_PROOFS = (
    SupportingDocument(
        "contract",
        N_("Contrat de travail"),
        N_("Toutes les pages, signées, avec la rémunération."),
        lambda case: answered("activity", "employed")(case) and case.answers.get("contract") != "host",
        proves=("employer", "contract", "contract_starts", "contract_ends", "job", "annual_pay"),
        instead=N_("Une promesse d’embauche signée, ou une attestation de l’employeur avec la rémunération."),
        when=N_("Si vous avez un contrat de travail"),
    ),
    SupportingDocument(
        "host_agreement",
        N_("Convention d’accueil"),
        N_("Signée par l’organisme de recherche ou d’enseignement."),
        answered("talent_mention", *RESEARCH),
        proves=("talent_mention", "employer", "contract_starts", "contract_ends", "annual_pay"),
        instead=N_("Une attestation de l’organisme qui dit que la convention est en cours de signature."),
        when=N_("Pour les mentions de chercheur"),
    ),
    SupportingDocument(
        "diploma",
        N_("Diplôme le plus élevé"),
        N_("Ou la preuve de 5 ans d’expérience à ce niveau : certificats de travail, attestations."),
        answered("talent_mention", "talent-salarie-qualifie", "talent-carte-bleue", *RESEARCH),
        proves=("diploma",),
        instead=N_("Une attestation de réussite de l’établissement, en attendant le diplôme."),
        when=N_("Pour les mentions salarié qualifié, carte bleue européenne et chercheur"),
    ),
    SupportingDocument(
        "medical_authorisation",
        N_("Décision d’affectation ou autorisation d’exercer"),
        N_("Délivrée par l’agence régionale de santé, le ministère ou le Centre national de gestion."),
        answered("talent_mention", "talent-medical"),
        proves=("talent_mention", "job"),
        instead=N_("L’accusé de réception de votre demande d’autorisation."),
        when=N_("Pour la mention profession médicale et de la pharmacie"),
    ),
    SupportingDocument(
        "project_proof",
        N_("Preuves du projet"),
        N_(
            "Plan d’affaires, capitaux, statuts, reconnaissance du projet innovant ou preuve de l’investissement."
        ),
        answered("talent_mention", "talent-porteur-projet"),
        proves=("company", "project"),
        instead=N_("Une lettre qui dit où en est le projet et ce que vous pourrez prouver, et quand."),
        when=N_("Pour la mention porteur de projet"),
    ),
    SupportingDocument(
        "mandate",
        N_("Extrait Kbis et preuve du mandat social"),
        N_("De moins de 3 mois, avec votre nom."),
        answered("talent_mention", "talent-mandataire-social"),
        proves=("company", "job"),
        instead=N_(
            "Les statuts signés et le procès-verbal qui vous nomme, si l’immatriculation est en cours."
        ),
        when=N_("Pour la mention mandataire social"),
    ),
    SupportingDocument(
        "works",
        N_("Contrats, œuvres ou engagements"),
        N_("Contrats d’édition, de spectacle, de cession, programmation à venir."),
        answered("talent_mention", "talent-artiste"),
        proves=("practice", "job"),
        instead=N_("Une lettre d’un éditeur, d’un producteur ou d’un lieu qui vous engage."),
        when=N_("Pour la mention profession artistique et culturelle"),
    ),
    SupportingDocument(
        "renown",
        N_("Preuves de votre renommée"),
        N_("Prix, presse, publications, palmarès, lettres de personnes du domaine."),
        answered("talent_mention", "talent-renommee"),
        proves=("job",),
        instead=N_("Une lettre qui dit où ces preuves peuvent être lues."),
        when=N_("Pour la mention renommée nationale ou internationale"),
    ),
    COMMITMENT_DOCUMENT,
)

# From a summary by lawyers: 90 days (R.421-37-7), 60 for researchers (R.421-26).
_WITHIN = {True: Delay(days=60), False: Delay(days=90)}


def _answer_within(case: Case) -> Delay:
    return _WITHIN[case.answers.get("talent_mention") in RESEARCH]


TALENT_RENEWAL = Journey(
    slug="talent",
    title=N_("Renouvellement, talent"),
    english="renewal, talent",
    purpose=Purpose.RENEWAL,
    audience=N_(
        "Vous avez un titre ou un visa VLS-TS validé « talent » ou « passeport talent », et vous en demandez le "
        "renouvellement. Avec un titre d’un autre motif, vous demandez ici un titre « talent »."
    ),
    answer_within=_answer_within,
    grants=(Grantable("CSP", 48),),
    granted_mention=lambda case: str(case.answers.get("talent_mention", "")),
    mentions=frozenset(TALENT_MENTIONS),
    takes_others=True,
    turns_on=(NATIONALITY,),
    steps=(PERSONAL, ACTIVITY, *CLOSING_STEPS),
    documents=(
        *RENEWAL_IDENTITY,
        *HOUSING_DOCUMENTS,
        SupportingDocument(
            "recent_pay",
            N_("Trois derniers bulletins de salaire, ou revenus de l’activité"),
            N_("Ils prouvent que l’activité continue. À votre compte : dernier bilan ou avis d’impôt."),
            proves=("annual_pay", "job"),
            instead=N_("Une attestation de l’employeur, ou du comptable si vous êtes à votre compte."),
        ),
        *_PROOFS,
    ),
)

TALENT_FIRST = Journey(
    slug="talent-premiere",
    title=N_("Première demande, talent"),
    english="first application, talent",
    purpose=Purpose.FIRST,
    audience=N_(
        "Vous êtes en France avec un visa de long séjour « talent » qui dit « carte de séjour à solliciter »."
    ),
    answer_within=_answer_within,
    grants=(Grantable("CSP", 48),),
    granted_mention=lambda case: str(case.answers.get("talent_mention", "")),
    deadline=ARRIVAL,
    holders=frozenset({"VLS"}),
    mentions=frozenset(TALENT_MENTIONS),
    operation=lambda case: Operation.FIRST,
    situation=Situation.FIRST,
    turns_on=(NATIONALITY,),
    steps=(PERSONAL, ACTIVITY, *CLOSING_STEPS),
    documents=(*FIRST_IDENTITY, *HOUSING_DOCUMENTS, *_PROOFS),
)
