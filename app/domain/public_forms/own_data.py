"""Forms of « Mes données »: a copy of them, the account deleted."""

from functools import cache

from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Kind, Option, Question
from app.domain.text import N_

_PASSWORD = Question(
    "password",
    Kind.PASSWORD,
    N_("Votre mot de passe"),
    missing=N_("Écrivez votre mot de passe."),
    hint=N_("Pour être sûrs que c’est vous."),
    max_length=1000,
    autocomplete="current-password",
)


@cache
def copy_step(with_password: bool) -> Step:
    """Return the form of a copy; with the account's password, if it has one."""
    return Step("copie", N_("Mes données"), "", (_PASSWORD,) if with_password else ())


@cache
def closing_step(with_password: bool) -> Step:
    """Return the form that deletes the account."""
    sure = Question(
        "sure",
        Kind.CHOICES,
        N_("Vous avez lu ce qui est effacé et ce qui reste ?"),
        missing=N_("Cochez la case : elle dit que vous voulez supprimer le compte."),
        options=(Option("yes", N_("Oui, je veux supprimer mon compte")),),
    )
    return Step("supprimer", N_("Supprimer mon compte"), "", (sure, _PASSWORD) if with_password else (sure,))
