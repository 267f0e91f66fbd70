"""Foreign numbers of people who came with a visa: given once a service works for them, sent with a way in."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.domain.dossiers.states import Role, State
from app.domain.journeys.journey import Purpose
from app.domain.procedures import journey as journey_of
from app.domain.rules.calendar import paris_day
from app.gateways.register import PermitRecord, PermitRegister
from app.services.access import passwords
from app.services.certificates import attestations
from app.services.filed import index_for_search
from app.storage import outbox
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.models import Account, Dossier
from app.storage.people import accounts

PROVISIONAL_LIFE = timedelta(hours=72)
# Without 0, O, 1, I, L, 5, S, nor what else is taken for another when copied from a screen.
_ALPHABET = "234679ACDEFGHJKMNPQRTVWXY"


@dataclass(frozen=True)
class ProvisionalCredentials:
    """What a letter tells somebody who was given a number; `password` is "" for who has chosen theirs before."""

    account: Account
    password: str
    until: datetime


def request_if_due(dossier: Dossier, now: datetime) -> bool:
    """Have a number given to who has none: when their application is taken, when their visa is validated.

    True where one was asked for: the certificate of a validation then waits for it, since it is its reference.

    The register may be away: it is asked later, by the worker. Call it inside the transaction of the act.
    """
    purpose = journey_of(dossier.journey, dossier.journey_version).purpose
    due = State.FAVOURABLE if purpose is Purpose.VALIDATION else State.IN_REVIEW
    if dossier.state != due or dossier.identity["foreign_number"]:
        return False
    outbox.post("give_number", {"dossier": dossier.id}, now)
    return True


def assign(register: PermitRegister, dossier_id: int, now: datetime) -> None:
    """Write the number that the register gives on the account and on its applications, and have it sent; once."""
    dossier = dossiers.with_account(dossier_id)
    account = dossier.account
    if account.foreign_number:
        return
    facts = _from_register(register, dossier, now)
    with database.atomic():
        if not accounts.give_number(account, facts["foreign_number"], account.identity | facts):
            return
        for one in dossiers.of_owner(account.id):
            one.identity |= facts
            dossiers.identify(one.id, one.identity)
            if one.reference:
                index_for_search(one)
        dossiers.append_event(dossier, "number_given", Role.SYSTEM, now)
        outbox.post("mail_number", {"account": account.id}, now)
        if dossier.state == State.FAVOURABLE:
            attestations.grant(dossiers.locked(dossier.id), now)


def _from_register(register: PermitRegister, dossier: Dossier, now: datetime) -> dict[str, Any]:
    """What the register adds to the identity. It is asked outside any transaction: it may be slow."""
    identity = dossier.identity
    if journey_of(dossier.journey, dossier.journey_version).purpose is Purpose.VALIDATION:
        on = dossier.filed_on or paris_day(now)
        number = register.validate(identity["visa_number"], on)
        return {"foreign_number": number, "validated_on": on.isoformat()}
    return {"foreign_number": register.allot(PermitRecord.from_json(identity))}


def provisional_credentials(account_id: int, now: datetime) -> ProvisionalCredentials:
    """A new provisional password for somebody who has not chosen theirs; only the letter ever holds it.

    Whoever tries the letter again makes another password: the one sent last is good.
    """
    account = Account.get_by_id(account_id)
    until = now + PROVISIONAL_LIFE
    if account.password_hash and account.provisional_until is None:
        return ProvisionalCredentials(account, "", until)
    letters = "".join(secrets.choice(_ALPHABET) for _place in range(12))
    password = "-".join((letters[:4], letters[4:8], letters[8:]))
    accounts.set_password(account.id, passwords.hash_password(password), until)
    return ProvisionalCredentials(account, password, until)
