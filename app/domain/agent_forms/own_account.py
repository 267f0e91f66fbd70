"""Forms of agents for their own account: first sign-in, passwords, authenticator, recovery codes, language."""

from dataclasses import replace
from functools import cache

from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Kind, Option, Question
from app.domain.public_forms import passwords
from app.domain.public_forms.account import EMAIL, RESET
from app.domain.rules.identifiers import normal_number
from app.domain.text import N_, Name

SIGN_IN = Step(
    "connexion",
    N_("Connexion des agents"),
    "",
    (
        Question(
            "email",
            Kind.EMAIL,
            N_("Adresse e-mail"),
            missing=N_("Écrivez votre adresse e-mail."),
            max_length=254,
            width="w20",
            autocomplete="username",
        ),
        passwords.PRESENT_PASSWORD,
    ),
)

FIRST_PASSWORD = Step(
    "mot-de-passe",
    N_("Choisissez votre mot de passe"),
    N_("Personne d’autre ne le connaîtra. Ensuite, vous ajouterez une application qui donne des codes."),
    (passwords.NEW_PASSWORD,),
)

AUTHENTICATOR = Step(
    "application",
    N_("Ajoutez votre application"),
    N_("Une application d’authentification donne un code à chaque connexion. Toutes conviennent."),
    (
        Question(
            "code",
            Kind.TEXT,
            N_("Code affiché par l’application"),
            missing=N_("Écrivez le code affiché par l’application."),
            hint=N_("6 chiffres. Il change toutes les 30 secondes."),
            normal=normal_number,
            max_length=20,
            width="w10",
            inputmode="numeric",
            autocomplete="one-time-code",
        ),
    ),
)

SECOND_FACTOR = Step(
    "code",
    N_("Entrez le code de votre application"),
    N_(
        "Votre application d’authentification affiche un code. Il change toutes les 30 secondes et sert une seule fois."
    ),
    (
        replace(
            AUTHENTICATOR.questions[0],
            label=N_("Code à 6 chiffres"),
            hint="",
            missing=N_("Écrivez les 6 chiffres du code."),
        ),
    ),
)

CHANGE_AUTHENTICATOR = Step(
    "changer-application",
    N_("Changer d’application d’authentification"),
    N_("Pour un nouveau téléphone, ou une autre application. L’actuelle marche jusqu’à la fin."),
    (passwords.CURRENT_PASSWORD,),
)

NEW_AUTHENTICATOR = replace(
    AUTHENTICATOR,
    sentence=N_(
        "Faites-le dans les 30 minutes. Ensuite, l’ancienne application ne donne plus accès et vos autres sessions se "
        "ferment."
    ),
)

RECOVERY_CODE = Step(
    "secours",
    N_("Entrez un code de secours"),
    N_("Un des dix codes que vous avez gardés en ouvrant votre compte. Chacun sert une seule fois."),
    (
        Question(
            "code",
            Kind.TEXT,
            N_("Code de secours"),
            missing=N_("Écrivez un de vos codes de secours."),
            hint=N_("12 lettres et chiffres. Les tirets et les majuscules ne comptent pas."),
            normal=normal_number,
            max_length=40,
            width="w20",
        ),
    ),
)

FORGOTTEN = Step(
    "oublie",
    N_("Mot de passe oublié"),
    N_("Écrivez votre adresse professionnelle. Si elle a un compte, un lien y est envoyé."),
    (
        replace(
            EMAIL.questions[0],
            label=N_("Adresse e-mail professionnelle"),
            missing=N_("Écrivez votre adresse e-mail professionnelle."),
            hint="",
            autocomplete="username",
        ),
    ),
)

NEW_PASSWORD = Step(
    "nouveau-mot-de-passe",
    RESET.title,
    N_("Ensuite, connectez-vous avec lui et avec votre application. Vos autres sessions se ferment."),
    (passwords.NEW_PASSWORD,),
)

CHANGE_PASSWORD = Step(
    "changer-mot-de-passe",
    N_("Changer de mot de passe"),
    N_("Vos autres sessions se ferment. Un e-mail vous le dit."),
    (passwords.CURRENT_PASSWORD, passwords.REPLACING_PASSWORD),
)

NEW_CODES = Step(
    "codes",
    N_("Créer de nouveaux codes"),
    N_("Les codes précédents ne marcheront plus."),
    (passwords.CURRENT_PASSWORD,),
)


DAILY, NO_MAIL = "daily", "none"
_DAILY = Question(
    DAILY,
    Kind.CHOICE,
    N_("Ce qui arrive dans vos dossiers"),
    hint=N_("Réponses, messages, dossiers confiés : leur nombre, sans nom ni référence."),
    missing=N_("Choisissez si vous voulez un e-mail."),
    options=(
        Option(DAILY, N_("Un e-mail le matin des jours ouvrés, s’il y a du nouveau")),
        Option(NO_MAIL, N_("Aucun e-mail : je regarde la liste « Du nouveau »")),
    ),
)


@cache
def letters_step(languages: tuple[tuple[str, str], ...], daily: bool) -> Step:
    """Return the form for the letters to an agent; `languages` has pairs of code and name.

    `daily` asks for the mail of each day too, which only agents of a service get.
    """
    return Step(
        "langue",
        N_("E-mails que vous recevez"),
        "",
        (
            Question(
                "language",
                Kind.CHOICE,
                N_("Nous vous écrivons en"),
                missing=N_("Choisissez une langue."),
                options=tuple(Option(code, Name(name)) for code, name in languages),
            ),
            *((_DAILY,) if daily else ()),
        ),
    )
