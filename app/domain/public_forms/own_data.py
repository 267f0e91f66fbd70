"""Forms of « Mes données »: a copy of them, the account deleted."""

from functools import cache

from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Kind, Option, Question
from app.domain.public_forms.passwords import SURE_PASSWORD
from app.domain.text import N_


@cache
def copy_step(with_password: bool) -> Step:
    """Return the form of a copy; with the account's password, if it has one."""
    return Step("copie", N_("Mes données"), "", (SURE_PASSWORD,) if with_password else ())


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
    return Step(
        "supprimer", N_("Supprimer mon compte"), "", (sure, SURE_PASSWORD) if with_password else (sure,)
    )
