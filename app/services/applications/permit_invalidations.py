"""Invalidation, in the register and on the account, of permits declared lost, stolen or damaged."""

from datetime import date, datetime

from app.domain.dossiers.states import Role
from app.domain.rules.calendar import paris_day
from app.gateways.register import PermitRegister
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.models import Account
from app.storage.people import accounts

DONE = "permit_invalidated"


def invalidate(register: PermitRegister, dossier_id: int, now: datetime) -> None:
    """Invalidate the permit of a dossier in the register, then on the account; repeating it changes nothing.

    Raises RegisterUnavailable: the worker tries again.
    """
    dossier = dossiers.with_account(dossier_id)
    identity, on = dossier.identity, dossier.filed_on or paris_day(now)
    register.invalidate(identity["foreign_number"], date.fromisoformat(identity["valid_until"]), on)
    with database.atomic():
        row = dossiers.locked(dossier.id)
        if dossiers.has_event(row.id, DONE):
            return
        present = accounts.locked(row.account_id).identity
        if present["valid_until"] == identity["valid_until"]:  # a newer permit is not the lost one
            changed = present | {"invalid_since": on.isoformat()}
            Account.update(identity=changed).where(Account.id == row.account_id).execute()
        dossiers.append_event(row, DONE, Role.SYSTEM, now)
