"""Step 3: what the person lives on, by kind, with the amounts."""

from datetime import date

from app.domain.checks import amount_in_sight
from app.domain.deadlines import Answers
from app.domain.journey import Kind, Option, Question, Step, Sufficiency, When, as_list
from app.domain.parameters import STUDENT_MONTHLY_RESOURCES
from app.domain.procedures.personal import YES_NO
from app.domain.text import N_

_SOURCES = (
    ("scholarship", N_("Une bourse"), N_("Bourse : montant par mois")),
    ("salary", N_("Un salaire"), N_("Salaire : montant net par mois")),
    (
        "family",
        N_("L’aide de ma famille ou d’un garant"),
        N_("Aide de la famille ou du garant : montant par mois"),
    ),
    ("savings", N_("Mes économies"), N_("Économies : montant disponible par mois")),
    ("other", N_("Une autre ressource"), N_("Autre ressource : montant par mois")),
)


def monthly_resources(answers: Answers, today: date) -> Sufficiency:
    """The sum of the amounts declared for the sources ticked, beside what a student has to show."""
    ticked = as_list(answers.get("sources"))
    declared = sum(answers.get(f"{key}_amount") or 0 for key, _, _ in _SOURCES if key in ticked)
    return Sufficiency(declared, STUDENT_MONTHLY_RESOURCES.on(today))


RESOURCES = Step(
    "ressources",
    N_("Ressources"),
    N_("Renseignez les ressources dont vous bénéficiez."),
    (
        Question(
            "sources",
            Kind.CHOICES,
            N_("De quoi vivez-vous cette année ?"),
            hint=N_("Cochez tout ce qui vous concerne."),
            short=N_("Ressources"),
            options=tuple(Option(key, label) for key, label, _ in _SOURCES),
        ),
        *(
            Question(
                f"{key}_amount",
                Kind.MONEY,
                label,
                hint=N_("En euros, par exemple : 877,50"),
                when=When("sources", key),
                checks=(amount_in_sight,),
                width="w10",
            )
            for key, _, label in _SOURCES
        ),
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
    ),
    sufficiency=monthly_resources,
)
