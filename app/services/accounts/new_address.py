"""Another e-mail address of an account, chosen by its signed-in holder and confirmed by a link sent to it.

Without access to the account, see `recoveries`: an agent then checks the identity.
"""

from datetime import datetime, timedelta

from peewee import IntegrityError

from app.domain.dossiers.states import Role
from app.keys import Keys
from app.services.access import signed_tokens, throttles
from app.services.access.limits import NEW_ADDRESS
from app.services.access.origins import NOWHERE, Origin
from app.services.access.refusals import AddressTaken, DeadLink
from app.services.accounts import accounts
from app.services.messages import emails
from app.storage import failed_work
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.models import Account
from app.storage.people import accounts as store
from app.storage.people import recoveries

LINK_LIFE = timedelta(hours=24)
_LINK = "new-address"
CHANGED = "mailbox_own"  # event of the last dossier


def ask(account: Account, email: str, password: str, origin: Origin, keys: Keys, now: datetime) -> None:
    """Send the link to the new address; nothing changes before it is used.

    `password` is not looked at if the account has none. Raises WrongCredentials, TooSoon.
    """
    accounts.require_password(account, password, origin, now)
    with database.atomic():
        throttles.attempt(NEW_ADDRESS, account.id, origin, now)
        token = signed_tokens.sign(keys, _LINK, [account.id, account.email, email], now)
        emails.write("accounts/address_confirm", email, account.language, {"token": token}, now)


def to_confirm(token: str, keys: Keys, now: datetime) -> tuple[Account, str]:
    """Return the account of a link and its new address. Raises DeadLink once it is old or the address has changed."""
    content = signed_tokens.verify(keys, _LINK, token, LINK_LIFE, now)
    account = Account.get_or_none(Account.id == content[0]) if content else None
    if account is None or account.email != content[1]:
        raise DeadLink
    return account, str(content[2])


def confirmed(token: str, keys: Keys, now: datetime) -> str:
    """Return the address of a link that did its work, "" of another."""
    content = signed_tokens.verify(keys, _LINK, token, LINK_LIFE, now)
    account = Account.get_or_none(Account.id == content[0]) if content else None
    return str(account.email) if account and content and account.email == content[2] else ""


def confirm(token: str, keys: Keys, now: datetime) -> None:
    """Give the account its new address, tell the old one, and send again what the old one refused.

    Links and codes that the old mailbox may have received end. Raises DeadLink, AddressTaken.
    """
    account, email = to_confirm(token, keys, now)
    try:
        with database.atomic():
            if not store.replace_email(account.id, account.email, email):
                raise DeadLink
            store.spend_links(account.id, now)
            store.spend_entries(account.id, now)
            emails.write("accounts/address_changed", account.email, account.language, {}, now)
            failed_work.due_again(now, failed_work.to_account(account.id, failed_work.MAILS))
            throttles.reset(NEW_ADDRESS, account.id, NOWHERE, now)
            if dossier := recoveries.dossier_of(account.id):
                dossiers.append_event(dossier, CHANGED, Role.APPLICANT, now)
    except IntegrityError:
        raise AddressTaken from None
