"""The form that comes before a passkey is made."""

from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Kind, Question
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
_PASSWORD = Question(
    "password",
    Kind.PASSWORD,
    N_("Mot de passe"),
    missing=N_("Écrivez votre mot de passe."),
    autocomplete="current-password",
    max_length=1000,
)


def passkey_step(with_password: bool) -> Step:
    """Return the form of « Mes clés d’accès »: a name, and the password if the account has one."""
    questions = (_NAME, _PASSWORD) if with_password else (_NAME,)
    return Step(
        "cles",
        N_("Mes clés d’accès"),
        N_(
            "Une clé d’accès ouvre votre compte avec l’empreinte, le visage ou le code de votre appareil. Elle ne peut "
            "être ni devinée, ni donnée à un faux site."
        ),
        questions,
    )
