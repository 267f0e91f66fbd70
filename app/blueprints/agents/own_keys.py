"""An agent's passkeys, which serve in place of the one-time code."""

from werkzeug.wrappers import Response

from app.blueprints.passkey_pages import Pages
from app.services.staff import agent_passwords
from app.web.current import agent, now

_PAGES = Pages(
    "agents/passkeys.html",
    "agents.passkeys",
    "agents.add_passkey",
    "agents.remove_passkey",
    lambda password: agent_passwords.require(agent(), password, now()),
)


def passkeys() -> Response:
    """List the keys, and begin to add one (POST)."""
    return _PAGES.show(agent(), with_password=True)


def add_passkey() -> Response:
    """Keep the key that the device made."""
    return _PAGES.add(agent(), with_password=True)


def remove_passkey(number: int) -> Response:
    """Remove a key."""
    return _PAGES.remove(agent(), number)
