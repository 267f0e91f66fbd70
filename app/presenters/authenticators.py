"""The secret of an authenticator as a page shows it: a picture to read, a key to copy, a link to open."""

from typing import Any

import pyotp
import segno
from flask_babel import gettext as _

from app.web.current import settings


def shown(secret: str, email: str) -> dict[str, Any]:
    """What `agents/_secret.html` draws (otpauth URI, its QR code, the key in groups of four)."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=settings().operator)
    return {
        "uri": uri,
        "picture": segno.make(uri, error="m").png_data_uri(scale=6, border=2),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }


def wrong() -> str:
    """What is said of a code that proves nothing."""
    return _("Ce code ne convient pas. Attendez le suivant et écrivez-le.")
