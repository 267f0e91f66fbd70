"""Civil status and permit read again in the register, once a service has had them corrected there."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.domain.dossiers.states import Role, State
from app.domain.texts.notices import NoticeKind
from app.gateways.permit_record import PermitRecord
from app.gateways.register import PermitRegister
from app.services.certificates import endings
from app.services.filed import index_for_search
from app.services.messages import notices
from app.storage import outbox
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.models import Account, Dossier
from app.storage.people import accounts

REREAD, SAME, UNKNOWN = "identity_reread", "identity_same", "identity_unknown"  # actions of events


def request(dossier: Dossier, now: datetime) -> None:
    """Post the question to the register to the outbox; call it inside the transaction of the act that asks for it."""
    outbox.post("read_identity", {"dossier": dossier.id}, now, dossier=dossier.id)


def reread(register: PermitRegister, dossier_id: int, now: datetime) -> None:
    """Take over what the register says of the holder of a dossier, in each of their dossiers about the same permit.

    Certificates in force are replaced, the applicant is told of what changed. Raises RegisterUnavailable: the worker
    tries again.
    """
    identity = Dossier.get_by_id(dossier_id).identity
    record = _find(register, identity)  # outside any transaction: the register may be slow
    with database.atomic():
        row = dossiers.locked(dossier_id)
        if record is None:
            dossiers.append_event(row, UNKNOWN, Role.SYSTEM, now)
            return
        fresh = record.to_json()
        if not _changed(row.identity, fresh):
            dossiers.append_event(row, SAME, Role.SYSTEM, now)
            return
        dossiers_of_account = dossiers.of_owner(row.account_id)  # whoever locks both begins with the dossier
        account = accounts.locked(row.account_id)
        if _same_permit(account.identity, identity):
            Account.update(identity=account.identity | fresh).where(Account.id == account.id).execute()
        for owned in dossiers_of_account:
            if _same_permit(owned.identity, identity) and _changed(owned.identity, fresh):
                _take_over(owned, fresh, now)


def _find(register: PermitRegister, identity: Mapping[str, Any]) -> PermitRecord | None:
    first, last = (date.fromisoformat(identity[key]) for key in ("valid_from", "valid_until"))
    if identity["foreign_number"]:
        return register.find(identity["foreign_number"], first, last)
    return register.find_visa(identity["visa_number"], first, last)


def _same_permit(identity: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(identity[key] == other[key] for key in ("foreign_number", "valid_from", "valid_until"))


def _changed(identity: Mapping[str, Any], fresh: Mapping[str, Any]) -> list[str]:
    return sorted(key for key, value in fresh.items() if (identity.get(key) or "") != (value or ""))


def _take_over(row: Dossier, fresh: Mapping[str, Any], now: datetime) -> None:
    changed = _changed(row.identity, fresh)
    row.identity = {**row.identity, **fresh}
    dossiers.identify(row.id, row.identity)
    if row.state == State.DRAFT:
        return
    index_for_search(row)
    facts = {"count": len(changed), "changed": changed}
    dossiers.append_event(row, REREAD, Role.SYSTEM, now, facts=facts)
    replaced = endings.replace_all(row, None, "", now, None)
    notices.notify(row, NoticeKind.IDENTITY_CORRECTED, now, certified=replaced)
