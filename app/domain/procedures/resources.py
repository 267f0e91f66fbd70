"""The step « Ressources »: what the person lives on, by kind, with the amounts (domain reference §3.4, §3.7)."""

from datetime import date

from app.domain.checks import amount_in_sight
from app.domain.deadlines import Answers
from app.domain.journey import Step
from app.domain.parameters import STUDENT_MONTHLY_RESOURCES, VISITOR_MONTHLY_RESOURCES, Dated
from app.domain.procedures.personal import YES_NO
from app.domain.questions import Kind, Option, Question, When, as_list
from app.domain.sufficiency import Sufficiency
from app.domain.text import N_

Source = tuple[str, str, str]  # key, the words to tick, the words of its amount

_FAMILY: Source = (
    "family",
    N_("L’aide de ma famille ou d’un garant"),
    N_("Aide de la famille ou du garant : montant par mois"),
)
_SAVINGS: Source = ("savings", N_("Mes économies"), N_("Économies : montant disponible par mois"))
_OTHER: Source = ("other", N_("Une autre ressource"), N_("Autre ressource : montant par mois"))

_OF_STUDENTS: tuple[Source, ...] = (
    ("scholarship", N_("Une bourse"), N_("Bourse : montant par mois")),
    ("salary", N_("Un salaire"), N_("Salaire : montant net par mois")),
    _FAMILY,
    _SAVINGS,
    _OTHER,
)
_OF_VISITORS: tuple[Source, ...] = (
    ("pension", N_("Une pension ou une retraite"), N_("Pension ou retraite : montant net par mois")),
    ("rents", N_("Des loyers ou des revenus de placements"), N_("Loyers ou placements : montant par mois")),
    _FAMILY,
    _SAVINGS,
    _OTHER,
)


def monthly_resources(answers: Answers) -> int:
    """The sum, in cents, of the amounts declared for the sources ticked."""
    return sum(answers.get(f"{key}_amount") or 0 for key in as_list(answers.get("sources")) if key)


_MORE = (
    Question(
        "free_housing",
        Kind.CHOICE,
        N_("Êtes-vous logé(e) gratuitement ?"),
        hint=N_("Le montant demandé peut alors être plus bas. L’agent en tient compte."),
        short=N_("Logement gratuit"),
        options=YES_NO,
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


def _amounts(sources: tuple[Source, ...], example: str) -> tuple[Question, ...]:
    """How much each source gives, asked where it is ticked."""
    return tuple(
        Question(
            f"{key}_amount",
            Kind.MONEY,
            label,
            hint=example,
            when=When("sources", key),
            checks=(amount_in_sight,),
            width="w10",
            per="month",
        )
        for key, _, label in sources
    )


def _step(sources: tuple[Source, ...], question: str, example: str, asked: Dated[int]) -> Step:
    def sufficiency(answers: Answers, today: date) -> Sufficiency:
        return Sufficiency(monthly_resources(answers), asked.on(today))

    return Step(
        "ressources",
        N_("Ressources"),
        N_("Renseignez les ressources dont vous bénéficiez."),
        (
            Question(
                "sources",
                Kind.CHOICES,
                question,
                hint=N_("Cochez tout ce qui vous concerne."),
                short=N_("Ressources"),
                options=tuple(Option(key, label) for key, label, _ in sources),
            ),
            *_amounts(sources, example),
            *_MORE,
        ),
        sufficiency=sufficiency,
    )


STUDENT_RESOURCES = _step(
    _OF_STUDENTS,
    N_("De quoi vivez-vous cette année ?"),
    N_("En euros, par exemple : 877,50"),
    STUDENT_MONTHLY_RESOURCES,
)
VISITOR_RESOURCES = _step(
    _OF_VISITORS,
    N_("De quoi vivrez-vous en France, sans travailler ?"),
    N_("En euros, par exemple : 1477,93"),
    VISITOR_MONTHLY_RESOURCES,
)
