"""Forms of applicants' accounts: the screens of sign-up, sign-in, password reset."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.journeys.checks import after, within_years
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Case, Kind, Option, Question
from app.domain.public_forms.passwords import (
    CURRENT_PASSWORD,
    NEW_PASSWORD,
    PRESENT_PASSWORD,
    REPLACING_PASSWORD,
)
from app.domain.rules.identifiers import (
    check_foreign_number,
    check_visa_number,
    is_reference,
    normal_number,
    normal_reference,
)
from app.domain.text import N_, Problem, plain


def _foreign_number(value: Any, case: Case) -> Problem | None:
    return check_foreign_number(value)[1]


def _visa_number(value: Any, case: Case) -> Problem | None:
    return check_visa_number(value)[1]


def _reference(value: Any, case: Case) -> Problem | None:
    if is_reference(value):
        return None
    return Problem(N_("Cette référence n’est pas complète. Par exemple : 69-2026-000123-6"))


_VALIDITY = (
    Question(
        "valid_from",
        Kind.DATE,
        N_("Premier jour de validité"),
        missing=N_("Écrivez le premier jour de validité."),
        hint=N_("Par exemple : 01 02 2026"),
        checks=(within_years(30),),
    ),
    Question(
        "valid_until",
        Kind.DATE,
        N_("Dernier jour de validité"),
        missing=N_("Écrivez le dernier jour de validité."),
        hint=N_("Par exemple : 31 01 2027"),
        checks=(within_years(30), after("valid_from")),
    ),
)


def _begun(value: Any, case: Case) -> Problem | None:
    """Refuse a first day in the future: the data of the present permit are needed."""
    if date.fromisoformat(value) > case.today:
        return Problem(
            N_("Ce titre n’est pas encore valable. Écrivez les dates de celui que vous avez aujourd’hui.")
        )
    return None


_HELD = (replace(_VALIDITY[0], checks=(*_VALIDITY[0].checks, _begun)), _VALIDITY[1])

IDENTIFY = Step(
    "creer",
    N_("Créer votre compte"),
    N_("Écrivez ce qui est imprimé sur votre titre de séjour ou votre récépissé."),
    (
        Question(
            "number",
            Kind.TEXT,
            N_("Numéro étranger"),
            missing=N_("Écrivez votre numéro étranger."),
            hint=N_("9 ou 10 chiffres, avec ou sans espaces."),
            checks=(_foreign_number,),
            normal=normal_number,
            width="w10 code",
            inputmode="numeric",
            max_length=40,
        ),
        *_HELD,
    ),
)

IDENTIFY_VISA = Step(
    "creer-visa",
    N_("Créer votre compte"),
    N_("Écrivez ce qui est imprimé sur le visa collé dans votre passeport."),
    (
        Question(
            "visa",
            Kind.TEXT,
            N_("Numéro de visa"),
            missing=N_("Écrivez le numéro de votre visa."),
            hint=N_("8 ou 9 chiffres, parfois après des lettres, avec ou sans espaces."),
            checks=(_visa_number,),
            normal=normal_number,
            width="w10 code",
            max_length=40,
        ),
        *_VALIDITY,
    ),
)

EMAIL = Step(
    "adresse",
    N_("Votre adresse e-mail"),
    N_(
        "Nous vous écrirons à cette adresse à chaque étape. Choisissez une adresse que vous garderez "
        "longtemps."
    ),
    (
        Question(
            "email",
            Kind.EMAIL,
            N_("Adresse e-mail"),
            missing=N_("Écrivez votre adresse e-mail."),
            hint=N_("Par exemple : nom@exemple.fr"),
            max_length=254,
            width="w20",
            autocomplete="email",
        ),
    ),
)

VERIFY = Step(
    "code",
    N_("Vérifier votre adresse"),
    N_("Recopiez le code à 6 chiffres que nous venons d’envoyer."),
    (
        Question(
            "code",
            Kind.TEXT,
            N_("Code reçu par e-mail"),
            missing=N_("Écrivez le code reçu par e-mail."),
            hint=N_("6 chiffres. Il est valable 30 minutes. Regardez aussi dans les indésirables."),
            normal=normal_number,
            max_length=20,
            width="w10 code",
            inputmode="numeric",
            autocomplete="one-time-code",
        ),
    ),
)

PASSWORD = Step(
    "mot-de-passe",
    N_("Votre mot de passe"),
    N_("Avec votre numéro étranger ou votre adresse e-mail, il vous donnera accès à votre espace."),
    (NEW_PASSWORD,),
)

CHANGE_PASSWORD = Step(
    "changer-mot-de-passe",
    N_("Changer mon mot de passe"),
    N_("Les autres appareils seront déconnectés, et un e-mail vous le confirme."),
    (
        CURRENT_PASSWORD,
        REPLACING_PASSWORD,
    ),
)

OPEN = Step(
    "ouvrir",
    N_("Votre adresse est vérifiée"),
    N_("Vous pouvez commencer votre première demande. Vous n’avez pas de mot de passe à choisir."),
)

OWN, SHARED = "own", "shared"
_DEVICE = Question(
    "device",
    Kind.CHOICE,
    N_("Cet appareil"),
    required=False,
    options=(
        Option(
            OWN,
            N_("C’est le mien"),
            N_("Ce que vous tapez y reste gardé jusqu’à l’envoi, même si vous fermez la page."),
        ),
        Option(
            SHARED,
            N_("Il est partagé"),
            N_("Rien n’y est gardé, la session est plus courte, tout est effacé à la fin."),
        ),
    ),
)

FOLLOW = Step(
    "suivre",
    N_("Suivre ma demande sans numéro étranger"),
    N_("Pour une première demande, tant que vous n’avez pas reçu votre numéro étranger."),
    (
        Question(
            "email",
            Kind.EMAIL,
            N_("Adresse e-mail"),
            missing=N_("Écrivez votre adresse e-mail."),
            hint=N_("Celle que vous avez donnée en commençant."),
            max_length=254,
            width="w20",
            autocomplete="email",
        ),
        Question(
            "reference",
            Kind.TEXT,
            N_("Référence de la demande"),
            hint=N_("Par exemple : 69-2026-000123-6. Pas encore déposée ? Laissez vide."),
            checks=(_reference,),
            normal=normal_reference,
            required=False,
            width="w20",
            max_length=40,
        ),
    ),
)

ENTER = Step(
    "entrer",
    N_("Regardez vos e-mails"),
    N_(
        "Si une demande sans numéro étranger correspond, un code à 6 chiffres et un lien sont envoyés à "
        "cette adresse."
    ),
    (
        replace(VERIFY.questions[0], hint=N_("6 chiffres. Il est valable 10 minutes, une seule fois.")),
        _DEVICE,
    ),
)

SIGN_IN = Step(
    "connexion",
    N_("Se connecter"),
    "",
    (
        Question(
            "identifier",
            Kind.TEXT,
            N_("Numéro étranger ou adresse e-mail"),
            missing=N_("Écrivez votre numéro étranger ou votre adresse e-mail."),
            normal=plain,
            hint=N_("Le numéro étranger est aussi la « Référence » de la confirmation de votre visa."),
            width="w20",
            autocomplete="username",
            max_length=254,
        ),
        PRESENT_PASSWORD,
        _DEVICE,
    ),
)

FORGOTTEN = Step(
    "oublie",
    N_("Mot de passe oublié"),
    N_("Écrivez votre identifiant. Vous recevrez un lien à l’adresse e-mail de votre compte."),
    (
        Question(
            "identifier",
            Kind.TEXT,
            N_("Numéro étranger ou adresse e-mail"),
            missing=N_("Écrivez votre numéro étranger ou votre adresse e-mail."),
            normal=plain,
            width="w20",
            autocomplete="username",
            max_length=254,
        ),
    ),
)

RESET = Step(
    "nouveau-mot-de-passe",
    N_("Choisir un nouveau mot de passe"),
    N_("Ensuite, connectez-vous avec ce mot de passe. Les autres appareils seront déconnectés."),
    (NEW_PASSWORD,),
)
