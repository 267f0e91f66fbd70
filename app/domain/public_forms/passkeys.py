"""The form that comes before a passkey is made."""

from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Kind, Question
from app.domain.public_forms.passwords import PRESENT_PASSWORD
from app.domain.text import N_

_NAME = Question(
    "name",
    Kind.TEXT,
    N_("Nom de la clé"),
    missing=N_("Écrivez un nom pour cette clé."),
    hint=N_("Pour la reconnaître plus tard. Par exemple : mon téléphone"),
    max_length=60,
    width="w20",
)


def passkey_step(with_password: bool) -> Step:
    """Return the form of « Mes clés d’accès »: a name, and the password if the account has one."""
    questions = (_NAME, PRESENT_PASSWORD) if with_password else (_NAME,)
    return Step(
        "cles",
        N_("Mes clés d’accès"),
        N_(
            "Une clé d’accès ouvre votre compte avec l’empreinte, le visage ou le code de votre appareil. Elle ne peut "
            "être ni devinée, ni donnée à un faux site."
        ),
        questions,
    )
