"""An applicant's passkeys."""

from werkzeug.wrappers import Response

from app.blueprints.passkey_pages import Pages
from app.services.accounts import accounts
from app.web.access import browsers
from app.web.current import account, now

_PAGES = Pages(
    "suivi/passkeys.html",
    "suivi.passkeys",
    "suivi.add_passkey",
    "suivi.remove_passkey",
    lambda password: accounts.require_password(account(), password, browsers.origin(), now()),
)


def passkeys() -> Response:
    """List the keys, and begin to add one (POST)."""
    return _PAGES.show(account(), bool(account().password_hash))


def add_passkey() -> Response:
    """Keep the key that the device made."""
    return _PAGES.add(account(), bool(account().password_hash))


def remove_passkey(number: int) -> Response:
    """Remove a key."""
    return _PAGES.remove(account(), number)
