"""Transfer of dossiers to another service after a change or correction of address, logged for both and notified."""

from datetime import datetime
from typing import cast

from app.domain.dossiers.appointments import Cause
from app.domain.dossiers.states import Role
from app.domain.rules.calendar import paris_day
from app.domain.rules.territories import only_in
from app.domain.texts.notices import NoticeKind
from app.services.appointments import invitations
from app.services.certificates.attestations import permit_only_in
from app.services.messages import notices
from app.storage.applications import dossiers as store
from app.storage.models import Conversation, Dossier, Service, Transfer
from app.storage.review import search

MOVED = "moved"  # the event of a dossier that has changed service


def transfer_others(declared: Dossier, now: datetime) -> None:
    """Transfer the other open dossiers of the applicant to the service of the address just declared.

    Call it inside the filing's transaction. The old service has a line saying where the dossier went and can no longer
    open it; in the new one it has no agent yet.
    """
    for row in store.open_of(declared.account_id):
        if row.id != declared.id:
            transfer(row, cast(Service, declared.service), now)


def transfer(row: Dossier, target: Service, now: datetime) -> None:
    """Transfer a dossier to another service, unless it is there. Call it inside the transaction of what causes it."""
    if row.service_id == target.id:
        return
    origin = cast(Service, row.service)
    Dossier.update(service=target, agent=None).where(Dossier.id == row.id).execute()
    row.service, row.agent = target, None
    search.move_to_service(row.id, target.id)
    Conversation.update(service=target).where(Conversation.dossier == row.id).execute()
    Transfer.create(dossier=row, origin=origin, target=target, at=now)
    places = {"origin": origin.name, "target": target.name}
    store.append_event(row, MOVED, Role.SYSTEM, now, facts=places)
    day = paris_day(now)
    limited = permit_only_in(row, day)
    # What this service will issue is valid there only, whatever the present permit is.
    coming = "" if limited else only_in(target.department, "", day)
    notices.notify(row, NoticeKind.MOVED, now, **places, only_in=limited, coming=coming)
    invitations.end(row, Cause.MOVED, now)
