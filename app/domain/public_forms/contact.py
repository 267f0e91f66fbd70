"""Forms of the applicant's account: contact details, reminders."""

from functools import cache

from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Kind, Option, Question
from app.domain.text import N_


@cache
def contact_step(languages: tuple[tuple[str, str], ...]) -> Step:
    """Return the form of « Mes coordonnées »; `languages` has code and name of each language of letters."""
    return Step(
        "coordonnees",
        N_("Mes coordonnées"),
        N_("Nous vous écrivons dans cette langue et à ce numéro, dès maintenant."),
        (
            Question(
                "language",
                Kind.CHOICE,
                N_("Langue des e-mails et des SMS"),
                missing=N_("Choisissez une langue."),
                options=tuple(Option(code, name) for code, name in languages),
            ),
            Question(
                "phone",
                Kind.PHONE,
                N_("Téléphone pour les SMS"),
                hint=N_(
                    "Un SMS vous prévient quand la carte est prête. Sans numéro, vous recevez seulement les e-mails."
                ),
                required=False,
                width="w20",
                max_length=30,
                autocomplete="tel",
            ),
        ),
    )


REMINDERS = Step(
    "rappels",
    N_("Mes rappels"),
    N_("Un e-mail vous rappelle les dates de votre renouvellement, tant que vous n’avez pas déposé."),
    (
        Question(
            "reminders",
            Kind.CHOICES,
            N_("Rappels que je veux recevoir"),
            required=False,
            options=(
                Option(
                    "opening",
                    N_("Quand je peux commencer à déposer"),
                    N_("120 jours avant la fin du titre"),
                ),
                Option(
                    "halfway",
                    N_("Quinze jours avant la date limite"),
                    N_("75 jours avant la fin du titre"),
                ),
                Option(
                    "last_days",
                    N_("La veille du dernier jour pour déposer à temps"),
                    N_("61 jours avant la fin du titre"),
                ),
            ),
        ),
    ),
)
