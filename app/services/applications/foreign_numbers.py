"""Foreign numbers of applicants that came with a visa: allotted by the register, sent with provisional credentials."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.domain.dossiers.states import GRANTED_STATES, Role, State
from app.domain.journeys.journey import Purpose
from app.domain.procedures import journey as journey_of
from app.domain.rules.calendar import paris_day
from app.gateways.register import PermitRegister
from app.services.access import passwords
from app.services.certificates import attestations
from app.services.filed import index_for_search
from app.storage import outbox
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.models import Account, Dossier
from app.storage.people import accounts

PROVISIONAL_LIFE = timedelta(hours=72)
# Without 0 O, 1 I L, 5 S, 8 B, Z (like 2), U (like V): they are confused when copied from a screen.
_ALPHABET = "234679ACDEFGHJKMNPQRTVWXY"


@dataclass(frozen=True)
class ProvisionalCredentials:
    """What the letter with the number contains; `password` is "" if the account has a chosen one already."""

    account: Account
    password: str
    until: datetime


def request_if_due(dossier: Dossier, now: datetime) -> bool:
    """Post the request for a number to the outbox when one is due; return whether it was.

    An applicant without number gets one when the review of their application begins, or when their visa is validated.
    The certificate of a favourable decision waits for the number, its reference, which a register that is away may not
    have given by then. The worker asks. Call it inside the transaction of the transition.
    """
    purpose = journey_of(dossier.journey, dossier.journey_version).purpose
    due = {State.FAVOURABLE} if purpose is Purpose.VALIDATION else {State.IN_REVIEW, State.FAVOURABLE}
    if dossier.state not in due or dossier.identity["foreign_number"]:
        return False
    outbox.post("give_number", {"dossier": dossier.id}, now, dossier=dossier.id)
    return True


def assign(register: PermitRegister, dossier_id: int, now: datetime) -> None:
    """Store the number from the register on the account and its dossiers, and post the letter; once an account.

    Raises RegisterUnavailable: the worker tries again.
    """
    dossier = dossiers.with_account(dossier_id)
    account = dossier.account
    if account.foreign_number:
        return
    facts = _from_register(register, dossier, now)
    with database.atomic():
        dossiers_of_account = dossiers.of_owner(account.id)  # whoever locks both begins with the dossier
        account = accounts.locked(account.id)
        if not accounts.give_number(account, facts["foreign_number"], account.identity | facts):
            return
        for owned in dossiers_of_account:
            owned.identity |= facts
            dossiers.identify(owned.id, owned.identity)
            if owned.reference:
                index_for_search(owned)
        dossiers.append_event(dossier, "number_given", Role.SYSTEM, now)
        outbox.post("mail_number", {"account": account.id}, now, dossier=dossier.id, account=account.id)
        for owned in dossiers_of_account:
            if owned.state in GRANTED_STATES:  # its certificate has waited for the number
                attestations.grant(owned, now)


def _from_register(register: PermitRegister, dossier: Dossier, now: datetime) -> dict[str, Any]:
    """Return what the register adds to the identity; call it outside any transaction: the register may be slow."""
    identity = dossier.identity
    if journey_of(dossier.journey, dossier.journey_version).purpose is Purpose.VALIDATION:
        on = dossier.filed_on or paris_day(now)
        number = register.validate(identity["visa_number"], on)
        return {"foreign_number": number, "validated_on": on.isoformat()}
    first, last = (date.fromisoformat(identity[key]) for key in ("valid_from", "valid_until"))
    return {"foreign_number": register.allot(identity["visa_number"], first, last)}


def provisional_credentials(account_id: int, now: datetime) -> ProvisionalCredentials:
    """Set a new provisional password unless the account has a chosen one; return what the letter contains.

    The password itself is stored nowhere: each retry of the letter makes another one, and only the last is valid.
    """
    account = Account.get_by_id(account_id)
    until = now + PROVISIONAL_LIFE
    if account.password_hash and account.provisional_until is None:
        return ProvisionalCredentials(account, "", until)
    letters = "".join(secrets.choice(_ALPHABET) for _position in range(12))
    password = "-".join((letters[:4], letters[4:8], letters[8:]))
    accounts.set_password(account.id, passwords.hash_password(password), until)
    return ProvisionalCredentials(account, password, until)
