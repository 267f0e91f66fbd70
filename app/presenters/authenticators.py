"""The secret of an authenticator, as a page shows it."""

from typing import Any

import pyotp
import segno

from app.web.current import settings
from app.web.localisation.language import gettext as _


def shown(secret: str, email: str) -> dict[str, Any]:
    """Return what `agents/_secret.html` needs: the otpauth URI, its QR code, the key in groups of four."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=settings().operator)
    return {
        "uri": uri,
        "picture": segno.make(uri, error="m").png_data_uri(scale=6, border=2),
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
    }


def wrong() -> str:
    """Return the error of a code that does not match."""
    return _("Ce code est faux. Attendez le suivant et recopiez-le.")
