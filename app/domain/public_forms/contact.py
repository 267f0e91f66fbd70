"""Forms of the applicant's account: contact details, reminders."""

from dataclasses import replace
from functools import cache

from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Kind, Option, Question
from app.domain.public_forms.passwords import SURE_PASSWORD
from app.domain.text import N_, Name, Problem

PASSWORD_OWED = Problem(N_("Le téléphone change : écrivez aussi votre mot de passe."))


@cache
def contact_step(languages: tuple[tuple[str, str], ...], with_password: bool) -> Step:
    """Return the form of « Mes coordonnées »; `languages` has code and name of each language of letters.

    The password, if the account has one, is owed where the telephone changes.
    """
    password = replace(SURE_PASSWORD, required=False, hint=N_("Seulement si le téléphone change."))
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
                options=tuple(Option(code, Name(name)) for code, name in languages),
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
            *((password,) if with_password else ()),
        ),
    )


@cache
def address_step(with_password: bool) -> Step:
    """Return the form for another e-mail address; with the account's password, if it has one."""
    email = Question(
        "email",
        Kind.EMAIL,
        N_("Nouvelle adresse e-mail"),
        missing=N_("Écrivez votre nouvelle adresse e-mail."),
        hint=N_("Par exemple : nom@exemple.fr"),
        max_length=254,
        width="w20",
        autocomplete="email",
    )
    return Step(
        "adresse-e-mail",
        N_("Changer mon adresse e-mail"),
        N_("Nous envoyons un lien à la nouvelle adresse. Rien ne change avant que vous l’ouvriez."),
        (email, SURE_PASSWORD) if with_password else (email,),
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
