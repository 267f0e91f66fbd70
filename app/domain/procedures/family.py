"""Talent (famille) (CESEDA L.421-22 to L.421-24): first application and renewal, without resources."""

from datetime import date
from typing import Any

from app.domain.journeys.checks import not_after_today, some_words, still_valid, within_years
from app.domain.journeys.journey import Journey, Purpose, Step, SupportingDocument
from app.domain.journeys.questions import Case, Kind, Option, Question, When
from app.domain.procedures.closing import CLOSING_STEPS
from app.domain.procedures.grounds import BIRTH_CERTIFICATE, FIRST_IDENTITY, RENEWAL_IDENTITY, answered
from app.domain.procedures.papers import COMMITMENT_DOCUMENT, HOUSING_DOCUMENTS
from app.domain.procedures.permit_sides import NATIONALITY
from app.domain.procedures.personal import PERSONAL, YES_NO
from app.domain.rules.calendar import Delay
from app.domain.rules.deadlines import ARRIVAL
from app.domain.rules.fees import Operation
from app.domain.rules.identifiers import check_foreign_number, group_foreign_number, normal_number
from app.domain.rules.mentions import TALENT_MENTIONS
from app.domain.rules.permits import Grantable
from app.domain.rules.rights import Situation
from app.domain.text import N_, Problem

_PRINCIPAL_PERMIT = SupportingDocument(
    "principal_permit",
    N_("Titre de séjour de la personne « talent », recto et verso"),
    N_("Ou son attestation de décision favorable, si sa carte n’est pas encore remise."),
    proves=("principal_name", "principal_number", "principal_mention", "principal_until"),
    instead=N_(
        "Sa confirmation de dépôt et son attestation de prolongation, si son titre est en renouvellement."
    ),
)


def _number(value: Any, case: Case) -> Problem | None:
    return check_foreign_number(value)[1]


def _fits_family(value: Any, case: Case) -> Problem | None:
    """Refuse the kinship of a spouse if the applicant declared not to be married."""
    if value == "spouse" and case.answers.get("family") not in (None, "married"):
        return Problem(
            N_(
                "À la première étape, vous n’avez pas dit être en mariage. Ce titre est pour l’époux ou "
                "l’épouse : corrigez l’une des deux réponses."
            )
        )
    return None


KINSHIP = Step(
    "motif-de-sejour",
    N_("Motif de séjour"),
    N_("Décrivez votre projet."),
    (
        Question(
            "kinship",
            Kind.CHOICE,
            N_("Quel est votre lien avec la personne qui a le titre « talent » ?"),
            missing=N_("Choisissez votre lien avec la personne qui a le titre « talent »."),
            short=N_("Lien de famille"),
            checks=(_fits_family,),
            options=(
                Option("spouse", N_("Son époux ou son épouse")),
                Option(
                    "child",
                    N_("Son enfant"),
                    N_("vous avez bientôt 18 ans, ou vous avez 16 ans et voulez travailler"),
                ),
            ),
        ),
        Question(
            "married_on",
            Kind.DATE,
            N_("Date du mariage"),
            missing=N_("Écrivez la date de votre mariage."),
            hint=N_("Par exemple : 21 06 2019"),
            when=When("kinship", "spouse"),
            checks=(not_after_today, within_years(80)),
        ),
        Question(
            "came_as_minor",
            Kind.CHOICE,
            N_("Votre entrée en France date-t-elle d’avant vos 18 ans ?"),
            missing=N_("Dites si vous êtes en France depuis avant vos 18 ans."),
            short=N_("Entrée avant 18 ans"),
            options=YES_NO,
        ),
        Question(
            "principal_name",
            Kind.TEXT,
            N_("Nom et prénoms de cette personne"),
            missing=N_("Écrivez le nom et les prénoms de la personne « talent »."),
            hint=N_("Comme sur son titre de séjour."),
            checks=(some_words,),
        ),
        Question(
            "principal_number",
            Kind.TEXT,
            N_("Son numéro étranger"),
            missing=N_("Écrivez le numéro étranger de la personne « talent »."),
            hint=N_("10 chiffres, sur son titre de séjour."),
            checks=(_number,),
            normal=normal_number,
            written=group_foreign_number,
            width="w20",
            max_length=30,
        ),
        Question(
            "principal_mention",
            Kind.SELECT,
            N_("Mention de son titre"),
            missing=N_("Choisissez la mention du titre de la personne « talent »."),
            hint=N_("« Passeport talent » sur la carte ? Choisissez la mention la plus proche."),
            options=tuple(Option(key, title) for key, title in TALENT_MENTIONS.items()),
            width="w20",
        ),
        Question(
            "principal_until",
            Kind.DATE,
            N_("Son titre est valable jusqu’au"),
            missing=N_("Écrivez la date de fin du titre de la personne « talent »."),
            hint=N_("Par exemple : 31 01 2029"),
            checks=(
                still_valid(
                    N_(
                        "Cette date est passée : vérifiez l’année. Son titre a expiré ? À l’étape « Justificatifs », un "
                        "autre document convient. %(instead)s"
                    ),
                    _PRINCIPAL_PERMIT,
                ),
                within_years(20),
            ),
        ),
    ),
)

