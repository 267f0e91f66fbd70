"""The step « Ressources » of students and visitors: exemption, sources and amounts."""

from datetime import date

from app.domain.journeys.checks import amount_in_sight
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Kind, Option, Question, When, as_list
from app.domain.procedures.personal import YES_NO
from app.domain.rules.deadlines import Answers
from app.domain.rules.parameters import STUDENT_MONTHLY_RESOURCES, VISITOR_MONTHLY_RESOURCES, Dated
from app.domain.rules.resource_check import Sufficiency
from app.domain.text import N_

Source = tuple[str, str, str, str]  # key, label of its tick box, label of its amount, sentence without one

_FAMILY: Source = (
    "family",
    N_("L’aide de ma famille ou d’un garant"),
    N_("Aide de la famille ou du garant : montant par mois"),
    N_("Écrivez le montant de l’aide de votre famille ou de votre garant."),
)
_SAVINGS: Source = (
    "savings",
    N_("Mes économies"),
    N_("Économies : montant disponible par mois"),
    N_("Écrivez le montant que vos économies vous donnent par mois."),
)
_OTHER: Source = (
    "other",
    N_("Une autre ressource"),
    N_("Autre ressource : montant par mois"),
    N_("Écrivez le montant de cette autre ressource."),
)

_OF_STUDENTS: tuple[Source, ...] = (
    (
        "scholarship",
        N_("Une bourse"),
        N_("Bourse : montant par mois"),
        N_("Écrivez le montant de votre bourse."),
    ),
    (
        "salary",
        N_("Un salaire"),
        N_("Salaire : montant net par mois"),
        N_("Écrivez le montant de votre salaire."),
    ),
    _FAMILY,
    _SAVINGS,
    _OTHER,
)
_OF_VISITORS: tuple[Source, ...] = (
    (
        "pension",
        N_("Une pension ou une retraite"),
        N_("Pension ou retraite : montant net par mois"),
        N_("Écrivez le montant de votre pension ou de votre retraite."),
    ),
    (
        "rents",
        N_("Des loyers ou des revenus de placements"),
        N_("Loyers ou placements : montant par mois"),
        N_("Écrivez le montant de vos loyers ou de vos placements."),
    ),
    _FAMILY,
    _SAVINGS,
    _OTHER,
)


# Situations that exempt from showing resources (CESEDA L.422-1, as the list of a prefecture explains it).
EXEMPTIONS = (
    Option("french_scholar", N_("Je suis boursier ou boursière du gouvernement français")),
    Option("agreement", N_("Mon établissement a signé une convention avec l’État, qui m’en dispense")),
    Option(
        "entrance_exam",
        N_("Mon admission a été faite par concours"),
        N_("dans un établissement qui a une telle convention"),
    ),
    Option(
        "french_bac",
        N_("J’ai un baccalauréat français"),
        N_("passé dans un établissement français à l’étranger, après au moins 3 ans de scolarité"),
    ),
    Option("reciprocity", N_("Mon pays a un accord de réciprocité avec la France")),
    # Last: the question about the sources appears right under it.
    Option("none", N_("Non, aucune")),
)

EXEMPTION = Question(
    "exemption",
    Kind.CHOICE,
    N_("Une de ces situations vous dispense-t-elle de montrer vos ressources ?"),
    missing=N_("Dites si une de ces situations vous dispense de montrer vos ressources."),
    hint=N_("Dans le doute, répondez « Non » : rien n’est perdu."),
    short=N_("Dispense de ressources"),
    options=EXEMPTIONS,
    since=2,
)


def exempted(answers: Answers) -> bool:
    """Return whether the applicant declares an exemption from showing resources; a document has to prove it."""
    return answers.get(EXEMPTION.key) not in (None, "", "none")


def monthly_resources(answers: Answers) -> int:
    """Return the sum, in cents, of the monthly amounts of the sources ticked."""
    return sum(answers.get(f"{key}_amount") or 0 for key in as_list(answers.get("sources")) if key)


def _further_questions(when: When | None) -> tuple[Question, ...]:
    """Return the questions after the amounts; `when` is the condition of those that an exempt applicant skips."""
    return (
        Question(
            "free_housing",
            Kind.CHOICE,
            N_("Votre logement est-il gratuit ?"),
            missing=N_("Dites si votre logement est gratuit."),
            hint=N_("Le montant demandé peut alors être plus bas. L’agent en tient compte."),
            short=N_("Logement gratuit"),
            options=YES_NO,
            when=when,
        ),
        Question(
            "resources_note",
            Kind.LONG_TEXT,
            N_("Voulez-vous expliquer vos ressources ?"),
            hint=N_("Par exemple un salaire d’été, ou une bourse qui arrive plus tard."),
            short=N_("Explication"),
            required=False,
            max_length=2000,
        ),
    )


def _amounts(sources: tuple[Source, ...]) -> tuple[Question, ...]:
    """Return the question about the amount of each source, asked if the source is ticked."""
    return tuple(
        Question(
            f"{key}_amount",
            Kind.MONEY,
            label,
            missing=missing,
            hint=N_("En euros, par exemple : 640,50"),
            when=When("sources", key),
            checks=(amount_in_sight,),
            width="w10",
            per="month",
        )
        for key, _, label, missing in sources
    )


def _step(
    sources: tuple[Source, ...],
    question: str,
    hint: str,
    required: Dated[int],
    exemption: Question | None = None,
) -> Step:
    def sufficiency(answers: Answers, today: date) -> Sufficiency | None:
        return None if exempted(answers) else Sufficiency(monthly_resources(answers), required.on(today))

    not_exempt = When(exemption.key, "none") if exemption else None

    return Step(
        "ressources",
        N_("Ressources"),
        N_("Indiquez vos ressources."),
        (
            *((exemption,) if exemption else ()),
            Question(
                "sources",
                Kind.CHOICES,
                question,
                missing=N_("Cochez au moins une ressource."),
                when=not_exempt,
                hint=hint,
                short=N_("Ressources"),
                options=tuple(Option(key, label) for key, label, *_ in sources),
            ),
            *_amounts(sources),
            *_further_questions(not_exempt),
        ),
        sufficiency=sufficiency,
        beside="sources",
    )


STUDENT_RESOURCES = _step(
    _OF_STUDENTS,
    N_("De quoi vivez-vous cette année ?"),
    N_("Cochez tout ce qui vous concerne. L’aide au logement (APL) ne compte pas."),
    STUDENT_MONTHLY_RESOURCES,
    EXEMPTION,
)
VISITOR_RESOURCES = _step(
    _OF_VISITORS,
    N_("De quoi vivrez-vous en France, sans travailler ?"),
    N_("Cochez tout ce qui vous concerne."),
    VISITOR_MONTHLY_RESOURCES,
)
