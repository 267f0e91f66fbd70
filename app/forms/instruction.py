"""The two forms of the agents' door."""

from flask_babel import gettext as _

from app.domain.text import N_
from app.forms.views import FieldView

MISSING_CREDENTIALS = N_("Écrivez votre adresse et votre mot de passe.")
WRONG_CREDENTIALS = N_("Cette adresse ou ce mot de passe ne convient pas. Vérifiez les deux.")
MISSING_CODE = N_("Écrivez les 6 chiffres du code.")
WRONG_CODE = N_("Ce code ne convient pas, ou il a déjà servi. Attendez le suivant et écrivez-le.")
WAIT_SECOND = N_("Trop d’essais. Réessayez dans %(num)s seconde.")
WAIT_SECONDS = N_("Trop d’essais. Réessayez dans %(num)s secondes.")
WAIT_MINUTE = N_("Trop d’essais. Réessayez dans %(num)s minute.")
WAIT_MINUTES = N_("Trop d’essais. Réessayez dans %(num)s minutes.")


def credentials(email: str = "", error: str = "") -> tuple[FieldView, ...]:
    """Address and password. The password is never put back; the error stands by the first field."""
    return (
        FieldView(
            "email",
            "email",
            _("Adresse e-mail"),
            value=email,
            error=error,
            autocomplete="username",
            width="w20",
        ),
        FieldView(
            "password",
            "password",
            _("Mot de passe"),
            autocomplete="current-password",
            width="w20",
            max_length=200,
        ),
    )


def one_time_code(error: str = "") -> tuple[FieldView, ...]:
    """The six digits of the authenticator."""
    return (
        FieldView(
            "code",
            "text",
            _("Code à 6 chiffres"),
            error=error,
            autocomplete="one-time-code",
            inputmode="numeric",
            max_length=10,
            width="w10",
        ),
    )
