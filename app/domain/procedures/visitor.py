"""Visiteur (CESEDA L.426-20): first application and renewal; the permit gives no right to work."""

from typing import Any

from app.domain.journeys.checks import not_before_today, some_words, within_years
from app.domain.journeys.journey import Journey, Purpose, Step, SupportingDocument
from app.domain.journeys.questions import Case, Kind, Option, Question, When
from app.domain.procedures.closing import CLOSING_STEPS
from app.domain.procedures.grounds import (
    BANK_STATEMENT,
    FIRST_IDENTITY,
    GUARANTOR,
    RENEWAL_IDENTITY,
    answered,
    lives_on,
)
from app.domain.procedures.papers import COMMITMENT_DOCUMENT, HOUSING_DOCUMENTS
from app.domain.procedures.permit_sides import NATIONALITY
from app.domain.procedures.personal import PERSONAL, YES_NO
from app.domain.procedures.resources import VISITOR_RESOURCES
from app.domain.rules.calendar import Delay
from app.domain.rules.deadlines import ARRIVAL
from app.domain.rules.fees import Operation
from app.domain.rules.permits import Grantable
from app.domain.rules.rights import Situation
from app.domain.text import N_, Problem


def _will_not_work(value: Any, case: Case) -> Problem | None:
    if value == "no":
        return Problem(
            N_(
                "Un titre « visiteur » ne permet pas de travailler en France. Pour travailler, demandez un autre "
                "titre : votre préfecture vous dira lequel."
            )
        )
    return None


STAY = Step(
    "motif-de-sejour",
    N_("Motif de séjour"),
    N_("Décrivez votre projet."),
    (
        Question(
            "stay_reason",
            Kind.CHOICE,
            N_("Pourquoi restez-vous en France ?"),
            missing=N_("Choisissez pourquoi vous restez en France."),
            short=N_("Raison du séjour"),
            options=(
                Option("retirement", N_("J’y passe ma retraite")),
                Option("family", N_("J’y vis près de ma famille")),
                Option("religious", N_("Je suis religieux, religieuse ou en mission")),
                Option("other", N_("Une autre raison")),
            ),
        ),
        Question(
            "community",
            Kind.TEXT,
            N_("Nom de la communauté ou de l’association"),
            missing=N_("Écrivez le nom de la communauté ou de l’association."),
            when=When("stay_reason", "religious"),
            checks=(some_words,),
            width="w20",
        ),
        Question(
            "stay_words",
            Kind.LONG_TEXT,
            N_("Décrivez votre projet en quelques phrases"),
            missing=N_("Décrivez votre projet."),
            hint=N_("Ce que vous ferez en France, avec qui, combien de temps."),
            short=N_("Projet"),
            checks=(some_words,),
            max_length=2000,
        ),
        Question(
            "stay_until",
            Kind.DATE,
            N_("Jusqu’à quand pensez-vous rester ?"),
            hint=N_("Une date approximative suffit. Par exemple : 31 12 2027"),
            short=N_("Séjour prévu jusqu’au"),
            required=False,
            checks=(not_before_today, within_years(50)),
        ),
        Question(
            "no_work",
            Kind.CHOICE,
            N_("Vous engagez-vous à ne pas travailler en France ?"),
            missing=N_("Dites si vous vous engagez à ne pas travailler en France."),
            short=N_("Engagement de ne pas travailler"),
            options=YES_NO,
            checks=(_will_not_work,),
        ),
        Question(
            "insurance",
            Kind.TEXT,
            N_("Nom de votre assurance maladie"),
            missing=N_("Écrivez le nom de votre assurance maladie."),
            hint=N_(
                "Une assurance privée qui couvre tout le séjour, ou la sécurité sociale si vous y avez droit."
            ),
            short=N_("Assurance maladie"),
            checks=(some_words,),
            width="w20",
        ),
    ),
)

_PROOFS = (
    SupportingDocument(
        "income",
        N_("Preuve de la pension, de la retraite, des loyers ou des placements"),
        N_("Des 3 derniers mois : relevés de pension, baux, relevés de placements."),
        lives_on("pension", "rents"),
        proves=("pension_amount", "rents_amount"),
        instead=N_("Vos trois derniers relevés bancaires qui montrent les versements."),
        when=N_("Si vous vivez d’une pension, de loyers ou de placements"),
    ),
    GUARANTOR,
    BANK_STATEMENT,
    SupportingDocument(
        "insurance",
        N_("Attestation d’assurance maladie"),
        N_("Elle dit ce qui est couvert, en France, et jusqu’à quelle date."),
        proves=("insurance",),
        instead=N_(
            "Le contrat d’assurance avec ses conditions, ou l’attestation de droits de l’assurance maladie."
        ),
    ),
    SupportingDocument(
        "no_work_statement",
        N_("Attestation sur l’honneur de ne pas travailler"),
        N_(
            "Écrite, datée et signée par vous : « Je m’engage à n’exercer en France aucune activité professionnelle »."
        ),
        proves=("no_work",),
        instead=N_("Recopiez la phrase sur une feuille, datez, signez, prenez une photo : cela suffit."),
    ),
    SupportingDocument(
        "community_statement",
        N_("Attestation de la communauté ou de l’association"),
        N_("Elle dit qui vous êtes pour elle, et ce qu’elle prend en charge."),
        answered("stay_reason", "religious"),
        proves=("stay_reason", "community"),
        instead=N_("Une lettre du responsable, datée et signée."),
        when=N_("Si vous restez comme religieux, religieuse ou en mission"),
    ),
    COMMITMENT_DOCUMENT,
)

VISITOR_RENEWAL = Journey(
    slug="visiteur",
    title=N_("Renouvellement, visiteur"),
    english="renewal, visitor",
    purpose=Purpose.RENEWAL,
    audience=N_(
        "Vous avez un titre ou un visa VLS-TS validé « visiteur », et vous en demandez le renouvellement. Avec un "
        "titre d’un autre motif, vous demandez ici un titre « visiteur », qui ne permet pas de travailler."
    ),
    answer_within=lambda case: Delay(months=4),  # R.432-2, the general rule
    grants=(Grantable("CST", 12),),
    mentions=frozenset({"visiteur"}),
    takes_others=True,
    turns_on=(NATIONALITY,),
    steps=(PERSONAL, STAY, VISITOR_RESOURCES, *CLOSING_STEPS),
    documents=(*RENEWAL_IDENTITY, *HOUSING_DOCUMENTS, *_PROOFS),
)

VISITOR_FIRST = Journey(
    slug="visiteur-premiere",
    title=N_("Première demande, visiteur"),
    english="first application, visitor",
    purpose=Purpose.FIRST,
    audience=N_(
        "Vous êtes en France avec un visa de long séjour « visiteur » qui dit « carte de séjour à "
        "solliciter »."
    ),
    answer_within=lambda case: Delay(months=4),  # R.432-2, the general rule
    grants=(Grantable("CST", 12),),
    deadline=ARRIVAL,
    holders=frozenset({"VLS"}),
    mentions=frozenset({"visiteur"}),
    operation=lambda case: Operation.FIRST,
    situation=Situation.FIRST,
    turns_on=(NATIONALITY,),
    steps=(PERSONAL, STAY, VISITOR_RESOURCES, *CLOSING_STEPS),
    documents=(*FIRST_IDENTITY, *HOUSING_DOCUMENTS, *_PROOFS),
)
