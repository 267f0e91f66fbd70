"""Form of « Quel service ? »: postcode and commune, which determine the service in charge."""

from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Kind, Question
from app.domain.text import N_

WHEREABOUTS = Step(
    "service",
    N_("Quel service ?"),
    N_("Votre adresse décide du service, préfecture ou sous-préfecture, qui traite votre demande."),
    (
        Question(
            "postcode",
            Kind.POSTCODE,
            N_("Code postal de votre adresse"),
            missing=N_("Écrivez votre code postal."),
            hint=N_("5 chiffres, par exemple 69003."),
            width="w10",
            max_length=5,
            autocomplete="postal-code",
        ),
        Question(
            "commune",
            Kind.COMMUNE,
            N_("Commune"),
            missing=N_("Choisissez votre commune."),
            hint=N_("Plusieurs communes ont ce code postal, et pas le même service. Choisissez la vôtre."),
            width="w20",
            autocomplete="address-level2",
        ),
    ),
)