_PROOFS = (
    _PRINCIPAL_PERMIT,
    SupportingDocument(
        "host_agreement",
        N_("Convention d’accueil de la personne « talent »"),
        N_("Pour la famille d’un chercheur ou d’une chercheuse."),
        answered("principal_mention", "talent-chercheur", "talent-chercheur-mobilite"),
        proves=("principal_mention",),
        instead=N_("Une attestation de l’organisme de recherche qui dit que la convention existe."),
        when=N_("Si cette personne est un chercheur ou une chercheuse"),
    ),
    COMMITMENT_DOCUMENT,
)

# R.421-23 sets a period that no source at hand gives; the one of « talent » is used instead.
_WITHIN = Delay(days=90)


def _end_of_principal(case: Case) -> date | None:
    """Return the end of the « talent » permit, which the family's shares (L.421-22).

    From general knowledge: to be confirmed.
    """
    ends = case.answers.get("principal_until")
    return date.fromisoformat(ends) if ends else None


FAMILY_RENEWAL = Journey(
    slug="talent-famille",
    title=N_("Renouvellement, talent (famille)"),
    english="renewal, talent (family)",
    purpose=Purpose.RENEWAL,
    audience=N_(
        "Votre époux, votre épouse ou votre parent a un titre « talent ». Vous renouvelez votre titre "
        "« talent (famille) », ou vous en demandez un avec un titre d’un autre motif."
    ),
    answer_within=lambda case: _WITHIN,
    grants=(Grantable("CSP", 48),),
    granted_until=_end_of_principal,
    mentions=frozenset({"talent-famille"}),
    takes_others=True,
    turns_on=(NATIONALITY,),
    steps=(PERSONAL, KINSHIP, *CLOSING_STEPS),
    documents=(
        *RENEWAL_IDENTITY,
        *HOUSING_DOCUMENTS,
        SupportingDocument(
            BIRTH_CERTIFICATE.key,
            BIRTH_CERTIFICATE.title,
            BIRTH_CERTIFICATE.hint,
            answered("kinship", "child"),
            BIRTH_CERTIFICATE.instead,
            proves=("kinship",),
            when=N_("Si vous êtes l’enfant de cette personne"),
        ),
        *_PROOFS,
    ),
)

FAMILY_FIRST = Journey(
    slug="talent-famille-premiere",
    title=N_("Première demande, talent (famille)"),
    english="first application, talent (family)",
    purpose=Purpose.FIRST,
    audience=N_(
        "Vous êtes en France avec un visa de long séjour « talent (famille) » qui dit « carte de séjour à "
        "solliciter »."
    ),
    answer_within=lambda case: _WITHIN,
    grants=(Grantable("CSP", 48),),
    granted_until=_end_of_principal,
    deadline=ARRIVAL,
    holders=frozenset({"VLS"}),
    mentions=frozenset({"talent-famille"}),
    operation=lambda case: Operation.FIRST,
    situation=Situation.FIRST,
    turns_on=(NATIONALITY,),
    steps=(PERSONAL, KINSHIP, *CLOSING_STEPS),
    documents=(*FIRST_IDENTITY, *HOUSING_DOCUMENTS, *_PROOFS),
)
